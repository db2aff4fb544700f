import { expect, test } from 'vitest';

import { histogram, waitingClaims } from '../../../src/commands/demo/answer-times.ts';

test('of a hundred answers, percentiles are the times that so many of them took at the most', () => {
  const times = histogram();
  for (let milliseconds = 1; milliseconds <= 100; milliseconds += 1) times.record(milliseconds);
  const { count, p50, p99, p999, most } = times.percentiles();
  expect(count).toBe(100);
  expect([p50, p99, p999, most].map(Math.round)).toEqual([50, 99, 100, 100]);
});

test('an answer belongs to the first claim of its member that waits', () => {
  const waiting = waitingClaims();
  waiting.sent('a', 10);
  waiting.sent('b', 20);
  waiting.sent('a', 30);
  expect(['a', 'b', 'a', 'a', 'c'].map((key) => waiting.answered(key))).toEqual([10, 20, 30, undefined, undefined]);
});
