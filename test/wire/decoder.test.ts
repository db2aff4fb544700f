import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type AvroType, avroType, TYPES } from '../../src/wire/avro.ts';
import { decoderOf } from '../../src/wire/decoder.ts';
import { frame } from '../../src/wire/framing.ts';
import { RECORD_NAMES, type RecordSchema, SCHEMAS } from '../../src/wire/schema-files.ts';
import { arbitraryRecord } from './arbitrary-record.ts';
import { aRecord } from './claim-record.ts';

const ID = 7;
const known = (type: AvroType) => (id: number) => Promise.resolve(id === ID ? type : null);
const aParty = {
  model: 'M',
  participantType: 'PHARMACY',
  participantId: '1234567893',
  status: 'ACTIVE',
  effective: 20_668,
  terminated: null,
};
const aCoverage = {
  cardholderId: '1EG4TE5MK73',
  firstName: 'SAMPLE',
  lastName: 'MEMBER',
  dateOfBirth: 2_932_896,
  enrolments: [],
  partDGlp1DatesOfService: [-719_162],
  medicaid: null,
  partD: [],
};
const anAuthorization = {
  programme: 'M',
  kind: 'DRUG',
  status: 'APPROVED',
  drugFamily: 'WEGOVY',
  ndc: null,
  effective: 20_668,
  terminated: null,
  reason: null,
};
const decodeParty = decoderOf('Participation', known(TYPES.Participation));
const framed = frame(ID, TYPES.Participation, aParty);

const undecodable = (reason: string) => ({ kind: 'undecodable', reason });

describe.each(RECORD_NAMES)('what is decoded as %s', (name) => {
  const decode = decoderOf(name, known(TYPES[name]));

  test('is the record that was framed', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecord(name), async (record) => {
        expect(await decode([frame(ID, TYPES[name] as AvroType, record)])).toEqual([{ kind: 'record', record }]);
      }),
      { numRuns: 50 },
    );
  });

  test('ends in an answer whatever its bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const [answer] = await decode([Buffer.concat([Buffer.from([0, 0, 0, 0, ID]), bytes])]);
        expect(['record', 'undecodable']).toContain(answer?.kind);
      }),
      { numRuns: 300 },
    );
  });

  test('ends in an answer when a few bytes of a record have changed', async () => {
    const change = fc.tuple(fc.nat(), fc.constantFrom(0x00, 0x01, 0x7f, 0x80, 0xff));
    await fc.assert(
      fc.asyncProperty(
        arbitraryRecord(name),
        fc.array(change, { minLength: 1, maxLength: 12 }),
        async (record, changes) => {
          const bytes = frame(ID, TYPES[name] as AvroType, record);
          for (const [at, byte] of changes) bytes[5 + (at % (bytes.length - 5))] = byte;
          const [answer] = await decode([bytes]);
          expect(['record', 'undecodable']).toContain(answer?.kind);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('bytes cannot be decoded when', () => {
  test.each([
    ['there are none', Buffer.alloc(0), 'NOT_FRAMED'],
    ['they have no frame', Buffer.from('{"model":"M"}'), 'NOT_FRAMED'],
    ['the registry does not know their schema', Buffer.from([0, 0, 0, 0, 8, 2]), 'UNKNOWN_SCHEMA_ID'],
    ['the last one is missing', framed.subarray(0, -1), 'MALFORMED'],
    ['there is one too many', Buffer.concat([framed, Buffer.from([0])]), 'MALFORMED'],
    ['a word is not one of ours', frame(ID, TYPES.Participation, { ...aParty, status: 'DEBARRED' }), 'MALFORMED'],
    [
      'the kind of party is not one of ours',
      frame(ID, TYPES.Participation, { ...aParty, participantType: 'PAYER' }),
      'MALFORMED',
    ],
  ])('%s', async (_why, bytes, reason) => {
    expect(await decodeParty([bytes])).toEqual([undecodable(reason)]);
  });

  test.each([
    ['Claim', { ...aRecord(), receivedAt: 2 ** 51 }],
    ['Coverage', { ...aCoverage, dateOfBirth: 2_932_897 }],
    ['Coverage', { ...aCoverage, partDGlp1DatesOfService: [-719_163] }],
    ['Participation', { ...aParty, effective: 2_932_897 }],
    ['PriorAuthorization', { authorizations: [{ ...anAuthorization, terminated: 2_932_897 }] }],
    ['PriorAuthorization', { authorizations: [{ ...anAuthorization, kind: 'DEVICE' }] }],
    ['PriorAuthorization', { authorizations: [{ ...anAuthorization, status: 'PENDING' }] }],
  ] as const)('a %s has a day beyond the calendar, or an unknown word', async (name, record) => {
    const bytes = frame(ID, TYPES[name] as AvroType, record);
    expect(await decoderOf(name, known(TYPES[name]))([bytes])).toEqual([undecodable('MALFORMED')]);
  });

  test('they are a record of another kind', async () => {
    const decodeClaim = decoderOf('Claim', known(TYPES.Participation));
    expect(await decodeClaim([framed])).toEqual([undecodable('MALFORMED')]);
  });
});

test('the last and the first day of the calendar are days', async () => {
  const bytes = frame(ID, TYPES.Coverage, aCoverage);
  expect(await decoderOf('Coverage', known(TYPES.Coverage))([bytes])).toEqual([{ kind: 'record', record: aCoverage }]);
});

test('a bad record does not keep its neighbours from being read', async () => {
  expect(await decodeParty([framed, Buffer.from('x'), framed])).toEqual([
    { kind: 'record', record: aParty },
    undecodable('NOT_FRAMED'),
    { kind: 'record', record: aParty },
  ]);
});

test('a writer that knows a field more and a field less is read', async () => {
  const { fields } = SCHEMAS.Participation;
  const writer: RecordSchema = {
    ...SCHEMAS.Participation,
    fields: [...fields.filter(({ name }) => name !== 'terminated'), { name: 'note', type: 'string', default: '' }],
  };
  const decode = decoderOf('Participation', known(avroType(writer)));
  const bytes = frame(ID, avroType(writer), { ...aParty, note: 'new' });
  expect(await decode([bytes])).toEqual([{ kind: 'record', record: aParty }]);
});

test('a writer whose amounts have another scale is not read as if they had ours', async () => {
  const writer = JSON.parse(JSON.stringify(SCHEMAS.RebateEvent).replaceAll('"scale":2', '"scale":3')) as RecordSchema;
  const [record] = fc.sample(arbitraryRecord('RebateEvent'), 1);
  const decode = decoderOf('RebateEvent', known(avroType(writer)));
  expect(await decode([frame(ID, avroType(writer), record)])).toEqual([undecodable('MALFORMED')]);
});

test('the registry is asked once for an id, and in every batch anew for one that it does not know yet', async () => {
  const asked: number[] = [];
  const decode = decoderOf('Participation', (id) => {
    asked.push(id);
    return known(TYPES.Participation)(id);
  });
  const stranger = Buffer.from([0, 0, 0, 0, 8, 2]);
  await decode([framed, stranger, framed]);
  await decode([stranger, framed]);
  expect(asked).toEqual([7, 8, 8]);
});

test('a registry that is away fails the batch, and the next attempt asks again', async () => {
  let away = true;
  const decode = decoderOf('Participation', (id) =>
    away ? Promise.reject(new Error('away')) : known(TYPES.Participation)(id),
  );
  await expect(decode([framed])).rejects.toThrow('away');
  away = false;
  expect(await decode([framed])).toEqual([{ kind: 'record', record: aParty }]);
});
