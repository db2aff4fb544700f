import { expect, test } from 'vitest';

import { adjudicateMany } from './many-claims.ts';

test('two thousand claims of every programme have one answer each, and all that has to hold does', () => {
  const { answers } = adjudicateMany(2_000, 100);
  expect([...answers.values()].reduce((sum, count) => sum + count, 0)).toBe(2_000);
  expect([...answers.keys()].sort()).toEqual(['A', 'D', 'P', 'R', 'S']);
});
