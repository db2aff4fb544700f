import type { BillingClaim, RebillClaim } from '../claims/claim.ts';
import { inForce } from '../policy/dated.ts';
import { note, refuse, type Finding } from './edit.ts';
import { livesOf } from './identity.ts';
import type { Fill, MemberState } from './state.ts';
import { ofProduct, type Billing } from './subject.ts';

export const group = ({ claim, rules: { groupIds } }: Billing): Finding | null =>
  groupIds === null || (claim.groupId !== null && groupIds.includes(claim.groupId)) ? null : refuse('51');

/**
 * A claim sent again is not too soon after itself. What was taken back is no duplicate: it is judged anew, but for a late copy of
 * the very message that was paid then, which gets the answer that message got.
 */
export function duplicate({ claim, state }: Billing): Finding | null {
  const last = livesOf(claim, state).at(-1);
  if (last === undefined) return null;
  const fill = repeatedFill(claim, state);
  if (fill) return { kind: 'REPEAT', fill };
  return last.status === 'PAID' ? refuse('83') : null;
}

/** The fill that was paid for the same claim, or for the very same message. */
export function repeatedFill(claim: BillingClaim | RebillClaim, state: MemberState): Fill | undefined {
  const lives = livesOf(claim, state);
  const last = lives.at(-1);
  const hasContent = ({ contentDigest }: Fill): boolean => contentDigest === claim.contentDigest;
  const copied = lives.find((fill) => fill.transmissionId === claim.transmissionId && hasContent(fill));
  return copied ?? (last?.status === 'PAID' && hasContent(last) ? last : undefined);
}

/** OCC 8 asks for the patient's share, which a coupon may not pay under a federal programme. */
const COUPON = '8';

export function otherCoverage({ claim: { otherCoverageCode }, rules }: Billing): Finding | null {
  const { acceptedCodes, coupon } = rules.otherCoverage;
  if (otherCoverageCode === null || acceptedCodes.includes(otherCoverageCode)) return null;
  return otherCoverageCode === COUPON && coupon === 'IGNORE' ? null : refuse(rules.otherCoverage.reject);
}

/** Medicaid pays last: another plan of the member's that covers the day is billed first. */
export function primaryCoverage({ claim, context, rules: { otherCoverage: rules } }: Billing): Finding | null {
  const pays = context.coverage?.enrolments.some(
    (enrolled) => inForce(enrolled, claim.dateOfService) && rules.primaryPlanTypes.includes(enrolled.planType),
  );
  return pays === true ? refuse(rules.primaryReject) : null;
}

/** A plan of managed care is paid for all that its members get, so that the state does not pay it again, but for what is carved out. */
export const managedCare = ofProduct(({ claim, context, listing, rules: { otherCoverage: rules } }) => {
  const isManaged = context.coverage?.enrolments.some(
    (enrolled) => inForce(enrolled, claim.dateOfService) && rules.managedCarePlanTypes.includes(enrolled.planType),
  );
  if (isManaged !== true) return null;
  return listing?.carvedOut === true ? null : refuse('AF');
});

/** 42 CFR 447.52(e): up to this share of the poverty level nobody goes without a drug because the copay is not paid. */
const DISPENSED_ANYWAY_FPL_PERCENT = 100;

export function unpaidCopay({ context }: Billing): Finding | null {
  const income = context.coverage?.medicaid?.incomePercentOfFpl ?? null;
  return income !== null && income <= DISPENSED_ANYWAY_FPL_PERCENT ? note('DISPENSE_WITHOUT_COPAY') : null;
}
