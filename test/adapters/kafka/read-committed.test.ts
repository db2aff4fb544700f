import { describe, expect, test } from 'vitest';

import type { PartitionData, RawRecord } from '../../../src/adapters/kafka/kafkajs-internals.ts';
import { readCommitted } from '../../../src/adapters/kafka/read-committed.ts';

const record = (offset: number, producerId: string, kind: 'plain' | 'transactional' | 'marker'): RawRecord => ({
  offset: String(offset),
  timestamp: '0',
  key: kind === 'marker' ? Buffer.from([0, 0, 0, 0]) : null,
  value: null,
  headers: {},
  isControlRecord: kind === 'marker',
  batchContext: { producerId, inTransaction: kind !== 'plain' },
});

const visible = (
  messages: readonly RawRecord[],
  aborted: readonly (readonly [string, number])[],
): readonly string[] => {
  const abortedTransactions = aborted.map(([producerId, firstOffset]) => ({
    producerId,
    firstOffset: String(firstOffset),
  }));
  const data: PartitionData = {
    partition: 0,
    highWatermark: '99',
    lastStableOffset: '99',
    abortedTransactions,
    messages,
  };
  return readCommitted(data).map(({ offset }) => offset);
};

describe('read_committed sees', () => {
  test('everything but the markers when nothing was aborted', () => {
    expect(visible([record(0, 'a', 'transactional'), record(1, 'a', 'marker'), record(2, 'b', 'plain')], [])).toEqual([
      '0',
      '2',
    ]);
  });

  test('nothing of an aborted transaction, and all of the next one of the same producer', () => {
    const messages = [
      record(0, 'a', 'transactional'),
      record(1, 'a', 'marker'),
      record(2, 'a', 'transactional'),
      record(3, 'a', 'marker'),
    ];
    expect(visible(messages, [['a', 0]])).toEqual(['2']);
  });

  test('nothing of two aborted transactions that overlap, in whatever order the broker lists them', () => {
    const messages = [
      record(4, 'a', 'transactional'),
      record(5, 'b', 'transactional'),
      record(6, 'a', 'transactional'),
      record(7, 'b', 'marker'),
      record(8, 'a', 'marker'),
      record(9, 'b', 'transactional'),
    ];
    expect(
      visible(messages, [
        ['b', 5],
        ['a', 4],
      ]),
    ).toEqual(['9']);
    expect(
      visible(messages, [
        ['a', 4],
        ['b', 5],
      ]),
    ).toEqual(['9']);
  });

  test('what others wrote in the middle of it, and what the producer wrote outside of a transaction', () => {
    const messages = [record(1, 'a', 'transactional'), record(2, 'c', 'transactional'), record(3, 'a', 'plain')];
    expect(visible(messages, [['a', 0]])).toEqual(['2', '3']);
  });
});
