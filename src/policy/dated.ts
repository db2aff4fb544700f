import type { CalendarDate } from '../values/calendar-date.ts';

/** Days from `effective` to `terminated`, both included; null is an open end. */
export type Span = {
  readonly effective: CalendarDate;
  readonly terminated: CalendarDate | null;
};

/** A policy entry is dated twice: the dates of service it holds for, and the day since which it is known. */
export type Dated = Span & { readonly knownFrom: CalendarDate };

/** An entry of the bundle as it was loaded: with where it comes from. */
export type Entry = Dated & { readonly source: string };

/** The two days a look-up needs: that of the fill, and the one (UTC) on which the claim was received. */
export type AsOf = {
  readonly dateOfService: CalendarDate;
  readonly knownOn: CalendarDate;
};

export const inForce = ({ effective, terminated }: Span, day: CalendarDate): boolean =>
  effective <= day && (terminated === null || day <= terminated);

/** Whether two spans have a day in common. */
export const meet = (one: Span, other: Span): boolean => inForce(one, other.effective) || inForce(other, one.effective);

/**
 * The entry that holds as of two days, or null. Entries are sorted by the loader with the latest known first,
 * so that a correction hides what it corrects, and only from the day it was known.
 */
export function asOf<T extends Dated>(entries: readonly T[], { dateOfService, knownOn }: AsOf): T | null {
  for (const entry of entries) {
    if (entry.knownFrom <= knownOn && inForce(entry, dateOfService)) return entry;
  }
  return null;
}
