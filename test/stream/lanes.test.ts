import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { dealLanes, partitionsOf } from '../../src/stream/lanes.ts';

const anyGroup = fc
  .record({
    lanes: fc.integer({ min: 1, max: 16 }),
    owned: fc.array(fc.array(fc.nat(20), { maxLength: 6 }), { minLength: 1, maxLength: 6 }),
  })
  .map(({ lanes, owned }) => ({
    lanes,
    candidates: owned.map((list, index) => ({ id: `worker-${String(index)}`, owned: list })),
  }));

describe('lanes are dealt so that', () => {
  test('each goes to exactly one worker, and no worker has two more than another', () => {
    fc.assert(
      fc.property(anyGroup, ({ lanes, candidates }) => {
        const hands = [...dealLanes(candidates, lanes).values()];
        expect(hands.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: lanes }, (_, lane) => lane));
        const sizes = hands.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('the order in which the workers are listed does not matter', () => {
    fc.assert(
      fc.property(anyGroup, ({ lanes, candidates }) => {
        expect(dealLanes([...candidates].reverse(), lanes)).toEqual(dealLanes(candidates, lanes));
      }),
    );
  });

  test.each([
    ['a lone worker has them all', [{ id: 'a', owned: [] }], { a: [0, 1, 2, 3] }],
    [
      'a worker that joins takes no more than its share',
      [
        { id: 'a', owned: [0, 1, 2, 3] },
        { id: 'b', owned: [] },
      ],
      { a: [0, 1], b: [2, 3] },
    ],
    [
      'what is dealt evenly stays where it is',
      [
        { id: 'a', owned: [1, 3] },
        { id: 'b', owned: [0, 2] },
      ],
      { a: [1, 3], b: [0, 2] },
    ],
    [
      'lanes that are left alone go to whoever has fewest',
      [
        { id: 'a', owned: [0, 1] },
        { id: 'b', owned: [] },
      ],
      { a: [0, 1], b: [2, 3] },
    ],
  ])('%s', (_why, candidates, hands) => {
    expect(Object.fromEntries(dealLanes(candidates, 4))).toEqual(hands);
  });
});

test('a lane owns every partition that leaves its number when divided by the lanes', () => {
  expect(partitionsOf(1, { partitions: 8, lanes: 3 })).toEqual([1, 4, 7]);
});
