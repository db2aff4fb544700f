import type { RebillClaim } from '../claims/claim.ts';
import { repeatedFill } from './claim-edits.ts';
import { refuse, type Finding } from './edit.ts';
import { fillsMeantBy, lifeEndedBy } from './identity.ts';
import { completionOf } from './partial-fill.ts';
import type { Fill, MemberState } from './state.ts';
import type { Route } from './subject.ts';

/** What the edits of a rebill look at. */
export type Rebilling = Omit<Route, 'kind'> & { readonly claim: RebillClaim; readonly state: MemberState };

/** The fill to take back. A late copy has done that already: it must not reach for a life that has begun since. */
export const originalOf = ({ claim, state, programme }: Rebilling): Fill | undefined =>
  lifeEndedBy(claim, state)
    ? undefined
    : fillsMeantBy(claim, programme.id, state).find(({ status }) => status === 'PAID');

export const rebillOffered = ({ rules }: Rebilling): Finding | null => (rules.rebill.offered ? null : refuse('1S'));

/** Sent again it needs no original: the fill keeps its number, and the edits of the billing repeat the first answer. */
export function rebillMatch(rebilling: Rebilling): Finding | null {
  const { claim, state, rules } = rebilling;
  if (repeatedFill(claim, state)) return null;
  const original = originalOf(rebilling);
  if (original) return completionOf(original, state) ? refuse('RP') : null;
  return rules.rebill.noOriginal === 'BILL' ? null : refuse(rules.reversal.noMatch, 'REBILL');
}
