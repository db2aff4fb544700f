import { InvalidArgumentError } from 'commander';

import { CalendarDate, Instant } from '../values/calendar-date.ts';

/** Readers of what stands on the command line; commander tells what they throw, with the option that it is about. */

export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    if (!/^\d{1,9}$/.test(text) || Number(text) < least) {
      throw new InvalidArgumentError(`It is a whole number from ${String(least)}.`);
    }
    return Number(text);
  };

export function share(text: string): number {
  if (!/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/.test(text))
    throw new InvalidArgumentError('It is a share from 0 to 1, such as 0.05.');
  return Number(text);
}

export function day(text: string): CalendarDate {
  const date = CalendarDate.parse(text);
  if (date === undefined) throw new InvalidArgumentError('It is a day such as 2026-08-03.');
  return date;
}

/** Where in a topic: an offset, the same in every partition, or what has been appended by an instant. */
export type TopicPlace =
  { readonly kind: 'OFFSET'; readonly offset: number } | { readonly kind: 'INSTANT'; readonly instant: Instant };

export function topicPlace(text: string): TopicPlace {
  if (/^\d{1,15}$/.test(text)) return { kind: 'OFFSET', offset: Number(text) };
  const instant = Instant.parse(text);
  if (instant === undefined)
    throw new InvalidArgumentError('It is an offset such as 1024, or a time such as 2026-08-03T16:00:00Z.');
  return { kind: 'INSTANT', instant };
}
