import { CalendarDate } from '../values/calendar-date.ts';

/** From a first day to a last one, or for good. */
type Span = { readonly effective: CalendarDate; readonly terminated: CalendarDate | null };
type SpanRecord = { readonly effective: number; readonly terminated: number | null };

export const readSpan = ({ effective, terminated }: SpanRecord): Span => ({
  effective: CalendarDate.ofEpochDay(effective),
  terminated: terminated === null ? null : CalendarDate.ofEpochDay(terminated),
});

export const writeSpan = ({ effective, terminated }: Span): SpanRecord => ({
  effective: CalendarDate.toEpochDay(effective),
  terminated: terminated === null ? null : CalendarDate.toEpochDay(terminated),
});

const FIRST_DAY = CalendarDate.toEpochDay(CalendarDate.of('0001-01-01'));
const LAST_DAY = CalendarDate.toEpochDay(CalendarDate.of('9999-12-31'));

/** Whether a number of days is a day that can be written `YYYY-MM-DD`; Avro's date reaches millions of years further. */
export const isDay = (epochDay: number | null): boolean =>
  epochDay === null || (epochDay >= FIRST_DAY && epochDay <= LAST_DAY);

export const isSpan = ({ effective, terminated }: SpanRecord): boolean => isDay(effective) && isDay(terminated);
