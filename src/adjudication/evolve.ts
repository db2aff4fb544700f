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
        accumulators: accumulate(state.accumulators, event.fill, movedBy(event.fill)),
      };
    case 'ClaimReversed':
      return {
        fills: replace(state.fills, event.fill, { status: 'REVERSED', reversedBy: event.reversedBy }),
        // Given back to the periods of the date of service, whenever the reversal comes.
        accumulators: accumulate(
          state.accumulators,
          event.fill,
          movedBy(event.fill).map(({ kind, amount }) => ({ kind, amount: Money.negate(amount) })),
        ),
      };
    case 'ClaimRepriced': {
      const fill = state.fills.find(({ authorizationNumber }) => authorizationNumber === event.authorizationNumber);
      invariant(fill !== undefined, 'a repriced fill is remembered');
      return {
        fills: replace(state.fills, fill, { pricing: withPatientPay(fill.pricing, event.patientPayAfter) }),
        accumulators: accumulate(state.accumulators, fill, [
          { kind: 'PATIENT_PAY', amount: Money.subtract(event.patientPayAfter, event.patientPayBefore) },
        ]),
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

type Move = Pick<Accumulator, 'kind' | 'amount'>;

/** What a fill adds to the running totals. */
function movedBy({ pricing, benefit }: Fill): readonly Move[] {
  const patientPay: Move = { kind: 'PATIENT_PAY', amount: pricing.patientPayAmount };
  if (benefit === null) return [patientPay];
  return [
    patientPay,
    { kind: 'DEDUCTIBLE', amount: pricing.amountAppliedToPeriodicDeductible },
    { kind: 'OUT_OF_POCKET', amount: benefit.outOfPocketAmount },
    { kind: 'GROSS_COST', amount: benefit.grossCostAmount },
  ];
}

const accumulate = (totals: readonly Accumulator[], fill: Fill, moves: readonly Move[]): readonly Accumulator[] =>
  moves.reduce((current, move) => moved(current, fill, move), totals);

/** A total of nothing is not kept, so that billing and reversing leaves the member as they were. */
function moved(
  totals: readonly Accumulator[],
  { programme, dateOfService }: Fill,
  { kind, amount: change }: Move,
): readonly Accumulator[] {
  if (change === Money.zero) return totals;
  const period = kind === 'PATIENT_PAY' ? CalendarDate.month(dateOfService) : String(CalendarDate.year(dateOfService));
  const at = totals.findIndex(
    (total) => total.programme === programme && total.kind === kind && total.period === period,
  );
  const known = totals[at];
  if (known === undefined) return [...totals, { programme, kind, period, amount: change }];
  const amount = Money.add(known.amount, change);
  invariant(amount >= 0, 'an accumulator is never negative');
  return amount === Money.zero ? totals.toSpliced(at, 1) : totals.with(at, { ...known, amount });
}
