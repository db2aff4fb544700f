import { expect, test } from 'vitest';

import { decide } from '../../src/adjudication/decide.ts';
import type { Decision } from '../../src/adjudication/decision.ts';
import { initialMemberState } from '../../src/adjudication/state.ts';
import type { BillingClaim } from '../../src/claims/claim.ts';
import type { PriorAuthorization } from '../../src/policy/reference.ts';
import { aClaim, aContext, anAuthorization, aPolicy, wordOf, type Given } from '../builders.ts';

/** The answer to the claim of the builders with these changes, for a member without a history. */
export const answerTo = (claim: Partial<BillingClaim>, given: Given = {}): Decision =>
  decide(aClaim(claim), initialMemberState, aContext(given));

/** The policy with these rules. */
export const rules = (changes: Parameters<typeof aPolicy>[0]): Given => ({ policy: aPolicy(changes) });

/** A member with authorizations that differ from the one of the builders in this. */
export const authorized = (...changes: readonly Partial<PriorAuthorization>[]): Given => ({
  priorAuthorizations: changes.map(anAuthorization),
});

type Row = [answer: string, why: string, claim: Partial<BillingClaim>, given?: Given];

/** What the pharmacy reads of a claim that is refused for one reason. */
export function textOf(claim: Partial<BillingClaim>, given: Given = {}): string {
  const { response } = answerTo(claim, given);
  return response.status === 'R' && response.rejects.length === 1 ? response.rejects[0].message : response.status;
}

/** One test for each row; the answer is its status or the codes of its rejects. */
export function rows(...table: readonly Row[]): void {
  test.each<Row>(table)('%s when %s', (...[answer, , claim, given]) => {
    expect(wordOf(answerTo(claim, given))).toBe(answer);
  });
}
