import type { BillingClaim, RebillClaim } from '../claims/claim.ts';
import { invariant } from '../values/invariant.ts';
import { bill } from './bill.ts';
import { repeatedFill } from './claim-edits.ts';
import type { Context } from './context.ts';
import { refusedBy, rejected, type Decision } from './decision.ts';
import { examine } from './edit.ts';
import { evolve } from './evolve.ts';
import { originalOf, type Rebilling } from './rebill-edits.ts';
import { repricings } from './repricing.ts';
import { REBILL_SHEET } from './reversal-sheet.ts';
import { repricingOf, reversalOf, takeBack } from './reverse.ts';
import type { Fill, MemberState } from './state.ts';
import { route, type Route } from './subject.ts';

/** B3: takes a paid fill back and bills it anew, in one decision (`docs/decisions/0014`). */
export function rebill(claim: RebillClaim, state: MemberState, context: Context): Decision {
  const { policy } = context;
  const routed = route(claim, policy);
  if (routed.kind === 'REFUSAL') return refusedBy('ROUTING', routed, policy);
  const rebilling: Rebilling = { ...routed, claim, state };
  const verdict = examine(REBILL_SHEET, rebilling, context);
  if (verdict.kind === 'REJECTED') return rejected(verdict.rejects, policy);

  const billing: BillingClaim = { ...claim, transactionCode: 'B1' };
  // Sent again, or nothing to correct: the fill keeps its number, and the billing's own edits repeat the first answer.
  const original = repeatedFill(claim, state) ? undefined : originalOf(rebilling);
  return original ? replace(original, { claim, billing, state, routed, context }) : bill(billing, state, context);
}

type Parts = {
  readonly claim: RebillClaim;
  readonly billing: BillingClaim;
  readonly state: MemberState;
  readonly routed: Route;
  readonly context: Context;
};

/** The new billing is decided as if its original had never been; later fills are priced again on what both halves leave. */
function replace(original: Fill, { claim, billing, state, routed, context }: Parts): Decision {
  const reversal = reversalOf(original, claim);
  const billed = bill(billing, evolve(state, reversal), context);
  const { response } = billed;
  if (response.status === 'R') {
    if (routed.rules.rebill.onReject === 'KEEP_ORIGINAL') return billed;
    const { repriced, events } = takeBack(original, { claim, state, routed });
    const taken = { programme: original.programme, rebillOf: original.authorizationNumber, repriced };
    return { response: { ...response, ...taken }, events };
  }
  invariant(response.status === 'P', 'a rebill that is no repetition is paid or refused');
  const events = [reversal, ...billed.events];
  const repriced = repricings(reversal, { before: state, after: events.reduce(evolve, state) }, routed);
  return { response: { ...response, repriced: repriced.map(repricingOf) }, events: [...events, ...repriced] };
}
