import type { ReversalClaim } from '../claims/claim.ts';
import { refuse, type Finding } from './edit.ts';
import type { Fill, MemberState } from './state.ts';
import type { Route } from './subject.ts';

/** What the edits of a reversal look at. */
export type Reversing = Omit<Route, 'kind'> & {
  readonly claim: ReversalClaim;
  /** The fills that it may mean, paid or taken back. */
  readonly meant: readonly Fill[];
  readonly state: MemberState;
};

/** The fill that is taken back: the one that is paid, or else the last that was. */
export const fillToReverse = ({ meant }: Pick<Reversing, 'meant'>): Fill | undefined =>
  meant.find(({ status }) => status === 'PAID') ?? meant.at(-1);

export function reversalMatch({ claim, meant, rules }: Reversing): Finding | null {
  // A late copy of a reversal speaks of the life that it ended, not of one that has begun since.
  const endedByThis = meant.find(({ reversedBy }) => reversedBy === claim.transmissionId);
  if (endedByThis) return { kind: 'REPEAT', fill: endedByThis };
  if (meant.filter(({ status }) => status === 'PAID').length > 1) return refuse('17');
  return meant.length === 0 ? refuse(rules.reversal.noMatch) : null;
}

export function reversalProduct(reversing: Reversing): Finding | null {
  const { ndc } = reversing.claim;
  return ndc !== null && ndc !== fillToReverse(reversing)?.ndc ? refuse('84', 'PRODUCT') : null;
}

export function reversedBefore(reversing: Reversing): Finding | null {
  const fill = fillToReverse(reversing);
  return fill?.status === 'REVERSED' ? { kind: 'REPEAT', fill } : null;
}
