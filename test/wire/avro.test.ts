import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { avroType, TYPES } from '../../src/wire/avro.ts';
import { RECORD_NAMES, type RecordSchema } from '../../src/wire/schema-files.ts';
import { arbitraryRecord } from './arbitrary-record.ts';

const amounts: RecordSchema = {
  type: 'record',
  name: 'Amounts',
  fields: [
    { name: 'amount', type: { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 2 } as never },
    { name: 'more', type: { type: 'array', items: 'string' } },
  ],
};
const type = avroType(amounts);
const NO_MORE = '00';
const read = (hex: string): unknown => type.fromBuffer(Buffer.from(hex, 'hex'));

describe.each(RECORD_NAMES)('a record of %s', (name) => {
  test('comes back from its bytes as it went in', () => {
    fc.assert(
      fc.property(arbitraryRecord(name), (record) => {
        expect(TYPES[name].fromBuffer(TYPES[name].toBuffer(record))).toEqual(record);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an amount is written in as few bytes as its number needs', () => {
  test.each([
    [0, '0200'],
    [1, '0201'],
    [127, '027f'],
    [128, '040080'],
    [-1, '02ff'],
    [-128, '0280'],
    [-129, '04ff7f'],
    [5_000, '041388'],
    [999_999_999_999, '0c00e8d4a50fff'],
    [-999_999_999_999, '0cff172b5af001'],
  ])('%i cents as %s', (cents, hex) => {
    expect(type.toBuffer({ amount: cents, more: [] }).toString('hex')).toBe(hex + NO_MORE);
    expect(read(hex + NO_MORE)).toEqual({ amount: cents, more: [] });
  });
});

test('an amount that a writer has padded to eight bytes is the same amount', () => {
  expect(read(`10ffffffffffffff38${NO_MORE}`)).toEqual({ amount: -200, more: [] });
});

describe('an amount is refused when', () => {
  test.each([
    ['it is as great as the precision does not allow', 1_000_000_000_000],
    ['it is as low as the precision does not allow', -1_000_000_000_000],
    ['it has a fraction of a cent', 0.5],
    ['it is not a number', NaN],
  ])('%s, in writing', (_why, amount) => {
    expect(() => type.toBuffer({ amount, more: [] })).toThrow('an amount fits its Avro decimal');
  });

  test.each([
    ['it has no byte at all', '00'],
    ['it has less than no byte', '01'],
    ['its bytes are not all there', '0c00e8'],
    ['it is greater than the precision allows', '0c00e8d4a51000'],
  ])('%s, in reading', (_why, hex) => {
    expect(() => read(hex + NO_MORE)).toThrow();
  });
});

describe('a list is refused when it claims', () => {
  test.each([
    ['more items than there are bytes', '0200' + 'feffffff0f'],
    ['more items than a number can count', '0200' + 'ff'.repeat(9) + '01'],
    ['so many items in a block with a size', '0200' + 'ffffffff0f' + '00'],
  ])('%s', (_what, hex) => {
    expect(() => read(hex)).toThrow();
  });
});

test('a list in blocks, with and without their size, is one list', () => {
  expect(read('0200' + '020261' + '0104' + '0262' + '00')).toEqual({ amount: 0, more: ['a', 'b'] });
});
