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
  /** The model under which it is owed. */
  readonly model: ProgrammeId;
  readonly eventId: string;
  readonly labeler: string;
  readonly unitOfMeasure: string;
  /** Quarter of the date of service, `2026Q3`; also that of a later reversal. */
  readonly rebatePeriod: string;
  /** WAC of the units dispensed. */
  readonly wacAmount: Money;
  /** The unit rebate amount of the Medicaid drug rebate program for them; null where the model has none, or none is known yet. */
  readonly uraAmount: Money | null;
  /** What they shall cost net. */
  readonly netAmount: Money;
  /** What the manufacturer owes, never negative. */
  readonly rebateAmount: Money;
  /** The state and the record of the invoice it belongs to; null outside of Medicaid. */
  readonly state: string | null;
  readonly utilization: 'FFSU' | 'MCOU' | null;
  /** Leg 2 as it was accrued: a repricing moves the fill's, and a reversal has to mirror the accrual. */
  readonly patientPayAmount: Money;
};

/** What a fill counts for in the phases of Part D. */
export type Benefit = {
  /** Toward the out-of-pocket threshold (TrOOP). */
  readonly outOfPocketAmount: Money;
  /** To the gross covered drug cost. */
  readonly grossCostAmount: Money;
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
  /** 343-HD: P a part of a fill, C its completion; null a whole one. */
  readonly dispensingStatus: string | null;
  /** 345-HG of a part or a completion: the days of the fill that it is a part of. */
  readonly daysSupplyIntendedToBeDispensed: number | null;
  /** The identity of the part that a completion completes. */
  readonly completes: string | null;
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
  /** What the fill moved in the phases of its benefit; null where there are none. */
  readonly benefit: Benefit | null;
  readonly flags: readonly string[];
  /** Null where no manufacturer owes anything for the fill, as for 340B stock. */
  readonly rebate: FillRebate | null;
  readonly policyVersion: string;
};

/** A running total, such as the patient's payments in one calendar month of one programme. */
export type Accumulator = {
  readonly programme: ProgrammeId;
  readonly kind: AccumulatorKind;
  /** `2026-08` for a month, `2026` for a benefit year */
  readonly period: string;
  readonly amount: Money;
};

/** By month: what the patient paid. By year, where a benefit has phases: deductible, out-of-pocket costs (TrOOP) and gross drug cost. */
export const ACCUMULATOR_KINDS = ['PATIENT_PAY', 'DEDUCTIBLE', 'OUT_OF_POCKET', 'GROSS_COST'] as const;
export type AccumulatorKind = (typeof ACCUMULATOR_KINDS)[number];

export const initialMemberState: MemberState = { fills: [], accumulators: [] };
