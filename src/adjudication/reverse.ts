import type { RebillClaim, ReversalClaim } from '../claims/claim.ts';
import type { ClaimResponse, Repricing } from '../claims/response.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import type { Context } from './context.ts';
import { refusedBy, type Decision } from './decision.ts';
import { refuse } from './edit.ts';
import type { ClaimEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { fillsMeantBy } from './identity.ts';
import { repricings } from './repricing.ts';
import { forgetting } from './retention.ts';
import type { Fill, MemberState } from './state.ts';
import { route, type Route } from './subject.ts';
import { reversalWindow } from './timeliness-edits.ts';

/** B2: gives back what a fill took, into the periods of its date of service. */
export function reverse(claim: ReversalClaim, state: MemberState, context: Context): Decision {
  const { policy } = context;
  const routed = route(claim, policy);
  if (routed.kind === 'REFUSAL') return refusedBy('ROUTING', routed, policy);
  const { programme, rules } = routed;

  const tooLate = reversalWindow(claim, rules);
  if (tooLate) return refusedBy('REVERSAL_WINDOW', tooLate, policy);

  const meant = fillsMeantBy(claim, programme.id, state);
  // A late copy of a reversal speaks of the life that it ended, not of one that has begun since.
  const endedByThis = meant.find(({ reversedBy }) => reversedBy === claim.transmissionId);
  if (endedByThis) return { response: accepted('S', endedByThis, { policy }), events: [] };

  const paid = meant.filter(({ status }) => status === 'PAID');
  if (paid.length > 1) return refusedBy('REVERSAL_MATCH', refuse('17'), policy);
  const fill = paid[0] ?? meant.at(-1);
  if (fill === undefined) return refusedBy('REVERSAL_MATCH', refuse(rules.reversal.noMatch), policy);
  const isOtherProduct = claim.ndc !== null && claim.ndc !== fill.ndc;
  if (isOtherProduct) return refusedBy('REVERSAL_PRODUCT', refuse('84', 'PRODUCT'), policy);
  if (fill.status === 'REVERSED') return { response: accepted('S', fill, { policy }), events: [] };

  const { repriced, events } = takeBack(fill, { claim, state, routed });
  return { response: accepted('A', fill, { repriced, policy }), events };
}

/** What happens when a fill is taken back, and which later fills are priced again for it. */
export function takeBack(
  fill: Fill,
  { claim, state, routed }: { claim: ReversalClaim | RebillClaim; state: MemberState; routed: Route },
): { readonly repriced: readonly Repricing[]; readonly events: readonly ClaimEvent[] } {
  const reversal = reversalOf(fill, claim);
  const repriced = repricings(reversal, { before: state, after: evolve(state, reversal) }, routed);
  const events = [reversal, ...repriced];
  return {
    repriced: repriced.map(repricingOf),
    events: [...events, ...forgetting(claim, events.reduce<MemberState>(evolve, state), routed)],
  };
}

/** The event by which a message takes a fill back. */
export const reversalOf = (fill: Fill, { receivedAt, transmissionId }: ReversalClaim | RebillClaim) =>
  ({ type: 'ClaimReversed', recordedAt: receivedAt, fill, reversedBy: transmissionId }) as const satisfies ClaimEvent;

const accepted = (
  status: 'A' | 'S',
  { programme, authorizationNumber }: Fill,
  { repriced = [], policy }: { repriced?: readonly Repricing[]; policy: PolicyBundle },
): ClaimResponse => ({
  status,
  programme,
  authorizationNumber,
  repriced,
  policyVersion: policy.version,
});

/** As much of the event as an answer tells. */
export const repricingOf = ({ authorizationNumber, patientPayBefore, patientPayAfter }: Repricing): Repricing => ({
  authorizationNumber,
  patientPayBefore,
  patientPayAfter,
});
