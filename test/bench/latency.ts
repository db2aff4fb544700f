import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Percentiles } from '../../src/commands/demo/answer-times.ts';
import { onServers } from './servers.ts';

export type LoadPlan = {
  readonly members: number;
  /** Claims a second, one after the other. */
  readonly rates: readonly number[];
  /** Once, at the highest rate: the compilers of the broker and of Node take a minute to settle. */
  readonly warmUpSeconds: number;
  /** At each rate, before the seconds that count. */
  readonly leadInSeconds: number;
  readonly seconds: number;
};

export type Latency = Percentiles & { readonly lanes: number; readonly perSecond: number };

/** What is run for the load. */
export const LOAD = join(import.meta.dirname, 'load.ts');

/** One worker, and beside it one process that sends the claims and reads the answers: both ends are timed by one clock. */
export async function measureLatency(lanes: number, plan: LoadPlan): Promise<readonly Latency[]> {
  return onServers(lanes, async (deployment) => {
    // For the reference data; the claim is sent again as the first of the load.
    await deployment.run('produce', '--count', '1', '--members', String(plan.members));
    await deployment.startWorker({ name: 'worker' });
    const { stdout } = await promisify(execFile)(process.execPath, [LOAD, JSON.stringify(plan)], {
      env: deployment.environment,
    });
    const measured = JSON.parse(stdout) as readonly Percentiles[];
    return plan.rates.flatMap((perSecond, index) => {
      const percentiles = measured[index];
      return percentiles ? [{ lanes, perSecond, ...percentiles }] : [];
    });
  });
}
