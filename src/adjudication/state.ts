import type {
  AuthorizationNumber,
  DrugFamily,
  Ndc,
  PrescriptionServiceReferenceNumber,
  ProgrammeId,
  ServiceProviderId,
} from '../claims/ids.ts';
import type { ResponsePricing } from '../claims/response.ts';
import type { CalendarDate } from '../values/calendar-date.ts';
import type { Money } from '../values/money.ts';
import type { Quantity } from '../values/quantity.ts';

/** Everything that the owner of the accumulators has remembered: the fold of the events and nothing else. */
export type MemberState = {
  /** In the order in which they were paid; a rebilled fill stands behind the one that was taken back for it. */
  readonly fills: readonly Fill[];
  readonly accumulators: readonly Accumulator[];
};

/** What a rebate of the fill rests on, kept so that a reversal mirrors it whatever the policy says by then. */
export type FillRebate = {
  readonly eventId: string;
  readonly labeler: string;
  readonly unitOfMeasure: string;
  /** Quarter of the date of service, `2026Q3`; also that of a later reversal. */
  readonly rebatePeriod: string;
  /** WAC of the units dispensed. */
  readonly wacAmount: Money;
  /** What the programme guarantees to pay net for them. */
  readonly netAmount: Money;
  /** What the manufacturer owes: WAC - net, never negative. */
  readonly rebateAmount: Money;
  /** Leg 2 as it was accrued: a repricing moves the fill's, and a reversal has to mirror the accrual. */
  readonly patientPayAmount: Money;
};

/** One paid fill, or one that was paid and taken back. */
export type Fill = {
  readonly authorizationNumber: AuthorizationNumber;
  readonly status: 'PAID' | 'REVERSED';
  readonly programme: ProgrammeId;
  readonly serviceProviderId: ServiceProviderId;
  readonly prescriptionServiceReferenceNumber: PrescriptionServiceReferenceNumber;
  readonly fillNumber: number;
  readonly dateOfService: CalendarDate;
  readonly ndc: Ndc;
  readonly drugFamily: DrugFamily;
  readonly quantityDispensed: Quantity;
  readonly daysSupply: number;
  /** 426-DQ: a later repricing must not ask more of the patient than this. */
  readonly usualAndCustomaryCharge: Money;
  readonly identityDigest: string;
  readonly contentDigest: string;
  readonly transmissionId: string;
  /** Transmission of the reversal or the rebill that took it back. */
  readonly reversedBy: string | null;
  /** The fill that a rebill took back for this one. */
  readonly rebillOf: AuthorizationNumber | null;
  readonly pricing: ResponsePricing;
  readonly flags: readonly string[];
  /** Null where no manufacturer owes anything for the fill, as for 340B stock. */
  readonly rebate: FillRebate | null;
  readonly policyVersion: string;
};

/** A running total, such as the patient's payments in one calendar month of one programme. */
export type Accumulator = {
  readonly programme: ProgrammeId;
  readonly kind: AccumulatorKind;
  /** `2026-08` for a month */
  readonly period: string;
  readonly amount: Money;
};

export const ACCUMULATOR_KINDS = ['PATIENT_PAY'] as const;
export type AccumulatorKind = (typeof ACCUMULATOR_KINDS)[number];

export const initialMemberState: MemberState = { fills: [], accumulators: [] };
