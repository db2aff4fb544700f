import { expect, test } from 'vitest';

import { participationKey, participationKeys } from '../../src/policy/participation-keys.ts';
import { aClaim, aParticipation, aPolicy, aQuestion, PHARMACY, PRESCRIBER, rebillOf, reversalOf } from '../builders.ts';

const policy = aPolicy();

test.each([
  ['a billing', aClaim()],
  ['a rebill', rebillOf(aClaim())],
])('%s looks at its pharmacy and its prescriber under the programme it is routed to', (_what, claim) => {
  expect(participationKeys(claim, policy)).toEqual([
    `MEDICARE_GLP1_BRIDGE|PHARMACY:${PHARMACY}`,
    `MEDICARE_GLP1_BRIDGE|PRESCRIBER:${PRESCRIBER}`,
  ]);
});

test.each([
  ['a claim of no programme', aClaim({ binNumber: '015599' })],
  ['a reversal', reversalOf(aClaim())],
  ['an eligibility question', aQuestion()],
])('%s looks at no party', (_what, claim) => {
  expect(participationKeys(claim, policy)).toEqual([]);
});

test('the key of a record is the key that a claim looks for', () => {
  expect(participationKeys(aClaim(), policy)).toContain(participationKey(aParticipation()));
});
