import type { Coverage, Participation } from '../../src/policy/reference.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import type { CoverageRecord, ParticipationRecord } from '../../src/wire/records.ts';
import { writeSpan } from '../../src/wire/span.ts';

// The adjudicator only reads these topics; their writers are other systems, and here the tests.

export const writeCoverage = (coverage: Coverage): CoverageRecord => ({
  ...coverage,
  dateOfBirth: CalendarDate.toEpochDay(coverage.dateOfBirth),
  enrolments: coverage.enrolments.map(({ planType, ...span }) => ({ planType, ...writeSpan(span) })),
  partDGlp1DatesOfService: coverage.partDGlp1DatesOfService.map(CalendarDate.toEpochDay),
});

export const writeParticipation = (participation: Participation): ParticipationRecord => ({
  ...participation,
  ...writeSpan(participation),
});
