import type { BillingClaim, RebillClaim, ReversalClaim } from '../claims/claim.ts';
import type { AuthorizationNumber, ProgrammeId } from '../claims/ids.ts';
import type { Fill, MemberState } from './state.ts';

/** A fill that was billed, taken back and billed again has several lives; the last one counts. */
export const livesOf = ({ identityDigest }: BillingClaim | RebillClaim, { fills }: MemberState): readonly Fill[] =>
  fills.filter((fill) => fill.identityDigest === identityDigest);

/** The life of a fill that this very message took back: of a rebill, whose billing is decided after that. */
export const lifeEndedBy = (claim: BillingClaim | RebillClaim, state: MemberState): Fill | undefined =>
  livesOf(claim, state).findLast(({ reversedBy }) => reversedBy === claim.transmissionId);

/**
 * Authorization Number (503-F3): the fill's digest and the number of its life, in base 36. Derived, so that a replay gives the
 * same one. Two digits are enough for 1,295 lives; there is room for two more, and a claim must not lack an answer for want of one.
 */
export function authorizationNumberFor(claim: BillingClaim, state: MemberState): AuthorizationNumber {
  const generation = 1 + livesOf(claim, state).length;
  return `${claim.identityDigest}${generation.toString(36).toUpperCase().padStart(2, '0')}` as AuthorizationNumber;
}

/** The fills that a reversal may mean, or a rebill. The product is no part of it: it is a check, made on the one that matches. */
export const fillsMeantBy = (
  reversal: ReversalClaim | RebillClaim,
  programme: ProgrammeId,
  { fills }: MemberState,
): readonly Fill[] =>
  fills.filter(
    (fill) =>
      fill.programme === programme &&
      fill.serviceProviderId === reversal.serviceProviderId &&
      fill.prescriptionServiceReferenceNumber === reversal.prescriptionServiceReferenceNumber &&
      fill.dateOfService === reversal.dateOfService &&
      (reversal.fillNumber === null || fill.fillNumber === reversal.fillNumber) &&
      (!('dispensingStatus' in reversal) || fill.dispensingStatus === reversal.dispensingStatus),
  );
