import type { EligibilityClaim } from '../claims/claim.ts';
import type { Context } from './context.ts';
import { refusedBy, rejected, type Decision } from './decision.ts';
import { examine } from './edit.ts';
import { eligibleEnrolment } from './eligibility-edits.ts';
import { ELIGIBILITY_SHEET } from './payer-sheet.ts';
import { route } from './subject.ts';
import { invariant } from '../values/invariant.ts';

/** E1: says whether a person is covered, and by which plan. It moves nothing. */
export function checkEligibility(claim: EligibilityClaim, context: Context): Decision {
  const { policy, coverage } = context;
  const routed = route(claim, policy);
  if (routed.kind === 'REFUSAL') return refusedBy('ROUTING', routed, policy);

  const verdict = examine(ELIGIBILITY_SHEET, { claim, context, rules: routed.rules }, context);
  if (verdict.kind === 'REJECTED') return rejected(verdict.rejects, policy);

  const enrolment = coverage && eligibleEnrolment(coverage, routed.rules, claim.dateOfService);
  invariant(coverage !== null && enrolment !== null, 'who passes the eligibility edits is enrolled');
  const { planType, effective, terminated } = enrolment;
  return {
    response: {
      status: 'A',
      programme: routed.programme.id,
      eligibility: { cardholderId: coverage.cardholderId, planType, effective, terminated },
      policyVersion: policy.version,
    },
    events: [],
  };
}
