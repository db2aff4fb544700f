import { expect, test } from 'vitest';

import { participationKey, participationKeys } from '../../src/policy/participation-keys.ts';
import {
  aClaim,
  aParticipation,
  aPolicy,
  aQuestion,
  day,
  PHARMACY,
  PRESCRIBER,
  rebillOf,
  reversalOf,
} from '../builders.ts';

const policy = aPolicy();

test.each([
  ['a billing', aClaim()],
  ['a rebill', rebillOf(aClaim())],
])('%s looks at its pharmacy, its prescriber and its labeler under the programme it is routed to', (_what, claim) => {
  expect(participationKeys(claim, policy)).toEqual([
    `MEDICARE_GLP1_BRIDGE|PHARMACY:${PHARMACY}`,
    `MEDICARE_GLP1_BRIDGE|PRESCRIBER:${PRESCRIBER}`,
    'MEDICARE_GLP1_BRIDGE|LABELER:00169',
  ]);
});

test('a billing under Medicaid looks also at how state and labeler stand to each model', () => {
  const claim = aClaim({ binNumber: '999010', processorControlNumber: 'ZZFFS', dateOfService: day('2026-10-12') });
  expect(participationKeys(claim, policy).slice(3)).toEqual([
    'BALANCE_MEDICAID|STATE:ZZ',
    'BALANCE_MEDICAID|LABELER:00169',
    'GENEROUS|STATE:ZZ',
    'GENEROUS|LABELER:00169',
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
