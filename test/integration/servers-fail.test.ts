import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { startStack } from '../../deploy/local/start-stack.ts';
import type { Stack } from '../../deploy/local/start-stack.ts';
import { Deployment } from './deployment.ts';
import { CLAIMS, expectExactlyOnce, MEMBERS } from './settled-run.ts';
import { killAllWorkers } from './workers.ts';
import type { WorkerProcess } from './workers.ts';

const SOON = { timeout: 30_000 };

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

describe('10 000 claims through two workers are answered exactly once', () => {
  test.each<[string, string, (workers: readonly WorkerProcess[]) => Promise<void>]>([
    ['when the view is flushed again and again under load', 'flushed', flushRedisRepeatedly],
    ['when Redis is restarted empty under load', 'redis-restarted', restartRedis],
    ['when the broker is killed and started again under load', 'broker-restarted', restartBroker],
  ])('%s', async (_title, name, fault) => {
    deployment = await new Deployment(stack, name).open();
    const claims = await deployment.sendReference({ seed: 17, members: MEMBERS });
    const workers = [deployment.startWorker(), deployment.startWorker()];
    await deployment.sendClaims(claims, CLAIMS);
    await expect.poll(() => deployment.answered(), { timeout: 60_000, interval: 20 }).toBeGreaterThan(500);
    await fault(workers);
    await expectExactlyOnce(deployment, CLAIMS);
    expect(await deployment.logged('lane failed and is taken over again')).toBeGreaterThan(0);
    await Promise.all(workers.map((worker) => worker.stop()));
  });

  test('when the view is flushed while one lane has claims and the others have none', async () => {
    deployment = await new Deployment(stack, 'idle-lanes').open();
    const claims = await deployment.sendReference({ seed: 29, members: 100 });
    const workers = [deployment.startWorker(), deployment.startWorker()];
    await deployment.sendClaims(claims, 500);
    await deployment.settled();
    const redis = new Redis(stack.redis.url);
    await redis.flushall();
    redis.disconnect();
    await deployment.sendClaims(claims, 1);
    await expectExactlyOnce(deployment, 501);
    await Promise.all(workers.map((worker) => worker.stop()));
  });

  test('once a view that is ahead of the journal has been emptied, and until then no claim is answered', async () => {
    deployment = await new Deployment(stack, 'view-ahead').open();
    const claims = await deployment.sendReference({ seed: 31, members: 100 });
    await deployment.sendClaims(claims, 200);
    const first = deployment.startWorker();
    await deployment.settled();
    await first.stop();

    const redis = new Redis(stack.redis.url);
    const marks = await redis.keys(`${deployment.environment['REDIS_KEY_PREFIX'] ?? ''}*:view`);
    for (const mark of marks) await redis.hset(mark, 'accounts:position', 1_000_000);
    const answered = await deployment.answered();
    const worker = deployment.startWorker();
    await deployment.sendClaims(claims, 1);
    await expect.poll(() => deployment.logged('lane failed and is taken over again'), SOON).toBeGreaterThan(4);
    expect(await deployment.answered()).toBe(answered);

    await redis.flushall();
    redis.disconnect();
    await expectExactlyOnce(deployment, 201);
    await worker.stop();
  });

  test('when the registry is away while they start', async () => {
    deployment = await new Deployment(stack, 'registry-away').open();
    const claims = await deployment.sendReference({ seed: 19, members: MEMBERS });
    await deployment.sendClaims(claims, CLAIMS);
    stack.registry.freeze();
    const workers = [deployment.startWorker(), deployment.startWorker()];
    await expect.poll(() => deployment.logged('waiting for a server'), SOON).toBeGreaterThan(0);
    expect(await deployment.answered()).toBe(0);
    stack.registry.thaw();
    await expectExactlyOnce(deployment, CLAIMS);
    await Promise.all(workers.map((worker) => worker.stop()));
  });
});

async function flushRedisRepeatedly(): Promise<void> {
  const redis = new Redis(stack.redis.url);
  for (let times = 0; times < 4; times += 1) {
    await redis.flushall();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  redis.disconnect();
}

async function restartRedis(): Promise<void> {
  await stack.redis.kill();
  await stack.redis.start();
}

/**
 * Wherever the workers are, also inside a transaction, but not within the milliseconds between the broker's word for a commit and its markers:
 * a single broker that is killed there forgets them, and then nobody can read on (docs/decisions/0016).
 */
async function restartBroker(workers: readonly WorkerProcess[]): Promise<void> {
  for (const worker of workers) worker.signal('SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, 500));
  await stack.kafka.kill();
  for (const worker of workers) worker.signal('SIGCONT');
  await stack.kafka.start();
}
