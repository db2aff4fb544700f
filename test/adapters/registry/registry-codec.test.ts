import { expect, test } from 'vitest';

import { openCodecs } from '../../../src/adapters/registry/registry-codec.ts';
import type { Registry } from '../../../src/adapters/registry/schema-registry.ts';
import { TYPES } from '../../../src/wire/avro.ts';
import type { RecordName } from '../../../src/wire/schema-files.ts';
import { schemaIdOf } from '../../../src/wire/framing.ts';
import { aParticipation } from '../../builders.ts';
import { writeParticipation } from '../../wire/reference-records.ts';

/** A registry with ids for some records, which cannot be written to. */
const registryWith = (ids: Readonly<Partial<Record<RecordName, number>>>): Registry => ({
  writerType: (id) => {
    const name = Object.entries(ids).find(([, known]) => known === id)?.[0] as RecordName | undefined;
    return Promise.resolve(name === undefined ? null : TYPES[name]);
  },
  idOf: (_subject, record) => Promise.resolve(ids[record] ?? null),
  register: () => Promise.reject(new Error('a service never registers')),
});

const OTHERS = { Coverage: 5, PriorAuthorization: 6, Participation: 7, PriorAuthorizationRequest: 8 };
const ALL = { Claim: 1, ClaimResponse: 2, RebateEvent: 3, MemberAccounts: 4, ...OTHERS };

test('a record is framed with the id that the registry has given its schema, and read by it', async () => {
  const { encoderOf, decoderOf } = await openCodecs(registryWith(ALL), '');
  const record = writeParticipation(aParticipation());
  const bytes = encoderOf('Participation')(record);
  expect(schemaIdOf(bytes)).toBe(7);
  expect(await decoderOf('Participation')([bytes])).toEqual([{ kind: 'record', record }]);
});

test('schemas that are not registered end the start with all their subjects and what to run', async () => {
  await expect(
    openCodecs(registryWith({ ClaimResponse: 2, MemberAccounts: 4, ...OTHERS }), 'test1.'),
  ).rejects.toMatchObject({
    retryable: false,
    message:
      'schemas not registered: test1.rx.claims.v1-value, test1.rx.rebate-events.v1-value: run `adjudicator provision`',
  });
});
