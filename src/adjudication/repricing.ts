import { rulesAsOf } from '../policy/policy-bundle.ts';
import type { CapRules } from '../policy/programme-rules.ts';
import { Money } from '../values/money.ts';
import { paidFills, sharesCap, withinLimits } from './cap.ts';
import type { ClaimEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Fill, MemberState } from './state.ts';
import type { Route } from './subject.ts';

type Event<Type extends ClaimEvent['type']> = Extract<ClaimEvent, { readonly type: Type }>;

/**
 * What later fills would have cost the patient without a reversed one that shared their cap (policy `onReversal`). `before` is the
 * state that had it, `after` the one without it; where a rebill has put another fill in its place, `after` has that one, and only
 * the room that both halves leave is given away. Nothing is repriced silently: each change is an event, and the response lists it.
 */
export function repricings(
  reversal: Event<'ClaimReversed'>,
  { before, after }: { readonly before: MemberState; readonly after: MemberState },
  { rules, programme, when }: Pick<Route, 'rules' | 'programme' | 'when'>,
): readonly Event<'ClaimRepriced'>[] {
  if (rules.reversal.onReversal === 'KEEP' || rules.cap.amount === null) return [];
  const events: Event<'ClaimRepriced'>[] = [];
  let current = after;
  for (const fill of laterFillsSharing(reversal.fill, before, rules.cap)) {
    const { authorizationNumber, pricing } = fill;
    const repriced = (patientPayBefore: Money, patientPayAfter: Money): Event<'ClaimRepriced'> => ({
      type: 'ClaimRepriced',
      recordedAt: reversal.recordedAt,
      programme: programme.id,
      authorizationNumber,
      patientPayBefore,
      patientPayAfter,
    });
    const rulesOfFill = rulesAsOf(programme, { ...when, dateOfService: fill.dateOfService }) ?? rules;
    const allowed = Money.add(pricing.ingredientCostPaid, pricing.dispensingFeePaid);
    // The fill leaves room for itself: its share is asked for as if it had paid nothing yet.
    const unpaid = evolve(current, repriced(pricing.patientPayAmount, Money.zero));
    const patientPay = withinLimits(fill, { share: allowed, allowed }, { state: unpaid, rules: rulesOfFill });
    // Only upwards: a reversal makes room, it takes none.
    if (patientPay <= pricing.patientPayAmount) continue;
    const event = repriced(pricing.patientPayAmount, patientPay);
    events.push(event);
    current = evolve(current, event);
  }
  return events;
}

/** Fills that were paid after the reversed one, in that order, and drew on the same cap. */
function laterFillsSharing(reversed: Fill, state: MemberState, cap: CapRules): readonly Fill[] {
  const fills = paidFills(reversed, state);
  return fills
    .slice(fills.findIndex(({ authorizationNumber }) => authorizationNumber === reversed.authorizationNumber) + 1)
    .filter((fill) => sharesCap(reversed, fill, { cap, fills }));
}
