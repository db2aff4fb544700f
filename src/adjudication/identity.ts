import type { BillingClaim, ReversalClaim } from '../claims/claim.ts';
import type { AuthorizationNumber, ProgrammeId } from '../claims/ids.ts';
import { invariant } from '../values/invariant.ts';
import type { Fill, MemberState } from './state.ts';

/** A fill that was billed, taken back and billed again has several lives; the latest one counts. */
export const latestFillOf = ({ fills }: MemberState, identityDigest: string): Fill | undefined =>
  fills.findLast((fill) => fill.identityDigest === identityDigest);

/** Two digits in base 36. */
const GENERATIONS_MAX = 36 * 36 - 1;

/** Authorization Number (503-F3): the fill's digest and the number of its life. Derived, so that a replay gives the same one. */
export function authorizationNumberFor({ identityDigest }: BillingClaim, { fills }: MemberState): AuthorizationNumber {
  const generation = 1 + fills.filter((fill) => fill.identityDigest === identityDigest).length;
  invariant(generation <= GENERATIONS_MAX, 'a fill is billed anew at most 1295 times');
  return `${identityDigest}${generation.toString(36).toUpperCase().padStart(2, '0')}` as AuthorizationNumber;
}

/** The fills that a reversal may mean. The product is no part of it: it is a check, made on the one that matches. */
export const fillsMeantBy = (
  reversal: ReversalClaim,
  programme: ProgrammeId,
  { fills }: MemberState,
): readonly Fill[] =>
  fills.filter(
    (fill) =>
      fill.programme === programme &&
      fill.serviceProviderId === reversal.serviceProviderId &&
      fill.prescriptionServiceReferenceNumber === reversal.prescriptionServiceReferenceNumber &&
      fill.dateOfService === reversal.dateOfService &&
      (reversal.fillNumber === null || fill.fillNumber === reversal.fillNumber),
  );
