import type { ProgrammeId } from '../claims/ids.ts';
import { invariant } from '../values/invariant.ts';
import type { Money, Rounding } from '../values/money.ts';
import type { CostShareRules } from './cost-share-rules.ts';
import type { Entry } from './dated.ts';
import type { PriceListId, RebateRule } from './rebate-rules.ts';

/** Over what the patient's share is capped. */
export const CAP_SCOPES = ['PER_FILL', 'CALENDAR_MONTH', 'ROLLING_DAYS', 'SERVICE_PERIOD'] as const;
export type CapScope = (typeof CAP_SCOPES)[number];

/** What an authorization is for: the brand family, the products of it in the dosage form of the one it names, or just that product. */
export const AUTHORIZATION_SCOPES = ['DRUG_FAMILY', 'DOSAGE_FORM', 'NDC'] as const;
export type AuthorizationScope = (typeof AUTHORIZATION_SCOPES)[number];

/** Whether a fill may be dispensed in two parts (343-HD), and which of the two bears copay and dispensing fee. */
export const PARTIAL_FILLS = ['UNSUPPORTED', 'COPAY_ON_PARTIAL', 'COPAY_ON_COMPLETION'] as const;
export type PartialFill = (typeof PARTIAL_FILLS)[number];

/** Everything a programme may decide differently from another, in the order of the edits. Evidence for each value stands beside it in the data. */
export type ProgrammeRules = {
  /** Group ids (301-C1) that are accepted; null takes any, and none. */
  readonly groupIds: readonly string[] | null;
  readonly timeliness: {
    /** The last day on which a fill can be billed, counted from its date of service. */
    readonly filingDays: number;
    /** Where a day begins first: a date of service is in the future when even there it has not begun. */
    readonly firstUtcOffsetHours: number;
    /** Where a day ends last: a window is over when even there its last day has ended. */
    readonly lastUtcOffsetHours: number;
  };
  readonly eligibility: {
    readonly cardholderIdPattern: RegExp;
    /** Plan types of which one has to cover the date of service. */
    readonly planTypes: readonly string[];
    /** A GLP-1 paid by Part D on one of these days, up to the date of service, makes the member ineligible. */
    readonly priorGlp1: {
      readonly calendarYears: readonly number[];
      readonly rollingDays: number;
      readonly reject: '41' | '620';
    };
  };
  readonly otherCoverage: {
    /** Other Coverage Codes (308-C8) that are taken; an absent one is. */
    readonly acceptedCodes: readonly string[];
    /** What becomes of a coupon billed as other coverage (308-C8 = 8). */
    readonly coupon: 'IGNORE' | 'REJECT';
    /** What other codes are answered with. */
    readonly reject: '7M' | '13';
    /** Plans that pay before this programme does, and the code that says so. */
    readonly primaryPlanTypes: readonly string[];
    readonly primaryReject: '41' | '620' | '621';
    /** Plans of managed care: whoever is in one gets here what the list carves out of it, and nothing else. */
    readonly managedCarePlanTypes: readonly string[];
  };
  readonly participation: {
    /** How parties without a participation record are judged. */
    readonly unlistedPharmacy: 'ALLOW' | 'REJECT';
    readonly unlistedPrescriber: 'ALLOW' | 'REJECT';
    /** A prescriber whose NPI is that of an organisation (type 2). */
    readonly organizationPrescriber: 'ALLOW' | 'REJECT';
    /** A labeler without a rebate agreement. */
    readonly unlistedLabeler: 'ALLOW' | 'REJECT';
  };
  readonly clinical: {
    readonly ageMin: number;
    /** Whether the youngest age on the product's label counts too. */
    readonly labelAge: 'REQUIRE' | 'IGNORE';
    /** ICD-10 prefixes, without the dot, that contradict an approved authorization. */
    readonly conflictingDiagnoses: readonly string[];
    readonly onConflict: 'REJECT' | 'FLAG';
    /** A member who has declined the manufacturer's lifestyle support. */
    readonly lifestyleDeclined: 'REJECT' | 'FLAG';
  };
  readonly priorAuthorization: {
    readonly required: boolean;
    readonly scope: AuthorizationScope;
    /** The answer to a claim for which only another drug is authorized. */
    readonly otherDrug: '75' | '64';
  };
  readonly partialFill: PartialFill;
  readonly supply: {
    readonly daysAllowed: readonly number[];
    /** EACH_PRODUCT also wants the days' supply that the package is made for. */
    readonly daysBy: 'PROGRAMME' | 'EACH_PRODUCT';
    readonly packagesPerMonth: number;
    /** What more packages are answered with. */
    readonly overQuantity: '76' | '9G';
    /** What becomes of a part of a breakable package, such as 28 of 30 tablets. */
    readonly packageSplit: 'FLAG' | 'REJECT';
    /** Days' supply to monthly supplies, ascending: the first row that is long enough. */
    readonly monthlySupplies: readonly { readonly daysMax: number; readonly months: number }[];
  };
  readonly refill: {
    /** Share of the last fill that has to be used up. */
    readonly thresholdPercent: number;
    /** Whether supply left from earlier fills counts too. */
    readonly countsOnHand: boolean;
    /** Whether another strength with SCC 5 (therapy change) may come early. */
    readonly doseChange: 'ALLOW' | 'REJECT';
    /** Submission Clarification Codes (420-DK) that let a refill come early without the help desk: 3 vacation, 4 lost. */
    readonly overrideCodes: readonly string[];
  };
  readonly reimbursement: {
    readonly basis: PriceListId;
    readonly dispensingFee: Money;
    /** How a price for a part of a package becomes cents. */
    readonly rounding: Rounding;
    /** LOWEST: the pharmacy is paid no more, with what the patient pays, than its usual and customary charge (426-DQ). */
    readonly usualAndCustomary: 'LOWEST' | 'IGNORE';
  };
  readonly costShare: CostShareRules;
  readonly cap: {
    /** For one monthly supply; null where there is no cap. */
    readonly amount: Money | null;
    readonly scope: CapScope;
    /** Length of the window or the period; read by ROLLING_DAYS and SERVICE_PERIOD. */
    readonly days: number;
    /** Whether a usual and customary charge (426-DQ) below the cap lowers the patient's share. */
    readonly usualAndCustomary: 'MINIMUM' | 'IGNORE';
    /** Whether a supply of less than a month has its share of the cap, and how long a month is then. */
    readonly prorateShort: 'NONE' | 'BY_28_DAYS' | 'BY_30_DAYS';
    /** How the patient's part of a cap or of a cost becomes cents; the payer bears the rest. */
    readonly rounding: Rounding;
    /** Programmes whose fills use the cap too; read by CALENDAR_MONTH. */
    readonly sharedWith: readonly ProgrammeId[];
  };
  readonly rebates: readonly RebateRule[];
  /** At most one of them is owed for a unit: the greatest (of equal ones the first), or the first that anything is owed under. */
  readonly rebateChoice: 'GREATEST' | 'FIRST';
  /** What becomes of the manufacturer's leg for stock bought at the 340B price. */
  readonly stock340B: 'NO_REBATE' | 'REBATE';
  readonly reversal: {
    /** The last day on which a fill can be taken back, counted from its date of service. */
    readonly windowDays: number;
    readonly noMatch: '31' | '84';
    /** Whether later fills that shared the cap with a reversed one are priced again. */
    readonly onReversal: 'KEEP' | 'REPROCESS';
  };
  readonly rebill: {
    /** Whether a B3 is taken at all; otherwise the pharmacy sends B2, then B1. */
    readonly offered: boolean;
    /** What becomes of the paid original when the new billing is refused: both halves or none, or the first half alone. */
    readonly onReject: 'KEEP_ORIGINAL' | 'REVERSE_ORIGINAL';
    /** The answer where there is no paid original: that of `reversal.noMatch`, or that of a billing. */
    readonly noOriginal: 'REJECT' | 'BILL';
  };
  /** Days that a fill is remembered beyond every window above: how long after its receipt a claim may still be handled. */
  readonly memory: { readonly marginDays: number };
};

export type RefillRules = ProgrammeRules['refill'];
export type CapRules = ProgrammeRules['cap'];

/** A span of dates of service with one set of rules. */
export type ProgrammeVersion = Entry & { readonly rules: ProgrammeRules };

/** Monthly supplies in a fill: 28 and 30 days are one, 90 days three. */
export function monthsOf({ supply }: ProgrammeRules, daysSupply: number): number {
  const row = supply.monthlySupplies.find(({ daysMax }) => daysSupply <= daysMax);
  invariant(row !== undefined, 'every allowed days supply is a number of monthly supplies');
  return row.months;
}
