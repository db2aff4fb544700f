import { readFile } from 'node:fs/promises';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { startStack } from '../../deploy/local/start-stack.ts';
import type { Stack } from '../../deploy/local/start-stack.ts';
import type { SyntheticClaim } from '../../src/commands/synthetic/claims.ts';
import type { ClaimRecord } from '../../src/wire/records.ts';
import { Deployment } from './deployment.ts';
import { killAllWorkers } from './workers.ts';

let stack: Stack;
let deployment: Deployment;

beforeAll(async () => {
  stack = await startStack();
});
afterEach(async () => {
  killAllWorkers();
  await deployment.close();
});
afterAll(async () => {
  await stack.stop();
});

/** What would give a member away, planted where a careless log or header would pick it up. */
const CANARY = 'CANARYPERSON';

const framed = (schemaId: number, ...bytes: number[]): Buffer => {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(schemaId, 1);
  return Buffer.concat([header, Buffer.from(bytes), Buffer.from(CANARY)]);
};

type Break = (good: ClaimRecord) => Partial<ClaimRecord>;
const insurance =
  (change: Partial<NonNullable<ClaimRecord['insurance']>>): Break =>
  (good) => ({ insurance: good.insurance && { ...good.insurance, ...change } });
const patient =
  (change: Partial<NonNullable<ClaimRecord['patient']>>): Break =>
  (good) => ({ patient: good.patient && { ...good.patient, ...change } });
const claim =
  (change: Partial<NonNullable<ClaimRecord['claim']>>): Break =>
  (good) => ({ claim: good.claim && { ...good.claim, ...change } });
const pricing =
  (change: Partial<NonNullable<ClaimRecord['pricing']>>): Break =>
  (good) => ({ pricing: good.pricing && { ...good.pricing, ...change } });

/** Twenty-two ways to break a field, with the code (511-FB) that answers it. */
const BROKEN: readonly (readonly [string, Break])[] = [
  ['01', () => ({ binNumber: '0289180' })],
  ['1R', () => ({ sourceVersion: '51' })],
  ['03', () => ({ transactionCode: null })],
  ['02', () => ({ sourceVersion: '?' })],
  ['04', () => ({ processorControlNumber: ' ' })],
  ['A9', () => ({ transactionCount: 5 })],
  ['05', () => ({ serviceProviderId: '1234567894' })],
  ['15', () => ({ dateOfService: 2_147_483_647 })],
  ['PC', () => ({ claim: null })],
  ['PP', () => ({ pricing: null })],
  ['07', insurance({ cardholderId: null })],
  ['06', insurance({ groupId: 'G'.repeat(200_000) })],
  ['09', patient({ dateOfBirth: -2_147_483_648 })],
  ['CB', patient({ patientLastName: ' ' })],
  ['16', claim({ prescriptionServiceReferenceNumber: '12A' })],
  ['17', claim({ fillNumber: 100 })],
  ['21', claim({ productServiceId: '0169452414' })],
  ['E7', claim({ quantityDispensed: -3_000 })],
  ['19', claim({ daysSupply: 0 })],
  ['20', claim({ compoundCode: null })],
  ['DQ', pricing({ usualAndCustomaryCharge: null })],
  ['R9', pricing({ grossAmountDue: 1 })],
];

test('records that nobody can read are set aside with Connect headers, broken claims are answered, the partition moves on, and nothing about a member gets out', async () => {
  deployment = await new Deployment(stack, 'bad').open();
  const claims = await deployment.sendReference({ seed: 23, members: 50 });
  const good = nextFill(claims);
  const key = deployment.keys.ofClaim(good) ?? '';
  const encode = deployment.codecs.encoderOf('Claim');
  const bytes = encode(good);
  const otherKey = deployment.keys.ofCardholder('SOMEBODY ELSE');

  const aside: readonly (readonly [string, Buffer | string | null, Buffer | null])[] = [
    ['NOT_FRAMED', key, Buffer.from(`{"cardholderId":"${CANARY}"}`)],
    ['NOT_FRAMED', key, Buffer.alloc(0)],
    ['UNKNOWN_SCHEMA_ID', key, framed(987_654, 1, 2, 3)],
    ['MALFORMED', key, bytes.subarray(0, 40)],
    ['MALFORMED', key, Buffer.concat([bytes, Buffer.from(CANARY)])],
    ['MALFORMED', key, Buffer.concat([bytes.subarray(0, 5), Buffer.alloc(900_000, CANARY)])],
    ['NO_VALUE', key, null],
    ['KEY_MISMATCH', otherKey, bytes],
    ['KEY_MISMATCH', null, bytes],
  ];
  const answered: readonly (readonly [string, ClaimRecord])[] = [
    ...BROKEN.map(
      ([code, breakIt]) => [`R ${code}`, { ...good, ...breakIt(good), transmissionId: `broken-${code}` }] as const,
    ),
    ['P ', { ...good, transmissionId: 'good' }],
    ['D ', { ...good, transmissionId: 'resent' }],
  ];
  await deployment.send(
    'claims',
    aside.map(([, recordKey, value]) => ({ key: recordKey, value })),
  );
  await deployment.send(
    'claims',
    answered.map(([, record]) => ({ key, value: encode(record) })),
  );

  const worker = deployment.startWorker();
  await deployment.settled();
  const deadLetters = await deployment.read('deadLetters');
  const seen = deadLetters.map(({ headers }) => String(headers['__connect.errors.exception.class.name']));
  expect([...seen].sort()).toEqual(aside.map(([reason]) => reason).sort());
  expect(new Set(deadLetters.map(({ headers }) => String(headers['__connect.errors.topic'])))).toEqual(
    new Set([deployment.topics.claims]),
  );
  expect(deadLetters.map(({ value }) => value?.length ?? -1).sort()).toEqual(
    aside.map(([, , value]) => value?.length ?? -1).sort(),
  );

  const responses = await deployment.read('responses');
  const decoded = await deployment.codecs.decoderOf('ClaimResponse')(responses.flatMap(({ value }) => value ?? []));
  const answers = decoded.map((result) =>
    result.kind === 'record'
      ? `${result.record.transactionResponseStatus} ${result.record.rejects[0]?.rejectCode ?? ''}`
      : result.reason,
  );
  expect(answers).toEqual(answered.map(([answer]) => answer));

  expect(await deployment.logged('record dead-lettered')).toBe(aside.length);
  await worker.stop();
  const log = await readFile(worker.logFile, 'utf8');
  const headers = JSON.stringify(
    [...deadLetters, ...responses].map((record) =>
      Object.entries(record.headers).map(([name, value]) => `${name}=${String(value)}`),
    ),
  );
  for (const secret of [CANARY, good.insurance?.cardholderId ?? '', good.patient?.patientLastName ?? '']) {
    expect(secret).not.toBe('');
    expect(log).not.toContain(secret);
    expect(headers).not.toContain(secret);
  }
});

function nextFill(claims: Iterator<SyntheticClaim>): ClaimRecord {
  for (;;) {
    const { value } = claims.next() as { value: SyntheticClaim };
    if (value.kind === 'FILL') return value.record;
  }
}
