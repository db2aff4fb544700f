import { CalendarDate } from '../values/calendar-date.ts';

/** What a field was sent with becomes what the domain calls it, or undefined when it is missing or malformed. */
export type Parse<Sent, Value> = (sent: Sent) => Value | undefined;

/** Without the blanks around it and in upper case, as the standard wants text (614). Blank is the same as not sent. */
export function upperText(sent: string | null): string | null {
  const text = sent?.trim().toUpperCase();
  return text === undefined || text === '' ? null : text;
}

/** `00` becomes `0` and `01` becomes `1`: numbers and codes compare without the zeros in front. */
export function withoutLeadingZeros(digits: string): string {
  let zeros = 0;
  while (zeros < digits.length - 1 && digits.charAt(zeros) === '0') zeros += 1;
  return digits.slice(zeros);
}

/** An id or a name of the given form. */
export const matching =
  <Id extends string = string>(form: RegExp): Parse<string | null, Id> =>
  (sent) => {
    const text = upperText(sent);
    return text !== null && form.test(text) ? (text as Id) : undefined;
  };

/** One of a list of codes, which are written without leading zeros. */
export const oneOf =
  (...codes: readonly string[]): Parse<string | null, string> =>
  (sent) => {
    const code = withoutLeadingZeros(upperText(sent) ?? '');
    return codes.includes(code) ? code : undefined;
  };

/** A number between two bounds, both allowed. */
export const between =
  <N extends number = number>(least: number, most: number): Parse<number | null, N> =>
  (sent) =>
    sent !== null && sent >= least && sent <= most ? (sent as N) : undefined;

/** A day, sent as days since 1970-01-01, between two days, both allowed. */
export function dayBetween(first: string, last: string): Parse<number | null, CalendarDate> {
  const inRange = between(
    CalendarDate.toEpochDay(CalendarDate.of(first)),
    CalendarDate.toEpochDay(CalendarDate.of(last)),
  );
  return (sent) => {
    const epochDay = inRange(sent);
    return epochDay === undefined ? undefined : CalendarDate.ofEpochDay(epochDay);
  };
}

/** The field may be left out, and null says that it was. */
export const optional =
  <Sent extends string | number, Value>(parse: Parse<Sent | null, Value>): Parse<Sent | null, Value | null> =>
  (sent) =>
    sent === null || (typeof sent === 'string' && upperText(sent) === null) ? null : parse(sent);

/** A list of at most so many items, each of which is well formed. */
export const listOf =
  <Sent, Value>(parse: Parse<Sent, Value>, most: number): Parse<readonly Sent[], readonly Value[]> =>
  (sent) => {
    const values = sent.map(parse).filter((value) => value !== undefined);
    return values.length === sent.length && values.length <= most ? values : undefined;
  };

/** National Provider Identifier: ten digits, the last of them a Luhn check. */
export const npi =
  <Id extends string>(): Parse<string | null, Id> =>
  (sent) => {
    const id = matching<Id>(/^[12]\d{9}$/)(sent);
    return id !== undefined && luhnSum(id) % 10 === 0 ? id : undefined;
  };

/** Over the number behind 80840, the prefix of US health ids; that prefix adds 24 to every sum. */
function luhnSum(digits: string): number {
  let sum = 24;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits.charAt(at));
    const doubled = (digits.length - at) % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}
