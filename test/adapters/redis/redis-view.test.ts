import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { startStack } from '../../../deploy/local/start-stack.ts';
import type { Stack } from '../../../deploy/local/start-stack.ts';
import { RedisView } from '../../../src/adapters/redis/redis-view.ts';
import { Fault, Fenced } from '../../../src/stream/fault.ts';
import type { ViewSource, ViewWrite } from '../../../src/stream/ports.ts';

let stack: Stack;
let redis: Redis;
let view: RedisView;

beforeAll(async () => {
  stack = await startStack({ servers: ['redis'] });
  redis = new Redis(stack.redis.url);
  view = new RedisView({ url: stack.redis.url, prefix: 'test', commandTimeoutMs: 500 });
  await view.connect();
});
afterAll(async () => {
  view.close();
  redis.disconnect();
  await stack.stop();
});
beforeEach(async () => {
  await redis.flushall();
});

const NOTHING = { accounts: null, coverage: null, priorAuthorizations: null, participation: null };
type Records = Readonly<Record<string, string | null>>;
/** Records of partition 3 that follow position `follows` and reach `position`. */
const writeOf =
  (source: ViewSource) =>
  (epoch: string, [follows, position]: readonly [number | null, number], records: Records): ViewWrite => ({
    source,
    partition: 3,
    epoch,
    follows,
    position,
    records: Object.entries(records).map(([key, value]) => ({
      key,
      value: value === null ? null : Buffer.from(value),
    })),
  });
const write = writeOf('accounts');
const read = async (...keys: string[]) => view.read({ members: new Map([[3, keys]]), participants: [] });

describe('the view of a partition', () => {
  test('has come nowhere before anything was written, and tells its positions to the next owner', async () => {
    expect(await view.fence(3, 'one')).toEqual(NOTHING);
    await view.apply([
      write('one', [null, 5], { m: 'x' }),
      writeOf('participation')('one', [null, 7], { 'M|PHARMACY:1': 'y' }),
    ]);
    expect(await view.fence(3, 'two')).toEqual({ ...NOTHING, accounts: 5, participation: 7 });
  });

  test('answers the blobs of members and participants, and the marks behind them', async () => {
    await view.fence(3, 'one');
    await view.apply([
      write('one', [null, 5], { m: 'account', n: 'other' }),
      writeOf('coverage')('one', [null, 2], { m: 'coverage' }),
      writeOf('priorAuthorizations')('one', [null, 1], { m: 'authorizations' }),
      writeOf('participation')('one', [null, 9], { 'M|PHARMACY:1': 'pharmacy' }),
    ]);
    const answer = await view.read({
      members: new Map([[3, ['m', 'unknown']]]),
      participants: ['M|PHARMACY:1', 'M|PHARMACY:2'],
    });
    expect(answer.members.get(3)?.get('m')).toEqual({
      accounts: Buffer.from('account'),
      coverage: Buffer.from('coverage'),
      priorAuthorizations: Buffer.from('authorizations'),
    });
    expect(answer.members.get(3)?.get('unknown')).toEqual({
      accounts: null,
      coverage: null,
      priorAuthorizations: null,
    });
    expect(answer.participants).toEqual(new Map([['M|PHARMACY:1', Buffer.from('pharmacy')]]));
    expect(answer.marks).toEqual(
      new Map([
        [3, { epoch: 'one', positions: { accounts: 5, coverage: 2, priorAuthorizations: 1, participation: 9 } }],
      ]),
    );
  });

  test('refuses the writes of an owner that has been fenced', async () => {
    await view.fence(3, 'one');
    await view.fence(3, 'two');
    await expect(view.apply([write('one', [null, 5], { m: 'late' })])).rejects.toThrow(Fenced);
    expect((await read('m')).members.get(3)?.get('m')?.accounts).toBeNull();
  });

  test.each([
    ['repeats what is there', [null, 5], 'again'],
    ['leaves out what comes between', [6, 9], 'later'],
    ['comes from before', [3, 4], 'old'],
  ] as const)('refuses a write that %s, so that no record can be missing', async (_why, span, value) => {
    await view.fence(3, 'one');
    await view.apply([write('one', [null, 5], { m: 'new' })]);
    await expect(view.apply([write('one', span, { m: value })])).rejects.toThrow(Fault);
    expect((await read('m')).members.get(3)?.get('m')?.accounts).toEqual(Buffer.from('new'));
  });

  test('deletes what a tombstone deletes', async () => {
    await view.fence(3, 'one');
    await view.apply([write('one', [null, 1], { m: 'x' }), write('one', [1, 2], { m: null })]);
    expect((await read('m')).members.get(3)?.get('m')?.accounts).toBeNull();
  });

  test('shows by its marks that it was wiped, and refuses writes until it is fenced again', async () => {
    await view.fence(3, 'one');
    await redis.flushall();
    expect((await read('m')).marks).toEqual(new Map([[3, { epoch: null, positions: NOTHING }]]));
    await expect(view.apply([write('one', [null, 5], { m: 'x' })])).rejects.toThrow(Fenced);
  });

  test('works on after the server has forgotten its scripts', async () => {
    await view.fence(3, 'one');
    await redis.script('FLUSH');
    await view.apply([write('one', [null, 1], { m: 'x' })]);
    expect((await read('m')).members.get(3)?.get('m')?.accounts).toEqual(Buffer.from('x'));
  });

  test('has whole participation once every partition has been restored by its present owner', async () => {
    await view.fence(0, 'a');
    await view.fence(1, 'b');
    await view.markRestored([0], 'a');
    expect(await view.participationIsWhole(2)).toBe(false);
    await view.markRestored([1], 'b');
    expect(await view.participationIsWhole(2)).toBe(true);
    await view.fence(1, 'c');
    expect(await view.participationIsWhole(2)).toBe(false);
    await expect(view.markRestored([1], 'b')).rejects.toThrow(Fenced);
  });

  test('keeps the topology of whoever came first', async () => {
    expect(await view.topology({ partitions: 8, lanes: 4 })).toEqual({ partitions: 8, lanes: 4 });
    expect(await view.topology({ partitions: 8, lanes: 2 })).toEqual({ partitions: 8, lanes: 4 });
  });

  test.each([
    [false, '0', 'allkeys-lru'],
    [false, '104857600', 'noeviction'],
    [true, '104857600', 'allkeys-lru'],
  ])('evicts: %s, with maxmemory %s and policy %s', async (evicts, memory, policy) => {
    await redis.config('SET', 'maxmemory', memory);
    await redis.config('SET', 'maxmemory-policy', policy);
    expect(await view.evicts()).toBe(evicts);
    await redis.config('SET', 'maxmemory', '0');
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
  });

  test('is a fault that can be waited for while the server does not answer, and works again when it does', async () => {
    await view.fence(3, 'one');
    stack.redis.freeze();
    const fault = await view.fence(3, 'two').catch((error: unknown) => error);
    stack.redis.thaw();
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ retryable: true });
    await stack.redis.stop();
    await stack.redis.start();
    await expect.poll(() => view.fence(3, 'three').catch(() => 'not yet'), { timeout: 10_000 }).toEqual(NOTHING);
  });
});
