import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { schemaRegistry } from '../../../src/adapters/registry/schema-registry.ts';
import { Fault } from '../../../src/stream/fault.ts';
import { TYPES } from '../../../src/wire/avro.ts';
import { SCHEMAS } from '../../../src/wire/schema-files.ts';
import { registryStub, type RegistryStub, type Reply } from './registry-stub.ts';

let stub: RegistryStub;
beforeAll(async () => {
  stub = await registryStub();
});
beforeEach(() => {
  stub.requests.length = 0;
});
afterAll(() => stub.close());

const registry = () => schemaRegistry({ url: stub.url, timeoutMs: 100 });
const says = (status: number, body: unknown): Reply => ({ status, body: JSON.stringify(body) });
const nothing = says(404, { error_code: 40403, message: 'Schema not found' });
const claimSchema = says(200, { schema: JSON.stringify(SCHEMAS.Claim) });

/** Whether a call fails in a way that is worth asking again for. */
const retryable = async (call: Promise<unknown>): Promise<boolean | 'no fault'> =>
  call.then(
    () => 'no fault',
    (error: unknown) => error instanceof Fault && error.retryable,
  );

test('the type of a schema id is one that our own can read', async () => {
  stub.reply = claimSchema;
  const type = await registry().writerType(3);
  expect(type?.equals(TYPES.Claim)).toBe(true);
  expect(() => TYPES.Claim.createResolver(type ?? TYPES.Coverage)).not.toThrow();
  expect(stub.requests.map(({ what }) => what)).toEqual(['GET /schemas/ids/3']);
});

describe('there is no type for an id when', () => {
  test.each([
    ['the registry does not know it', nothing],
    ['its schema is none of Avro', says(200, { schema: '{"type":"nonsense"}' })],
    ['its schema is in a language that nobody knows', says(200, { schemaType: 'XML', schema: '<a/>' })],
  ])('%s', async (_why, reply) => {
    stub.reply = reply;
    expect(await registry().writerType(3)).toBeNull();
  });
});

describe('a registry is asked again when', () => {
  test.each<[string, Reply]>([
    ['it has an error of its own', says(503, {})],
    ['it is overloaded', says(429, {})],
    ['a proxy answers in its place', { status: 200, body: '<html>maintenance</html>' }],
    ['it does not answer in time', 'SILENCE'],
  ])('%s', async (_why, reply) => {
    stub.reply = reply;
    expect(await retryable(registry().writerType(3))).toBe(true);
    expect(await retryable(registry().idOf('s', 'Claim'))).toBe(true);
    expect(await retryable(registry().register('s', 'Claim'))).toBe(true);
    expect(stub.requests).toHaveLength(3);
  });

  test('nobody listens', async () => {
    const gone = await registryStub();
    await gone.close();
    expect(await retryable(schemaRegistry({ url: gone.url }).writerType(3))).toBe(true);
  });
});

test.each([401, 403])('a registry that refuses the client with %i is not asked again', async (status) => {
  stub.reply = says(status, {});
  expect(await retryable(registry().writerType(3))).toBe(false);
});

test('the id of a schema is looked up under its subject', async () => {
  stub.reply = says(200, { id: 12 });
  expect(await registry().idOf('rx.claims.v1-value', 'Claim')).toBe(12);
  expect(stub.requests.map(({ what }) => what)).toEqual(['POST /subjects/rx.claims.v1-value']);
});

test('a schema that is not registered has no id', async () => {
  stub.reply = nothing;
  expect(await registry().idOf('rx.claims.v1-value', 'Claim')).toBeNull();
});

test('a schema is not registered under a subject with another compatibility', async () => {
  stub.reply = says(200, { compatibilityLevel: 'BACKWARD' });
  expect(await retryable(registry().register('rx.claims.v1-value', 'Claim'))).toBe(false);
});

test('the user in the address of the registry is sent as its credentials', async () => {
  stub.reply = nothing;
  const url = stub.url.replace('//', '//reader:p%40ss@');
  await schemaRegistry({ url }).writerType(3);
  const basic = Buffer.from('reader:p@ss').toString('base64');
  expect(stub.requests.map(({ headers }) => headers.authorization)).toEqual([`Basic ${basic}`]);
});
