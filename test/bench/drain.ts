import { countAnswers, cpuSeconds, onServers } from './servers.ts';

export type Drain = {
  readonly claims: number;
  /** From the first answer to the last. */
  readonly claimsPerSecond: number;
  /** From the start of the worker's process: loading, restoring the view of the members, and all answers. */
  readonly secondsOverAll: number;
  readonly secondsToFirstAnswer: number;
  /** Of the worker, while it drained. */
  readonly cpuMicrosecondsPerClaim: number;
};

const LANES = 2;

/** Queues claims while no worker runs, then starts one. `nodeOptions` are for a look at the worker with a profiler. */
export async function measureDrain(claims: number, nodeOptions: readonly string[] = []): Promise<Drain> {
  return onServers(LANES, async (deployment) => {
    await deployment.run('produce', '--count', String(claims));
    const answers = await countAnswers(deployment);
    const started = performance.now();
    const worker = await deployment.startWorker({ name: 'worker', nodeOptions });
    const before = { cpu: await cpuSeconds(worker), answers: answers.count };
    await answers.until(claims);
    const cpu = (await cpuSeconds(worker)) - before.cpu;
    await answers.close();
    const { first, last } = answers;
    return {
      claims,
      claimsPerSecond: (claims - first.count) / ((last - first.at) / 1000),
      secondsOverAll: (last - started) / 1000,
      secondsToFirstAnswer: (first.at - started) / 1000,
      cpuMicrosecondsPerClaim: (cpu * 1_000_000) / (claims - before.answers),
    };
  });
}
