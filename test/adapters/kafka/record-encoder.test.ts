import { createRequire } from 'node:module';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { encodeRecord } from '../../../src/adapters/kafka/record-encoder.ts';
import type { EncodedRecord, RecordInput } from '../../../src/adapters/kafka/record-encoder.ts';

// Before anything loads the door to kafkajs, which puts ours in its place.
const modules = createRequire(import.meta.url);
const asPublished = modules('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (
  record: RecordInput,
) => EncodedRecord;

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const anyText = fc.string({ unit: 'binary', maxLength: 100 });
const anyRecord = fc.record({
  offsetDelta: fc.nat(),
  timestampDelta: fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
  key: fc.oneof(anyBytes, anyText, fc.constant(null)),
  value: fc.oneof(anyBytes, fc.constant(null)),
  headers: fc.dictionary(anyText, fc.oneof(anyBytes, anyText, fc.array(anyText, { maxLength: 3 })), { maxKeys: 8 }),
});

describe('a record is encoded byte for byte as kafkajs encodes it', () => {
  test('whatever is in it', () => {
    expect(asPublished).not.toBe(encodeRecord);
    fc.assert(
      fc.property(anyRecord, (record) => {
        expect(encodeRecord(record).buffer).toEqual(asPublished(record).buffer);
      }),
    );
  });

  test('when it is larger than what is set aside for one', () => {
    const record = { key: 'k', value: Buffer.alloc(200_000, 7), headers: { h: 'v'.repeat(70_000) } };
    expect(encodeRecord(record).buffer).toEqual(asPublished(record).buffer);
  });

  test('and the door to kafkajs puts it in its place', async () => {
    await import('../../../src/adapters/kafka/kafkajs.ts');
    expect(modules('kafkajs/src/protocol/recordBatch/record/v0/index.js')).toBe(encodeRecord);
  });
});
