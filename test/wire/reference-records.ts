import type { Coverage, Participation, PriorAuthorization } from '../../src/policy/reference.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import type { CoverageRecord, ParticipationRecord, PriorAuthorizationRecord } from '../../src/wire/records.ts';

// The adjudicator only reads its reference topics; their writers are other systems, and here the tests.

type Span = { readonly effective: CalendarDate; readonly terminated: CalendarDate | null };

const writeSpan = ({ effective, terminated }: Span) => ({
  effective: CalendarDate.toEpochDay(effective),
  terminated: terminated === null ? null : CalendarDate.toEpochDay(terminated),
});

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

export const writePriorAuthorizations = (authorizations: readonly PriorAuthorization[]): PriorAuthorizationRecord => ({
  authorizations: authorizations.map((authorization) => ({ ...authorization, ...writeSpan(authorization) })),
});
