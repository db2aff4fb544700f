import type { CardholderId, DrugFamily, Ndc, ProgrammeId } from '../claims/ids.ts';
import type { CalendarDate } from '../values/calendar-date.ts';
import type { Money } from '../values/money.ts';

/** A span of enrolment in one plan; `terminated` is the last covered day. */
export type Enrolment = {
  /** A plan type of the policy's lists, such as MA_PD_HMO, PDP, PACE or EGWP_PDP. */
  readonly planType: string;
  readonly effective: CalendarDate;
  readonly terminated: CalendarDate | null;
};

/** What the state knows of a member of Medicaid. */
export type MedicaidStanding = {
  /** Groups of 42 CFR 447.56(a) that the member belongs to, such as PREGNANT or CHILD. */
  readonly exemptGroups: readonly string[];
  /** Household income in percent of the federal poverty level; null where unknown. */
  readonly incomePercentOfFpl: number | null;
  /** The ceiling of 5 percent of income on what the household pays in a month or quarter (42 CFR 447.56(f)). */
  readonly household: HouseholdCeiling | null;
  /** How the member stands to the manufacturer's lifestyle support; it never decides whether a claim is paid. */
  readonly lifestyleSupport: 'ENROLLED' | 'OFFERED' | 'DECLINED' | null;
};

export type HouseholdCeiling = {
  readonly amount: Money;
  readonly period: 'MONTH' | 'QUARTER';
  /** What the state reports for the rest of the household, and for care other than this programme's; `2026-10` or `2026Q4`. */
  readonly spentByOthers: readonly { readonly period: string; readonly amount: Money }[];
};

/** What other plans of the same year report of a member of Part D. */
export type PartDYear = {
  readonly year: number;
  /** A level of the low-income subsidy in the policy's table; null without one. */
  readonly lowIncomeLevel: string | null;
  readonly deductibleMet: Money;
  /** TrOOP before this plan. */
  readonly outOfPocket: Money;
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
  readonly medicaid: MedicaidStanding | null;
  readonly partD: readonly PartDYear[];
};

/** REPLACED has been followed by a later decision on the same drug, and decides nothing any more. */
export type AuthorizationStatus = 'APPROVED' | 'IN_REVIEW' | 'DENIED' | 'EXHAUSTED' | 'REPLACED';

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
  /** The request that it answers; null where somebody else decided. */
  readonly requestId: string | null;
  /** Everything that spoke against the request; of these, `reason` is the first that denies it. */
  readonly reasons: readonly string[];
};

/** A request for prior authorization that could not be decided, and which of its fields are wrong. */
export type Refusal = { readonly requestId: string; readonly fields: readonly string[] };

/** All that is on file about a member's prior authorization. */
export type AuthorizationFile = {
  readonly authorizations: readonly PriorAuthorization[];
  /** Of requests that have not been sent again in order, the oldest first. */
  readonly refusals: readonly Refusal[];
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
