import type { BillingClaim, Claim } from '../claims/claim.ts';
import { asOfClaim } from '../policy/policy-bundle.ts';
import { invariant } from '../values/invariant.ts';
import type { AppliedPolicy } from './applied-policy.ts';
import type { Context } from './context.ts';
import type { ClaimEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { manufacturerSum } from './manufacturer-sum.ts';
import { patientSum } from './patient-sum.ts';
import type { Fill, MemberState } from './state.ts';
import {
  allowedSum,
  patientSumAsAnswered,
  pharmacySums,
  repricingSum,
  reversalSums,
  submittedSum,
  type Sum,
} from './waterfall-sums.ts';

/** What a decision about a claim has moved, or has moved before. */
export type Moved = {
  readonly claim: Claim;
  /** The one before the decision. */
  readonly state: MemberState;
  readonly context: Context;
  readonly applied: AppliedPolicy;
  readonly events: readonly ClaimEvent[];
  /** The fill whose answer is repeated. */
  readonly repeated: Fill | null;
};

/** The money of a decision as sums, each from what it starts with to what it comes to. None where no money moves. */
export function waterfallOf(moved: Moved): readonly Sum[] {
  const { claim, state, events, repeated } = moved;
  if (repeated !== null) {
    return isBilled(claim) ? legs(repeated, claim, { applied: null, patient: patientSumAsAnswered(repeated) }) : [];
  }
  let before = state;
  return events.flatMap((event) => {
    const sums = sumsOf(event, before, moved);
    before = evolve(before, event);
    return sums;
  });
}

type Billed = Extract<Claim, { readonly grossAmountDue: unknown }>;
const isBilled = (claim: Claim): claim is Billed => 'grossAmountDue' in claim;

function sumsOf(event: ClaimEvent, before: MemberState, { claim, context, applied }: Moved): readonly Sum[] {
  switch (event.type) {
    case 'ClaimPaid': {
      const { programme, version, product, listing } = applied;
      invariant(
        isBilled(claim) && programme !== null && version !== null && listing !== null,
        'what is paid is covered',
      );
      const billed: BillingClaim = { ...claim, transactionCode: 'B1' };
      const billing = {
        claim: billed,
        state: before,
        context,
        programme,
        product,
        listing,
        rules: version.rules,
        when: asOfClaim(claim),
      };
      return legs(event.fill, claim, { applied, patient: patientSum(event.fill, billing, listing) });
    }
    case 'ClaimReversed':
      return reversalSums(event.fill);
    case 'ClaimRepriced':
      return [repricingSum(event.patientPayBefore, event.patientPayAfter, event.authorizationNumber)];
    case 'FillsForgotten':
      return [];
  }
}

const legs = (
  fill: Fill,
  claim: Billed,
  { applied, patient }: { readonly applied: AppliedPolicy | null; readonly patient: Sum },
): readonly Sum[] => [
  submittedSum(claim.grossAmountDue, fill.pricing),
  allowedSum(fill, applied),
  patient,
  ...pharmacySums(fill),
  manufacturerSum(fill, applied),
];
