import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { startStack } from '../../deploy/local/start-stack.ts';
import type { Stack } from '../../deploy/local/start-stack.ts';
import { Deployment } from './deployment.ts';
import { CLAIMS, expectExactlyOnce, MEMBERS } from './settled-run.ts';
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

/** The session of the test's workers is 6 s. */
const PAST_THE_SESSION_MS = 9_000;

test('a worker that is stopped past its session inside a transaction and then woken is refused, and changes nothing of what its successor did', async () => {
  deployment = await new Deployment(stack, 'frozen').open();
  const claims = await deployment.sendReference({ seed: 11, members: MEMBERS });
  const sleeper = deployment.startWorker({ step: 'produce', nth: 12, signal: 'SIGSTOP' });
  const other = deployment.startWorker();
  await deployment.sendClaims(claims, CLAIMS);
  await expect.poll(() => sleeper.isStopped(), { timeout: 60_000 }).toBe(true);
  await sleep(PAST_THE_SESSION_MS);
  sleeper.signal('SIGCONT');
  await expectExactlyOnce(deployment, CLAIMS);
  expect(await readFile(sleeper.logFile, 'utf8')).toContain('another producer has taken over the transactional id');
  await Promise.all([sleeper.stop(), other.stop()]);
});

test('a worker that is asked to stop while it starts leaves nothing behind that its successor would wait for', async () => {
  deployment = await new Deployment(stack, 'stopped-early').open();
  const claims = await deployment.sendReference({ seed: 12, members: 100 });
  await deployment.sendClaims(claims, 500);
  for (const milliseconds of [500, 700, 900, 1_100]) {
    const worker = deployment.startWorker();
    await sleep(milliseconds);
    worker.signal('SIGTERM');
    expect(await worker.ended).toSatisfy((end) => end === 0 || end === 'SIGTERM');
  }
  const next = deployment.startWorker();
  await expectExactlyOnce(deployment, 500);
  await next.stop();
});

test('workers that are asked to stop finish what they have in hand, and the next ones go on from there', async () => {
  deployment = await new Deployment(stack, 'stopped').open();
  const claims = await deployment.sendReference({ seed: 13, members: MEMBERS });
  const first = [deployment.startWorker(), deployment.startWorker()];
  await deployment.sendClaims(claims, CLAIMS);
  await expect.poll(() => deployment.answered(), { timeout: 60_000, interval: 20 }).toBeGreaterThan(500);
  for (const worker of first) worker.signal('SIGTERM');
  expect(await Promise.all(first.map(({ ended }) => ended))).toEqual([0, 0]);
  const next = deployment.startWorker();
  await expectExactlyOnce(deployment, CLAIMS);
  await next.stop();
});
