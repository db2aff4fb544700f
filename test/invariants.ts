import type { Decision } from '../src/adjudication/decision.ts';
import type { ClaimEvent } from '../src/adjudication/events.ts';
import type { Fill, MemberState } from '../src/adjudication/state.ts';
import type { ClaimResponse, ResponsePricing } from '../src/claims/response.ts';
import type { CapScope } from '../src/policy/programme-rules.ts';
import type { RebateEvent } from '../src/rebates/rebate-event.ts';
import { CalendarDate } from '../src/values/calendar-date.ts';
import { Money } from '../src/values/money.ts';

// What has to hold for every claim of every member. Each function tells what does not, in words without a value; nothing is an empty list.

type Faults = readonly string[];

const unless = (holds: boolean, fault: string): Faults => (holds ? [] : [fault]);

/** The legs of a paid claim add up, so do their parts, and none is negative. */
export function legFaults({ payerShares, ...pricing }: ResponsePricing): Faults {
  const shares = payerShares.map(({ amount }) => amount);
  const allowed = Money.add(pricing.ingredientCostPaid, pricing.dispensingFeePaid);
  const { amountAppliedToPeriodicDeductible, amountOfCoinsurance, amountOfCopay } = pricing;
  const parts = Money.add(amountAppliedToPeriodicDeductible, amountOfCoinsurance, amountOfCopay);
  return [
    ...unless(
      Money.add(pricing.totalAmountPaid, pricing.patientPayAmount) === allowed,
      'pharmacy and patient are not the allowed amount',
    ),
    ...unless(parts === pricing.patientPayAmount, 'deductible, coinsurance and copay are not what the patient pays'),
    ...unless(
      shares.length === 0 || Money.add(...shares) === pricing.totalAmountPaid,
      'the payers do not bear what the pharmacy is paid',
    ),
    ...unless(Math.min(...Object.values(pricing), ...shares) >= 0, 'an amount is negative'),
  ];
}

/** A payment pays one fill, a reversal takes one back, a rebill does both, and no other answer moves anything. */
export function moveFaults({ response, events }: Decision): Faults {
  const count = (type: ClaimEvent['type']): number => events.filter((event) => event.type === type).length;
  const moves = movesOf(response);
  return [
    ...unless(count('ClaimPaid') === moves.paid, 'an answer pays other fills than it says'),
    ...unless(count('ClaimReversed') === moves.takenBack, 'an answer takes other fills back than it says'),
    ...unless(moves.paid + moves.takenBack > 0 || events.length === 0, 'an answer moves something and does not say so'),
  ];
}

function movesOf(response: ClaimResponse): { readonly paid: number; readonly takenBack: number } {
  switch (response.status) {
    case 'P':
      return { paid: 1, takenBack: response.rebillOf === null ? 0 : 1 };
    case 'A':
      return { paid: 0, takenBack: 'eligibility' in response ? 0 : 1 };
    case 'R':
      return { paid: 0, takenBack: 'rebillOf' in response ? 1 : 0 };
    case 'D':
    case 'S':
      return { paid: 0, takenBack: 0 };
  }
}

export const paidFills = ({ fills }: MemberState): readonly Fill[] => fills.filter(({ status }) => status === 'PAID');

export const patientPay = (fills: readonly Fill[]): Money =>
  Money.add(...fills.map(({ pricing }) => pricing.patientPayAmount));

/** A cap for one monthly supply, and over what it holds. */
export type Cap = { readonly amount: Money; readonly scope: CapScope; readonly days: number };

/** No more than the cap is paid in its scope, by fills of one monthly supply each. */
export const capFaults = (fills: readonly Fill[], cap: Cap): Faults =>
  unless(
    groupsUnder(cap, fills).every((group) => patientPay(group) <= cap.amount),
    `more than the cap is paid in its scope, ${cap.scope}`,
  );

/** The fills that draw on one cap together. */
function groupsUnder({ scope, days }: Cap, fills: readonly Fill[]): readonly (readonly Fill[])[] {
  switch (scope) {
    case 'PER_FILL':
      return fills.map((fill) => [fill]);
    case 'CALENDAR_MONTH':
      return [...Map.groupBy(fills, ({ dateOfService }) => CalendarDate.month(dateOfService)).values()];
    case 'ROLLING_DAYS':
      return fills.map(({ dateOfService: first }) =>
        fills.filter(({ dateOfService: date }) => date >= first && CalendarDate.daysBetween(first, date) < days),
      );
    case 'SERVICE_PERIOD': {
      const start = fills[0]?.dateOfService;
      const period = ({ dateOfService }: Fill) =>
        start && Math.floor(CalendarDate.daysBetween(start, dateOfService) / days);
      return [...Map.groupBy(fills, period).values()];
    }
  }
}

/** Whether two members have the same totals: a total that was used up and has come back stands in another place. */
export const sameTotals = (one: MemberState, other: MemberState): boolean =>
  one.accumulators.length === other.accumulators.length &&
  one.accumulators.every(({ programme, kind, period, amount }) =>
    other.accumulators.some(
      (total) =>
        total.programme === programme && total.kind === kind && total.period === period && total.amount === amount,
    ),
  );

/** What manufacturers owe, one amount for each authorization number: an accrual, or nothing once it was taken back. */
export type Ledger = {
  /** Takes an event, and tells what is wrong with it. */
  post(event: RebateEvent): Faults;
  /** Null for a fill for which nothing is owed, or nothing any more. */
  owedFor(authorizationNumber: string): Money | null;
};

export function rebateLedger(): Ledger {
  /** Null: accrued and taken back. Numbers and ids go together, so that a number that comes back is an id that does. */
  const owed = new Map<string, Money | null>();
  return {
    post: ({ eventId, type, reverses, authorizationNumber, rebateAmount, entries }) => {
      const before = owed.get(authorizationNumber);
      owed.set(authorizationNumber, type === 'ACCRUAL' ? rebateAmount : null);
      return [
        ...unless(eventId === `${type}:${authorizationNumber}`, 'the id of a rebate event is not that of its fill'),
        ...unless(Money.add(...entries.map(({ amount }) => amount)) === Money.zero, 'the entries do not sum to zero'),
        ...(type === 'ACCRUAL'
          ? [
              ...unless(before === undefined, 'a fill accrues a second time'),
              ...unless(rebateAmount >= 0, 'a manufacturer is owed something'),
            ]
          : [
              ...unless(reverses === `ACCRUAL:${authorizationNumber}`, 'a reversal does not name its accrual'),
              ...unless(before !== undefined && before !== null, 'what is taken back was not owed'),
              ...unless(
                Money.add(before ?? Money.zero, rebateAmount) === Money.zero,
                'accrual and reversal are not zero',
              ),
            ]),
      ];
    },
    owedFor: (authorizationNumber) => owed.get(authorizationNumber) ?? null,
  };
}

/** A fill owes its rebate while it is paid, and nothing after it was taken back. */
export const owedFaults = (fills: readonly Fill[], ledger: Ledger): Faults =>
  unless(
    fills.every(
      ({ authorizationNumber, status, rebate }) =>
        ledger.owedFor(authorizationNumber) === (status === 'PAID' ? (rebate?.rebateAmount ?? null) : null),
    ),
    'what is owed is not the rebate of the paid fills',
  );
