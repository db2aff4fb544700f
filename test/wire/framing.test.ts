import { describe, expect, test } from 'vitest';

import { TYPES } from '../../src/wire/avro.ts';
import { frame, schemaIdOf } from '../../src/wire/framing.ts';
import type { ParticipationRecord } from '../../src/wire/records.ts';

const aPharmacy: ParticipationRecord = {
  model: 'M',
  participantType: 'PHARMACY',
  participantId: '1234567893',
  status: 'ACTIVE',
  effective: 20_668,
  terminated: null,
};

test('a framed value is a zero byte, the id of its schema in four bytes, and the Avro value', () => {
  const framed = frame(0x01020304, TYPES.Participation, aPharmacy);
  expect(framed.subarray(0, 5).toString('hex')).toBe('0001020304');
  expect(TYPES.Participation.fromBuffer(framed.subarray(5))).toEqual(aPharmacy);
});

test('a value that is framed later does not change the bytes of an earlier one', () => {
  const first = frame(1, TYPES.Participation, aPharmacy);
  const copy = Buffer.from(first);
  frame(2, TYPES.Participation, { ...aPharmacy, participantId: '9'.repeat(10) });
  expect(first).toEqual(copy);
});

test('a value greater than anything before it is framed whole', () => {
  const long = { ...aPharmacy, participantId: 'x'.repeat(300_000) };
  expect(TYPES.Participation.fromBuffer(frame(1, TYPES.Participation, long).subarray(5))).toEqual(long);
});

describe('the id of a schema is', () => {
  test.each([
    ['that of the frame', '000000002a02', 42],
    ['read without a sign', '00ffffffff02', 4_294_967_295],
    ['unknown without a value behind it', '000000002a', null],
    ['unknown behind another magic byte', '010000002a02', null],
    ['unknown without bytes', '', null],
  ])('%s', (_what, hex, id) => {
    expect(schemaIdOf(Buffer.from(hex, 'hex'))).toBe(id);
  });
});
