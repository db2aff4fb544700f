import { CalendarDate, Instant } from '../values/calendar-date.ts';
import type { Records } from './records.ts';
import type { RecordName } from './schema-files.ts';
import { type DecimalShape, type FieldShape, type PlainKind, type RecordShape, type Shape, SHAPES } from './shape.ts';

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A record read from JSON, or everything that is wrong with it: paths and what was expected, never a value. */
export type FromJson<T> =
  { readonly kind: 'record'; readonly record: T } | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** A record for people: amounts as text (`50.00`, `2.400`), days as `2026-08-03`, instants in ISO 8601 with `Z`. */
export const toJson = <Name extends RecordName>(name: Name, record: Records[Name]): Json =>
  valueToJson(SHAPES[name], record);

/** The way back. A field that is left out takes the schema's default; a name that the schema does not have is a problem. */
export function fromJson<Name extends RecordName>(name: Name, json: unknown): FromJson<Records[Name]> {
  const problems: string[] = [];
  const record = recordFromJson(SHAPES[name], json, { path: '', problems });
  return problems.length === 0 ? { kind: 'record', record: record as Records[Name] } : { kind: 'problems', problems };
}

function valueToJson(shape: Shape, value: unknown): Json {
  if (shape.kind === 'record') {
    const record = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(shape.fields.map((field) => [field.name, valueToJson(field.shape, record[field.name])]));
  }
  if (shape.kind === 'array') return (value as readonly unknown[]).map((item) => valueToJson(shape.items, item));
  if (shape.kind === 'nullable') return value === null ? null : valueToJson(shape.of, value);
  if (shape.kind === 'decimal') return decimalText(value as number, shape);
  return PLAIN[shape.kind].toJson(value);
}

/** Where in the document a value stands, and the list its problems go to. */
type Place = { readonly path: string; readonly problems: string[] };

const inside = ({ path, problems }: Place, name: string): Place => ({
  path: path === '' ? name : `${path}.${name}`,
  problems,
});

function wrong({ path, problems }: Place, problem: string): null {
  problems.push(`${path === '' ? 'the record' : path}: ${problem}`);
  return null;
}

function valueFromJson(shape: Shape, json: unknown, place: Place): unknown {
  if (shape.kind === 'record') return recordFromJson(shape, json, place);
  if (shape.kind === 'array') {
    if (!Array.isArray(json)) return wrong(place, 'expected a list');
    return json.map((item, index) => valueFromJson(shape.items, item, inside(place, String(index))));
  }
  if (shape.kind === 'nullable') return json === null ? null : valueFromJson(shape.of, json, place);
  if (shape.kind === 'decimal') return parseDecimal(json, shape) ?? wrong(place, decimalHint(shape));
  const { parse, expected } = PLAIN[shape.kind];
  return parse(json) ?? wrong(place, `expected ${expected}`);
}

function recordFromJson(shape: RecordShape, json: unknown, place: Place): object | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return wrong(place, 'expected an object');
  const names = new Set(shape.fields.map(({ name }) => name));
  for (const name of Object.keys(json)) if (!names.has(name)) wrong(inside(place, name), 'no such field');
  return Object.fromEntries(
    shape.fields.map((field) => [field.name, fieldFromJson(field, json as Readonly<Record<string, unknown>>, place)]),
  );
}

function fieldFromJson(field: FieldShape, json: Readonly<Record<string, unknown>>, place: Place): unknown {
  const given = json[field.name];
  const there = inside(place, field.name);
  if (given !== undefined) return valueFromJson(field.shape, given, there);
  return field.default === undefined ? wrong(there, 'missing') : field.default;
}

type Plain = {
  readonly expected: string;
  readonly parse: (json: unknown) => unknown;
  readonly toJson: (value: unknown) => Json;
};

const asItIs = (value: unknown): Json => value as Json;
const whole = (least: number, most: number) => (json: unknown) =>
  Number.isSafeInteger(json) && Number(json) >= least && Number(json) <= most ? json : undefined;
const text =
  <T>(parse: (text: string) => T | undefined) =>
  (json: unknown) =>
    typeof json === 'string' ? parse(json) : undefined;

const PLAIN: Readonly<Record<PlainKind, Plain>> = {
  string: { expected: 'text', parse: text((it) => it), toJson: asItIs },
  boolean: {
    expected: 'true or false',
    parse: (json) => (typeof json === 'boolean' ? json : undefined),
    toJson: asItIs,
  },
  int: { expected: 'a whole number', parse: whole(-(2 ** 31), 2 ** 31 - 1), toJson: asItIs },
  // From 2^52 on avsc writes another number, without a word.
  long: { expected: 'a whole number', parse: whole(1 - 2 ** 52, 2 ** 52 - 1), toJson: asItIs },
  date: {
    expected: "a day such as '2026-08-03'",
    parse: text((it) => {
      const day = CalendarDate.parse(it);
      return day === undefined ? undefined : CalendarDate.toEpochDay(day);
    }),
    toJson: (value) => CalendarDate.ofEpochDay(value as number),
  },
  instant: {
    expected: "a time such as '2026-08-03T16:00:00Z'",
    parse: text(Instant.parse),
    toJson: (value) => Instant.toText(value as Instant),
  },
};

function decimalText(value: number, { scale }: DecimalShape): string {
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

const decimalHint = (shape: DecimalShape): string => `expected an amount as text such as '${decimalText(0, shape)}'`;

/** Text only: a JSON number has been a floating-point number somewhere. */
function parseDecimal(json: unknown, { precision, scale }: DecimalShape): number | undefined {
  const match = typeof json === 'string' ? /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(json) : null;
  if (match === null) return undefined;
  const [, sign = '', units = '', fraction = ''] = match;
  const value = Number(units + fraction.padEnd(scale, '0'));
  if (fraction.length > scale || value >= 10 ** precision) return undefined;
  return sign === '-' && value !== 0 ? -value : value;
}
