import type { Brand } from './brand.ts';
import { invariant } from './invariant.ts';

/** A day of the calendar, `YYYY-MM-DD`. It has no zone, and days compare as text. */
export type CalendarDate = Brand<string, 'CalendarDate'>;

/** Milliseconds since 1970-01-01T00:00Z, always taken from a record and never from a clock. */
export type Instant = Brand<number, 'Instant'>;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Days since 1970-01-01: Avro's `date`. The cache holds the few thousand days that claims ever name. */
const texts = new Map<number, CalendarDate>();
const CACHED_DAYS_MAX = 20_000;

function ofEpochDay(epochDay: number): CalendarDate {
  const known = texts.get(epochDay);
  if (known !== undefined) return known;
  invariant(Number.isSafeInteger(epochDay), 'a calendar date is a whole day');
  const date = new Date(epochDay * DAY_MS).toISOString().slice(0, 10) as CalendarDate;
  if (texts.size < CACHED_DAYS_MAX) texts.set(epochDay, date);
  return date;
}

/** The same days the other way round: parsing a date costs ten times as much as finding one. */
const epochDays = new Map<CalendarDate, number>();

function toEpochDay(date: CalendarDate): number {
  const known = epochDays.get(date);
  if (known !== undefined) return known;
  const epochDay = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  if (epochDays.size < CACHED_DAYS_MAX) epochDays.set(date, epochDay);
  return epochDay;
}

function parse(text: string): CalendarDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(`${text}T00:00:00Z`);
  // Date.parse rolls 30 February over to 2 March; the round trip does not.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text) ? (text as CalendarDate) : undefined;
}

/** The companion of the type: the only place in the project that knows JavaScript's Date. */
export const CalendarDate = {
  of: (text: string): CalendarDate => {
    const date = parse(text);
    invariant(date !== undefined, 'a calendar date is written YYYY-MM-DD and exists');
    return date;
  },
  parse,
  ofEpochDay,
  toEpochDay,
  /** The day an instant falls on where the clock is `utcOffsetHours` ahead of UTC. */
  ofInstant: (instant: Instant, utcOffsetHours: number): CalendarDate =>
    ofEpochDay(Math.floor((instant + utcOffsetHours * HOUR_MS) / DAY_MS)),
  plusDays: (date: CalendarDate, days: number): CalendarDate => ofEpochDay(toEpochDay(date) + days),
  /** `to - from` in days; negative when `to` is the earlier one. */
  daysBetween: (from: CalendarDate, to: CalendarDate): number => toEpochDay(to) - toEpochDay(from),
  year: (date: CalendarDate): number => Number(date.slice(0, 4)),
  /** `2026-08` */
  month: (date: CalendarDate): string => date.slice(0, 7),
  /** The three months of a day's quarter. */
  monthsOfQuarter: (date: CalendarDate): readonly string[] => {
    const first = Math.floor((Number(date.slice(5, 7)) - 1) / 3) * 3;
    return [1, 2, 3].map((month) => `${date.slice(0, 4)}-${String(first + month).padStart(2, '0')}`);
  },
  /** `2026Q3` */
  quarter: (date: CalendarDate): string => `${date.slice(0, 4)}Q${String(Math.ceil(Number(date.slice(5, 7)) / 3))}`,
  /** Whole years of age on `day`; someone born on 29 February has the birthday on 1 March of other years. */
  ageInYears: (born: CalendarDate, day: CalendarDate): number =>
    CalendarDate.year(day) - CalendarDate.year(born) - (day.slice(5) < born.slice(5) ? 1 : 0),
} as const;

/** The companion of the type. */
export const Instant = {
  ofEpochMs: (ms: number): Instant => {
    invariant(Number.isSafeInteger(ms), 'an instant is a whole number of milliseconds');
    return ms as Instant;
  },
  /** ISO 8601 with a zone, such as `2026-08-03T16:00:00Z`. */
  parse: (text: string): Instant | undefined => {
    const ms = Date.parse(text);
    return Number.isNaN(ms) || !/(Z|[+-]\d{2}:\d{2})$/.test(text) ? undefined : (ms as Instant);
  },
  toText: (instant: Instant): string => new Date(instant).toISOString(),
} as const;
