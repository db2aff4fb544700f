import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import type { Percentiles } from '../../src/commands/demo/answer-times.ts';
import type { LocalDeployment } from '../../src/commands/demo/local-deployment.ts';
import { LOAD } from './latency.ts';
import type { LoadPlan } from './latency.ts';
import { onServers } from './servers.ts';

export type Rolling = {
  readonly perSecond: number;
  readonly lanes: number;
  /** Of as many seconds with two workers that stay, and with two that are replaced. */
  readonly staying: Percentiles;
  readonly replaced: Percentiles;
  /** From the start of the first new worker to the end of the second old one. */
  readonly seconds: number;
};

const LANES = 4;
const PER_SECOND = 500;

/** Replaces workers as a rolling update does: one more, and when it serves one less. */
export async function measureRolling(size: Omit<LoadPlan, 'rates'>): Promise<Rolling> {
  const plan: LoadPlan = { ...size, rates: [PER_SECOND, PER_SECOND] };
  return onServers(LANES, async (deployment) => {
    await deployment.run('produce', '--count', '1', '--members', String(plan.members));
    for (const name of ['old-1', 'old-2']) await deployment.startWorker({ name });
    const load = promisify(execFile)(process.execPath, [LOAD, JSON.stringify(plan)], { env: deployment.environment });
    // A quarter into the second measurement, which begins later by what the load takes to start.
    await sleep((plan.warmUpSeconds + 2 * plan.leadInSeconds + 1.25 * plan.seconds) * 1000);
    const seconds = await replaceWorkers(deployment);
    const [staying, replaced] = JSON.parse((await load).stdout) as readonly [Percentiles, Percentiles];
    return { perSecond: PER_SECOND, lanes: LANES, staying, replaced, seconds };
  });
}

/** Answers how many seconds it took. */
async function replaceWorkers(deployment: LocalDeployment): Promise<number> {
  const began = performance.now();
  for (const old of [...deployment.workers]) {
    await deployment.startWorker({ name: old.name.replace('old', 'new') });
    await old.end('SIGTERM');
  }
  return (performance.now() - began) / 1000;
}
