import { describe, expect, test } from 'vitest';

import { perSource } from '../../src/stream/per-source.ts';
import type { Fetched, Positions, Source } from '../../src/stream/ports.ts';
import { readRange } from '../../src/stream/read-range.ts';

const NONE: ReadonlyMap<number, number> = new Map();
const positions = (some: Partial<Record<Source, Record<number, number>>>): Positions => {
  const of = (source: Source) =>
    some[source] ? new Map(Object.entries(some[source]).map(([partition, at]) => [Number(partition), at])) : NONE;
  return perSource(of);
};

const PER_FETCH = 2;

/** A log with a record at every offset, of which a fetch brings two of each partition. */
function aLog(end: number) {
  const asked: string[] = [];
  return {
    asked,
    fetch: (from: Positions): Promise<readonly Fetched[]> => {
      const fetched = (Object.keys(from) as Source[]).flatMap((source) =>
        [...from[source]].map(([partition, position]) => {
          asked.push(`${source} ${String(partition)}/${String(position)}`);
          const next = Math.min(position + PER_FETCH, end);
          const records = Array.from({ length: next - position }, (_, index) => ({
            offset: position + index,
            timestamp: 0,
            key: null,
            value: null,
            headers: {},
          }));
          return { source, partition, records, from: position, next, end };
        }),
      );
      return Promise.resolve(fetched);
    },
  };
}

async function read(log: Pick<ReturnType<typeof aLog>, 'fetch'>, from: Positions, to: Positions) {
  const offsets: string[] = [];
  for await (const { source, partition, records, next } of readRange(log, { from, to })) {
    offsets.push(
      `${source} ${String(partition)}: ${records.map(({ offset }) => offset).join(' ')} then ${String(next)}`,
    );
  }
  return offsets;
}

describe('reading a range of a log', () => {
  test('brings every partition to its own end, and nothing behind it', async () => {
    const from = positions({ claims: { 0: 1, 1: 0 }, coverage: { 0: 0 } });
    const to = positions({ claims: { 0: 4, 1: 1 }, coverage: { 0: 2 } });
    expect(await read(aLog(10), from, to)).toEqual([
      'claims 0: 1 2 then 3',
      'claims 1: 0 then 1',
      'coverage 0: 0 1 then 2',
      'claims 0: 3 then 4',
    ]);
  });

  test('asks for nothing where there is nothing to read', async () => {
    const log = aLog(10);
    expect(await read(log, positions({ claims: { 0: 4, 1: 0 } }), positions({ claims: { 0: 4 } }))).toEqual([]);
    expect(log.asked).toEqual([]);
  });

  test('takes an answer once, although it comes twice', async () => {
    const log = aLog(4);
    const twice = async (from: Positions) => {
      const fetched = await log.fetch(from);
      return [...fetched, ...fetched];
    };
    expect(await read({ fetch: twice }, positions({ claims: { 0: 0 } }), positions({ claims: { 0: 4 } }))).toEqual([
      'claims 0: 0 1 then 2',
      'claims 0: 2 3 then 4',
    ]);
  });
});
