import { CalendarDate } from '../values/calendar-date.ts';
import { invariant } from '../values/invariant.ts';
import { Money } from '../values/money.ts';
import type { ResponsePricing } from '../claims/response.ts';
import type { ClaimEvent } from './events.ts';
import type { Accumulator, Fill, MemberState } from './state.ts';

/** The next state is what an event makes of the last one, and nothing else: replay them and get the same member. */
export function evolve(state: MemberState, event: ClaimEvent): MemberState {
  switch (event.type) {
    case 'ClaimPaid':
      return {
        fills: placed(state.fills, event.fill),
        accumulators: accumulate(state.accumulators, event.fill, event.fill.pricing.patientPayAmount),
      };
    case 'ClaimReversed':
      return {
        fills: replace(state.fills, event.fill, { status: 'REVERSED', reversedBy: event.reversedBy }),
        // Given back to the month of the date of service, whenever the reversal comes.
        accumulators: accumulate(state.accumulators, event.fill, Money.negate(event.fill.pricing.patientPayAmount)),
      };
    case 'ClaimRepriced': {
      const fill = state.fills.find(({ authorizationNumber }) => authorizationNumber === event.authorizationNumber);
      invariant(fill !== undefined, 'a repriced fill is remembered');
      return {
        fills: replace(state.fills, fill, { pricing: withPatientPay(fill.pricing, event.patientPayAfter) }),
        accumulators: accumulate(
          state.accumulators,
          fill,
          Money.subtract(event.patientPayAfter, event.patientPayBefore),
        ),
      };
    }
    case 'FillsForgotten':
      return {
        ...state,
        fills: state.fills.filter((fill) => !event.authorizationNumbers.includes(fill.authorizationNumber)),
      };
  }
}

/** A rebilled fill takes the place of its original, so that what was paid after that one still comes after it. */
function placed(fills: readonly Fill[], fill: Fill): readonly Fill[] {
  if (fill.rebillOf === null) return [...fills, fill];
  const lastLife = fills.findLastIndex(({ identityDigest }) => identityDigest === fill.identityDigest);
  return fills.toSpliced(lastLife + 1, 0, fill);
}

const replace = (fills: readonly Fill[], { authorizationNumber }: Fill, change: Partial<Fill>): readonly Fill[] =>
  fills.map((fill) => (fill.authorizationNumber === authorizationNumber ? { ...fill, ...change } : fill));

/** What the patient pays more the payer pays less; the allowed amount stays. */
const withPatientPay = (pricing: ResponsePricing, patientPayAmount: Money): ResponsePricing => ({
  ...pricing,
  patientPayAmount,
  amountOfCopay: patientPayAmount,
  totalAmountPaid: Money.subtract(Money.add(pricing.totalAmountPaid, pricing.patientPayAmount), patientPayAmount),
});

/** A total of nothing is not kept, so that billing and reversing leaves the member as they were. */
function accumulate(
  totals: readonly Accumulator[],
  { programme, dateOfService }: Fill,
  change: Money,
): readonly Accumulator[] {
  if (change === Money.zero) return totals;
  const period = CalendarDate.month(dateOfService);
  const at = totals.findIndex((total) => total.programme === programme && total.period === period);
  const known = totals[at];
  if (known === undefined) return [...totals, { programme, kind: 'PATIENT_PAY', period, amount: change }];
  const amount = Money.add(known.amount, change);
  invariant(amount >= 0, 'an accumulator is never negative');
  return amount === Money.zero ? totals.toSpliced(at, 1) : totals.with(at, { ...known, amount });
}
