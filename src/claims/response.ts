import type { CalendarDate } from '../values/calendar-date.ts';
import type { Money } from '../values/money.ts';
import type { AuthorizationNumber, CardholderId, ProgrammeId } from './ids.ts';
import type { RejectCode } from './reject-codes.ts';

/** Why a claim was refused: the code for the pharmacy's system, the edit that raised it, the text for the counter. */
export type Reject = {
  /** 511-FB */
  readonly code: RejectCode;
  /** The row of the edit table that raised it. */
  readonly edit: string;
  /** 526-FQ; a text of the policy bundle, never a value of the claim. */
  readonly message: string;
};

/** A rejected claim has at least one reject, and a response has room for five (510-FA). */
export type Rejects = readonly [Reject, ...Reject[]];

/** The money of a paid claim: three legs, always apart, and the parts of the pharmacy's. */
export type ResponsePricing = {
  /** 506-F6 */
  readonly ingredientCostPaid: Money;
  /** 507-F7 */
  readonly dispensingFeePaid: Money;
  /** 505-F5: leg 2, what the patient pays. */
  readonly patientPayAmount: Money;
  /** 518-FI; with 517-FH and 572-4U it makes 505-F5. */
  readonly amountOfCopay: Money;
  /** 517-FH */
  readonly amountAppliedToPeriodicDeductible: Money;
  /** 572-4U */
  readonly amountOfCoinsurance: Money;
  /** 509-F9: leg 1, what the pharmacy is paid. 506-F6 + 507-F7 - 505-F5. */
  readonly totalAmountPaid: Money;
  /** Leg 3, what the manufacturer owes; not an NCPDP field and not for the pharmacy. */
  readonly manufacturerOwedAmount: Money;
  /** Who bears leg 1 where it is more than the programme alone, as in the phases of Part D; adds up to 509-F9. */
  readonly payerShares: readonly PayerShare[];
};

export const PAYERS = ['PLAN', 'MANUFACTURER', 'SELECTED_DRUG_SUBSIDY', 'REINSURANCE', 'LOW_INCOME_SUBSIDY'] as const;
export type PayerShare = { readonly payer: (typeof PAYERS)[number]; readonly amount: Money };

/** A later fill whose patient share changed because an earlier one was taken back (policy `onReversal: REPROCESS`). */
export type Repricing = {
  readonly authorizationNumber: AuthorizationNumber;
  readonly patientPayBefore: Money;
  readonly patientPayAfter: Money;
};

/** What an E1 tells: the id to bill with and the plan that makes the person eligible. */
export type Eligibility = {
  readonly cardholderId: CardholderId;
  readonly planType: string;
  readonly effective: CalendarDate;
  readonly terminated: CalendarDate | null;
};

/** One answer per claim, on Transaction Response Status (112-AN). A status carries just the fields it may have. */
export type ClaimResponse =
  | {
      readonly status: 'P' | 'D';
      readonly programme: ProgrammeId;
      readonly authorizationNumber: AuthorizationNumber;
      readonly pricing: ResponsePricing;
      /** 548-6F-like notes for the pharmacy and flags for the payer, such as `340B` or `PACKAGE_SPLIT`. */
      readonly flags: readonly string[];
      /** The authorization number of the fill that a rebill took back for this one; null for a fill that was just billed. */
      readonly rebillOf: AuthorizationNumber | null;
      /** Told once, with P. */
      readonly repriced: readonly Repricing[];
      readonly policyVersion: string;
    }
  | {
      readonly status: 'A' | 'S';
      readonly programme: ProgrammeId;
      readonly authorizationNumber: AuthorizationNumber;
      readonly repriced: readonly Repricing[];
      readonly policyVersion: string;
    }
  | {
      readonly status: 'A';
      readonly programme: ProgrammeId;
      readonly eligibility: Eligibility;
      readonly policyVersion: string;
    }
  | { readonly status: 'R'; readonly rejects: Rejects; readonly policyVersion: string }
  /** A rebill whose new billing is refused while its original is taken back all the same (policy `onReject: REVERSE_ORIGINAL`). */
  | {
      readonly status: 'R';
      readonly rejects: Rejects;
      readonly programme: ProgrammeId;
      readonly rebillOf: AuthorizationNumber;
      readonly repriced: readonly Repricing[];
      readonly policyVersion: string;
    };
