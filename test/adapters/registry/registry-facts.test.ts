import { afterAll, beforeAll, expect, test } from 'vitest';

import { registryFacts } from '../../../src/adapters/registry/registry-facts.ts';
import { type RegistryStub, registryStub } from './registry-stub.ts';

const HOUR_MS = 3_600_000;

let stub: RegistryStub;
beforeAll(async () => {
  stub = await registryStub();
});
afterAll(() => stub.close());

const facts = () => registryFacts({ url: stub.url, timeoutMs: 500 });

test.each([1, -1])('a clock that is %i hour ahead is told to the second', async (hours) => {
  stub.reply = { status: 200, body: '[]', date: new Date(Date.now() + hours * HOUR_MS).toUTCString() };
  // A second for what the header leaves out, and one for a machine at work.
  expect(Math.abs(Number(await facts().aheadMs()) - hours * HOUR_MS)).toBeLessThan(2_000);
});

test('a registry that does not tell the time is not asked twice', async () => {
  stub.reply = { status: 200, body: '[]', date: 'soon' };
  expect(await facts().aheadMs()).toBeNull();
});

test('the compatibility of a subject is that of the registry where it has none of its own', async () => {
  stub.reply = { status: 200, body: '{"compatibilityLevel":"BACKWARD"}' };
  expect(await facts().compatibilityOf('rx.claims.v1-value')).toBe('BACKWARD');
  expect(stub.requests.at(-1)?.what).toBe('GET /config/rx.claims.v1-value?defaultToGlobal=true');
});

test('user and password of the address go with the request and are no part of it', async () => {
  const url = new URL(stub.url);
  url.username = 'reader';
  url.password = 'p%25ss';
  stub.reply = { status: 200, body: '{}' };
  await registryFacts({ url: url.href }).compatibilityOf('a');
  const { authorization } = stub.requests.at(-1)?.headers ?? {};
  expect(authorization).toBe(`Basic ${Buffer.from('reader:p%ss').toString('base64')}`);
});

test.each<[string, RegistryStub['reply'], boolean]>([
  ['does not answer', 'SILENCE', true],
  ['is somebody else', { status: 200, body: '<html>maintenance</html>' }, true],
  ['refuses', { status: 403, body: '{}' }, false],
])('a registry that %s is a fault', async (_what, reply, retryable) => {
  stub.reply = reply;
  await expect(facts().compatibilityOf('a')).rejects.toMatchObject({ name: 'Fault', retryable });
});
