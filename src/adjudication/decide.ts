import type { Claim } from '../claims/claim.ts';
import { bill } from './bill.ts';
import { checkEligibility } from './check-eligibility.ts';
import type { Context } from './context.ts';
import type { Decision } from './decision.ts';
import { evolve } from './evolve.ts';
import { rebill } from './rebill.ts';
import { reverse } from './reverse.ts';
import type { MemberState } from './state.ts';

/** The pure core: no clock, no I/O, no randomness. The same three arguments always give the same decision. */
export function decide(claim: Claim, state: MemberState, context: Context): Decision {
  switch (claim.transactionCode) {
    case 'B1':
      return bill(claim, state, context);
    case 'B2':
      return reverse(claim, state, context);
    case 'B3':
      return rebill(claim, state, context);
    case 'E1':
      return checkEligibility(claim, context);
  }
}

/** A decision with the state after it, which is what its events make of the state before and nothing else. */
export function step(claim: Claim, state: MemberState, context: Context): Decision & { readonly state: MemberState } {
  const decision = decide(claim, state, context);
  return { ...decision, state: decision.events.reduce(evolve, state) };
}
