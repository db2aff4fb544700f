import { describe, expect, test } from 'vitest';

import { seededRandom } from '../../../src/commands/synthetic/random.ts';

const draws = (seed: number, limit: number, count: number): readonly number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.below(limit));
};

describe('seeded draws', () => {
  test('are the same on every machine', () => {
    expect(draws(1, 1_000_000, 4)).toEqual([627_073, 2_735, 527_447, 981_050]);
  });

  test('are others with another seed', () => {
    expect(draws(2, 1_000_000, 4)).not.toEqual(draws(1, 1_000_000, 4));
  });

  test('stay below their limit and reach every number below it', () => {
    expect([...new Set(draws(3, 6, 200))].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('are spread evenly: a tenth of 100 000 shares lies in each tenth, give or take a twentieth of it', () => {
    const random = seededRandom(4);
    const tenths = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw += 1) {
      const tenth = Math.floor(random.share() * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths.filter((count) => Math.abs(count - 10_000) > 500)).toEqual([]);
  });
});
