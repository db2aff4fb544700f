import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { startStack } from '../../deploy/local/start-stack.ts';
import type { Stack } from '../../deploy/local/start-stack.ts';
import type { Step } from '../../src/stream/ports.ts';
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

describe('10 000 claims through two workers are answered exactly once when one of them is killed', () => {
  test.each<[Step, number]>([
    ['restore', 1],
    ['fetch', 2],
    ['read', 8],
    ['decide', 8],
    ['offsets', 8],
    ['produce', 8],
    ['commit', 8],
    ['apply', 8],
  ])('after the step "%s", the %ith time it has done it', async (step, nth) => {
    deployment = await new Deployment(stack, `killed-after-${step}`).open();
    const claims = await deployment.sendReference({ seed: 7, members: MEMBERS });
    const doomed = deployment.startWorker({ step, nth, signal: 'SIGKILL' });
    const survivor = deployment.startWorker();
    await deployment.sendClaims(claims, CLAIMS);
    expect(await doomed.ended).toBe('SIGKILL');
    await expectExactlyOnce(deployment, CLAIMS);
    await survivor.stop();
  });
});
