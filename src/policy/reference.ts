import type { CardholderId, DrugFamily, Ndc, ProgrammeId } from '../claims/ids.ts';
import type { CalendarDate } from '../values/calendar-date.ts';

/** A span of enrolment in one plan; `terminated` is the last covered day. */
export type Enrolment = {
  /** A plan type of the policy's lists, such as MA_PD_HMO, PDP, PACE or EGWP_PDP. */
  readonly planType: string;
  readonly effective: CalendarDate;
  readonly terminated: CalendarDate | null;
};

/** What the enrolment file knows of a member (`rx.coverage.v1`). */
export type Coverage = {
  readonly cardholderId: CardholderId;
  readonly firstName: string;
  readonly lastName: string;
  readonly dateOfBirth: CalendarDate;
  readonly enrolments: readonly Enrolment[];
  /** Days on which Part D paid a GLP-1 for the member: the look-back of the Bridge reads them. */
  readonly partDGlp1DatesOfService: readonly CalendarDate[];
};

export type AuthorizationStatus = 'APPROVED' | 'IN_REVIEW' | 'DENIED' | 'EXHAUSTED';

/** One decision of prior authorization; the member's record (`rx.prior-authorizations.v1`) carries all of them. */
export type PriorAuthorization = {
  readonly programme: ProgrammeId;
  /** DRUG lets the drug be dispensed; EARLY_REFILL is the help desk's manual override of refill too soon. */
  readonly kind: 'DRUG' | 'EARLY_REFILL';
  readonly status: AuthorizationStatus;
  readonly drugFamily: DrugFamily;
  /** Set when the authorization names one product; read only where the policy is that strict. */
  readonly ndc: Ndc | null;
  readonly effective: CalendarDate;
  readonly terminated: CalendarDate | null;
  /** Why it was denied, such as TYPE_2_DIABETES; chooses the message text. */
  readonly reason: string | null;
};

export type ParticipantType = 'PHARMACY' | 'PRESCRIBER' | 'STATE' | 'LABELER';

/** How a party stands to a model (`rx.participation.v1`, key `model|type:id`). A party without a record is judged by the policy's default. */
export type Participation = {
  readonly model: ProgrammeId;
  readonly participantType: ParticipantType;
  readonly participantId: string;
  readonly status: 'ACTIVE' | 'SUSPENDED' | 'TERMINATED' | 'PRECLUDED' | 'ORGANIZATION_NPI';
  readonly effective: CalendarDate;
  readonly terminated: CalendarDate | null;
};
