import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { startStack } from '../../deploy/local/start-stack.ts';
import type { Stack } from '../../deploy/local/start-stack.ts';
import type { SyntheticClaim } from '../../src/commands/synthetic/claims.ts';
import { partitionsOf } from '../../src/stream/lanes.ts';
import { Deployment } from './deployment.ts';
import { expectExactlyOnce, MEMBERS } from './settled-run.ts';
import { killAllWorkers } from './workers.ts';
import type { WorkerProcess } from './workers.ts';

const TOPOLOGY = { partitions: 8, lanes: 4 };
const SOON = { timeout: 60_000, interval: 100 };

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

test('workers that are replaced one after the other under load lose no claim, answer none twice, and give no lane up but to move it', async () => {
  deployment = await new Deployment(stack, 'rolling').open();
  const claims = await deployment.sendReference({ seed: 47, members: MEMBERS });
  const before = [deployment.startWorker(), deployment.startWorker()];
  await deployment.sendClaims(claims, 200);
  await deployment.settled();

  const load = sendSteadily(claims);
  const after: WorkerProcess[] = [];
  for (const old of before) {
    const next = deployment.startWorker();
    after.push(next);
    await expect.poll(() => servedBy(next), SOON).not.toEqual([]);
    old.signal('SIGTERM');
    expect(await old.ended).toBe(0);
  }
  await expectExactlyOnce(deployment, 200 + (await load.stop()));
  await Promise.all(after.map((worker) => worker.stop()));

  expect(await deployment.read('deadLetters')).toEqual([]);
  const moves = await movesOf([...before, ...after]);
  for (const [lane, owners] of moves) {
    // To the worker that had it already would have been for nothing.
    expect(owners.map(({ worker }, index) => worker === owners[index - 1]?.worker)).not.toContain(true);
    // The owner before has left at most one batch that is committed and not yet in the view.
    const most = partitionsOf(lane, TOPOLOGY).length * Number(deployment.environment['BATCH_CLAIMS_MAX']);
    const brought = owners.filter(({ worker }) => after.includes(worker)).map(({ restoredRecords }) => restoredRecords);
    expect(Math.max(...brought)).toBeLessThanOrEqual(most);
  }
  expect([...moves.keys()].sort()).toEqual([0, 1, 2, 3]);
});

/** Some hundred claims a second, so that every change of workers meets batches in all lanes. */
function sendSteadily(claims: Generator<SyntheticClaim, never>) {
  const stopping = new AbortController();
  const sending = (async () => {
    let sent = 0;
    while (!stopping.signal.aborted) {
      await deployment.sendClaims(claims, 40);
      sent += 40;
      await sleep(100);
    }
    return sent;
  })();
  return {
    /** Answers how many claims were sent. */
    stop: (): Promise<number> => {
      stopping.abort();
      return sending;
    },
  };
}

type Serving = {
  readonly msg: string;
  readonly time: string;
  readonly lane: number;
  readonly restoredRecords: number;
};

/** The lanes that a worker has begun to serve, as its log tells them. */
async function servedBy({ logFile }: WorkerProcess): Promise<readonly Serving[]> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Serving).filter(({ msg }) => msg === 'lane serving');
}

/** The owners of each lane, one after the other. */
async function movesOf(workers: readonly WorkerProcess[]) {
  const served = await Promise.all(
    workers.map(async (worker) => (await servedBy(worker)).map((serving) => ({ worker, ...serving }))),
  );
  return Map.groupBy(
    served.flat().toSorted((a, b) => (a.time < b.time ? -1 : 1)),
    ({ lane }) => lane,
  );
}
