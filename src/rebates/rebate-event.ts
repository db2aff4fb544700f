import type { AuthorizationNumber, Ndc, ProgrammeId } from '../claims/ids.ts';
import type { CalendarDate, Instant } from '../values/calendar-date.ts';
import type { Money } from '../values/money.ts';
import type { Quantity } from '../values/quantity.ts';

/** One line of a journal entry: positive is a debit, negative a credit. */
export type EntryLine = { readonly account: Account; readonly amount: Money };

/** The accounts that rebate events move. */
export const ACCOUNTS = ['MANUFACTURER_RECEIVABLE', 'PROGRAMME_COST'] as const;
export type Account = (typeof ACCOUNTS)[number];

/** What the manufacturer owes for one fill, or the mirror of it. No member identity: a ledger may keep it for ever. */
export type RebateEvent = {
  /** The same input makes the same id for ever: `<type>:<authorizationNumber>`. */
  readonly eventId: string;
  readonly type: 'ACCRUAL' | 'REVERSAL';
  /** The accrual that a reversal takes back; null on an accrual. */
  readonly reverses: string | null;
  /** The model under which it is owed: the programme itself, or one of its rebate models. */
  readonly programme: ProgrammeId;
  readonly authorizationNumber: AuthorizationNumber;
  /** First five digits of the NDC. */
  readonly labeler: string;
  readonly ndc: Ndc;
  /** Negative on a reversal. */
  readonly units: Quantity;
  readonly unitOfMeasure: string;
  /** Quarter of the original date of service, also on a reversal. */
  readonly rebatePeriod: string;
  readonly wacAmount: Money;
  /** Null where the model knows no unit rebate amount, or none was known. */
  readonly uraAmount: Money | null;
  readonly netAmount: Money;
  /** Leg 3; negative on a reversal. */
  readonly rebateAmount: Money;
  /** Legs 1 and 2 of the fill, for the detail behind an invoice; negative on a reversal. */
  readonly totalAmountPaid: Money;
  readonly patientPayAmount: Money;
  /** The state and the kind of record (CMS-R-144) that the units belong to; null outside of Medicaid. */
  readonly state: string | null;
  readonly utilization: 'FFSU' | 'MCOU' | null;
  /** Sums to zero. */
  readonly entries: readonly [EntryLine, EntryLine, ...EntryLine[]];
  /** Stock bought at the 340B price; by default it owes nothing and makes no event. */
  readonly is340B: boolean;
  /** Date of service. */
  readonly effectiveAt: CalendarDate;
  readonly recordedAt: Instant;
  readonly policyVersion: string;
};
