import type { RebillClaim, ReversalClaim } from '../claims/claim.ts';
import type { ClaimResponse, Repricing } from '../claims/response.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import { invariant } from '../values/invariant.ts';
import type { Context } from './context.ts';
import { refusedBy, rejected, type Decision } from './decision.ts';
import { examine } from './edit.ts';
import type { ClaimEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { fillsMeantBy } from './identity.ts';
import { repricings } from './repricing.ts';
import { withForgetting } from './retention.ts';
import { fillToReverse, type Reversing } from './reversal-edits.ts';
import { REVERSAL_SHEET } from './reversal-sheet.ts';
import type { Fill, MemberState } from './state.ts';
import { route, type Route } from './subject.ts';

/** B2: gives back what a fill took, into the periods of its date of service. */
export function reverse(claim: ReversalClaim, state: MemberState, context: Context): Decision {
  const { policy } = context;
  const routed = route(claim, policy);
  if (routed.kind === 'REFUSAL') return refusedBy('ROUTING', routed, policy);

  const reversing: Reversing = { ...routed, claim, state, meant: fillsMeantBy(claim, routed.programme.id, state) };
  const verdict = examine(REVERSAL_SHEET, reversing, context);
  switch (verdict.kind) {
    case 'REJECTED':
      return rejected(verdict.rejects, policy);
    case 'REPEATED':
      return { response: accepted('S', verdict.fill, { policy }), events: [] };
    case 'PASSED': {
      const fill = fillToReverse(reversing);
      invariant(fill !== undefined, 'a reversal without a fill is rejected');
      const { repriced, events } = takeBack(fill, { claim, state, routed });
      return { response: accepted('A', fill, { repriced, policy }), events };
    }
  }
}

/** What happens when a fill is taken back, and which later fills are priced again for it. */
export function takeBack(
  fill: Fill,
  { claim, state, routed }: { claim: ReversalClaim | RebillClaim; state: MemberState; routed: Route },
): { readonly repriced: readonly Repricing[]; readonly events: readonly ClaimEvent[] } {
  const reversal = reversalOf(fill, claim);
  const repriced = repricings(reversal, { before: state, after: evolve(state, reversal) }, routed);
  return {
    repriced: repriced.map(repricingOf),
    events: withForgetting([reversal, ...repriced], { claim, state, routed }),
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
