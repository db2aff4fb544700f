import type { BillingClaim } from '../claims/claim.ts';
import type { ClaimResponse } from '../claims/response.ts';
import { ofNdc } from '../policy/policy-bundle.ts';
import { invariant } from '../values/invariant.ts';
import type { Context } from './context.ts';
import { refusedBy, rejected, type Decision } from './decision.ts';
import { examine } from './edit.ts';
import type { ClaimEvent } from './events.ts';
import type { Flag } from './flags.ts';
import { authorizationNumberFor, lifeEndedBy } from './identity.ts';
import { COMPLETION, partCompletedBy } from './partial-fill.ts';
import { PAYER_SHEET } from './payer-sheet.ts';
import { price } from './pricing.ts';
import { is340B } from './rebate.ts';
import { withForgetting } from './retention.ts';
import type { Fill, MemberState } from './state.ts';
import { route, type Billing } from './subject.ts';

/** B1, and the second half of B3: routed, examined, priced. */
export function bill(claim: BillingClaim, state: MemberState, context: Context): Decision {
  const { policy } = context;
  const routed = route(claim, policy);
  if (routed.kind === 'REFUSAL') return refusedBy('ROUTING', routed, policy);

  const { programme, rules, when } = routed;
  const billing: Billing = {
    programme,
    rules,
    when,
    claim,
    state,
    context,
    product: ofNdc(policy.products, claim.ndc, when),
    listing: ofNdc(programme.listings, claim.ndc, when),
  };
  const verdict = examine(PAYER_SHEET, billing, context);
  switch (verdict.kind) {
    case 'REJECTED':
      return rejected(verdict.rejects, policy);
    case 'REPEATED':
      return { response: answerOf('D', verdict.fill), events: [] };
    case 'PASSED':
      return pay(billing, verdict.flags);
  }
}

function pay(billing: Billing, flags: readonly Flag[]): Decision {
  const { claim, state } = billing;
  const fill = fillOf(billing, flags);
  const paid: ClaimEvent = { type: 'ClaimPaid', recordedAt: claim.receivedAt, fill };
  return {
    response: answerOf('P', fill),
    events: withForgetting([paid], { claim, state, routed: billing }),
  };
}

/** The same for a claim and for every repetition of it: all of it comes from the fill. */
const answerOf = (status: 'P' | 'D', fill: Fill): ClaimResponse => ({
  status,
  programme: fill.programme,
  authorizationNumber: fill.authorizationNumber,
  pricing: fill.pricing,
  flags: fill.flags,
  rebillOf: fill.rebillOf,
  repriced: [],
  policyVersion: fill.policyVersion,
});

function fillOf(billing: Billing, flags: readonly Flag[]): Fill {
  const { claim, state, context, programme, product } = billing;
  invariant(product !== null, 'a claim for an unknown product is rejected');
  const authorizationNumber = authorizationNumberFor(claim, state);
  const { pricing, rebate, benefit } = price(billing, product, authorizationNumber);
  return {
    authorizationNumber,
    status: 'PAID',
    programme: programme.id,
    serviceProviderId: claim.serviceProviderId,
    prescriptionServiceReferenceNumber: claim.prescriptionServiceReferenceNumber,
    fillNumber: claim.fillNumber,
    dateOfService: claim.dateOfService,
    ndc: claim.ndc,
    drugFamily: product.drugFamily,
    quantityDispensed: claim.quantityDispensed,
    daysSupply: claim.daysSupply,
    dispensingStatus: claim.dispensingStatus,
    daysSupplyIntendedToBeDispensed: claim.daysSupplyIntendedToBeDispensed,
    completes:
      claim.dispensingStatus === COMPLETION
        ? (partCompletedBy(claim, programme.id, state)?.identityDigest ?? null)
        : null,
    usualAndCustomaryCharge: claim.usualAndCustomaryCharge,
    identityDigest: claim.identityDigest,
    contentDigest: claim.contentDigest,
    transmissionId: claim.transmissionId,
    reversedBy: null,
    rebillOf: lifeEndedBy(claim, state)?.authorizationNumber ?? null,
    pricing,
    benefit,
    rebate,
    flags: is340B(claim) ? [...flags, '340B'] : flags,
    policyVersion: context.policy.version,
  };
}
