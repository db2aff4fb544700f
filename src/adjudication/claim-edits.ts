import type { BillingClaim } from '../claims/claim.ts';
import { refuse, type Finding } from './edit.ts';
import { latestFillOf } from './identity.ts';
import type { Fill, MemberState } from './state.ts';
import type { Billing } from './subject.ts';

export const group = ({ claim, rules: { groupIds } }: Billing): Finding | null =>
  groupIds === null || (claim.groupId !== null && groupIds.includes(claim.groupId)) ? null : refuse('51');

/**
 * A claim sent again is not too soon after itself. What was taken back is no duplicate: it is judged anew, but for a late copy of
 * the very message that was paid then, which gets the answer that message got.
 */
export function duplicate({ claim, state }: Billing): Finding | null {
  const fill = repeatedFill(claim, state);
  if (fill) return { kind: 'REPEAT', fill };
  return latestFillOf(state, claim.identityDigest)?.status === 'PAID' ? refuse('83') : null;
}

/** The fill that was paid for the same claim, or for the very same message. */
export function repeatedFill(claim: BillingClaim, state: MemberState): Fill | undefined {
  const copied = state.fills.find((fill) => isCopyOf(fill, claim));
  if (copied) return copied;
  const fill = latestFillOf(state, claim.identityDigest);
  return fill?.status === 'PAID' && fill.contentDigest === claim.contentDigest ? fill : undefined;
}

const isCopyOf = (fill: Fill, claim: BillingClaim): boolean =>
  fill.transmissionId === claim.transmissionId &&
  fill.identityDigest === claim.identityDigest &&
  fill.contentDigest === claim.contentDigest;

/** OCC 8 asks for the patient's share, which a coupon may not pay under a federal programme. */
const COUPON = '8';

export function otherCoverage({ claim: { otherCoverageCode }, rules }: Billing): Finding | null {
  const { acceptedCodes, coupon } = rules.otherCoverage;
  if (otherCoverageCode === null || acceptedCodes.includes(otherCoverageCode)) return null;
  return otherCoverageCode === COUPON && coupon === 'IGNORE' ? null : refuse('7M');
}
