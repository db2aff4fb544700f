import { describe, expect, test } from 'vitest';

import { cutBatches } from '../../src/stream/batch.ts';
import type { Fetched } from '../../src/stream/ports.ts';

const record = (offset: number) => ({ offset, timestamp: 0, key: null, value: null, headers: {} });
const claims = (partition: number, offsets: readonly number[], next: number): Fetched => ({
  source: 'claims',
  partition,
  records: offsets.map(record),
  from: 0,
  next,
  end: next,
});
const shape = (fetched: readonly Fetched[], most: number) =>
  cutBatches(fetched, 'claims', most).map((batch) => ({
    claims: [...batch.records].map(([partition, records]) => [partition, records.map(({ offset }) => offset)]),
    offsets: [...batch.offsets],
  }));

describe('what has arrived is cut into batches so that', () => {
  test('partitions with something go together, with the offset behind them', () => {
    expect(shape([claims(0, [5, 6], 7), claims(4, [1], 2)], 10)).toEqual([
      {
        claims: [
          [0, [5, 6]],
          [4, [1]],
        ],
        offsets: [
          [0, 7],
          [4, 2],
        ],
      },
    ]);
  });

  test('no partition gives more than the most to one transaction, and only the last steps over control records', () => {
    expect(shape([claims(0, [5, 6, 8], 12), claims(1, [3], 4)], 2)).toEqual([
      {
        claims: [
          [0, [5, 6]],
          [1, [3]],
        ],
        offsets: [
          [0, 7],
          [1, 4],
        ],
      },
      { claims: [[0, [8]]], offsets: [[0, 12]] },
    ]);
  });

  test('exactly the most is one batch', () => {
    expect(shape([claims(0, [1, 2], 3)], 2)).toHaveLength(1);
  });

  test('nothing and other topics make no batch', () => {
    expect(shape([claims(0, [], 3), { ...claims(1, [1], 2), source: 'coverage' }], 2)).toEqual([]);
  });
});
