import type { CardholderId } from '../claims/ids.ts';
import type { Coverage, MedicaidStanding } from '../policy/reference.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import { Money } from '../values/money.ts';
import type { CoverageRecord, MedicaidStandingRecord } from './records.ts';
import { isDay, isSpan, readSpan } from './span.ts';

/** Whether the record says what this version can work with. */
export const isSoundCoverage = ({
  dateOfBirth,
  enrolments,
  partDGlp1DatesOfService,
  medicaid,
}: CoverageRecord): boolean =>
  isDay(dateOfBirth) && enrolments.every(isSpan) && partDGlp1DatesOfService.every(isDay) && isSoundStanding(medicaid);

const isSoundStanding = (standing: MedicaidStandingRecord | null): boolean =>
  isOneOf(['MONTH', 'QUARTER'], standing?.household?.period ?? null) &&
  isOneOf(['ENROLLED', 'OFFERED', 'DECLINED'], standing?.lifestyleSupport ?? null);

const isOneOf = (words: readonly string[], word: string | null): boolean => word === null || words.includes(word);

/** From a record that the decoder has let through. */
export const readCoverage = (record: CoverageRecord): Coverage => ({
  ...record,
  cardholderId: record.cardholderId as CardholderId,
  dateOfBirth: CalendarDate.ofEpochDay(record.dateOfBirth),
  enrolments: record.enrolments.map(({ planType, ...span }) => ({ planType, ...readSpan(span) })),
  partDGlp1DatesOfService: record.partDGlp1DatesOfService.map(CalendarDate.ofEpochDay),
  medicaid: record.medicaid as MedicaidStanding | null,
  partD: record.partD.map(({ deductibleMet, outOfPocket, ...year }) => ({
    ...year,
    deductibleMet: Money.ofCents(deductibleMet),
    outOfPocket: Money.ofCents(outOfPocket),
  })),
});
