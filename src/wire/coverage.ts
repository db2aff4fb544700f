import type { CardholderId } from '../claims/ids.ts';
import type { Coverage } from '../policy/reference.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import type { CoverageRecord } from './records.ts';
import { isDay, isSpan, readSpan } from './span.ts';

/** Whether the record says what this version can work with. */
export const isSoundCoverage = ({ dateOfBirth, enrolments, partDGlp1DatesOfService }: CoverageRecord): boolean =>
  isDay(dateOfBirth) && enrolments.every(isSpan) && partDGlp1DatesOfService.every(isDay);

/** From a record that the decoder has let through. */
export const readCoverage = (record: CoverageRecord): Coverage => ({
  ...record,
  cardholderId: record.cardholderId as CardholderId,
  dateOfBirth: CalendarDate.ofEpochDay(record.dateOfBirth),
  enrolments: record.enrolments.map(({ planType, ...span }) => ({ planType, ...readSpan(span) })),
  partDGlp1DatesOfService: record.partDGlp1DatesOfService.map(CalendarDate.ofEpochDay),
});
