import { join } from 'node:path';

import { startStack } from '../../deploy/local/start-stack.ts';
import { loadPolicyBundle } from '../adapters/files/policy-bundle.ts';
import { openCodecs } from '../adapters/registry/registry-codec.ts';
import { schemaRegistry } from '../adapters/registry/schema-registry.ts';
import { aborted } from '../stream/aborted.ts';
import { Fault } from '../stream/fault.ts';
import { memberKeys } from '../wire/member-key.ts';
import { topicNames } from '../wire/topics.ts';
import { evidenceOf } from './demo/evidence.ts';
import type { Encoding } from './demo/keyed-records.ts';
import { localDeployment } from './demo/local-deployment.ts';
import type { LocalDeployment } from './demo/local-deployment.ts';
import { readPlanted } from './demo/planted.ts';
import { prove } from './demo/proof.ts';
import { screen } from './demo/screen.ts';
import type { Outcome } from './demo/screen.ts';
import { streamThroughKill } from './demo/stream-through-kill.ts';
import { plantedCases, rejectCounts, statusCounts } from './demo/summary.ts';
import { makeWorld } from './demo/world.ts';

export type DemoOptions = {
  readonly claims: number;
  /** Claims a second. */
  readonly rate: number;
  readonly seed: number;
  /** Leaves everything running until `signal`. */
  readonly keep: boolean;
  readonly json: boolean;
  /** Takes one line of standard output. */
  readonly print: (line: string) => void;
  /** Takes one line of standard error. */
  readonly complain: (line: string) => void;
  readonly signal: AbortSignal;
};

const PLANTED = join(import.meta.dirname, '../../deploy/demo/planted-claims.json');
/** Two lanes for each worker; those of one that was killed are given away when its session has run out. */
const SETTINGS = { LANES: '4', SESSION_TIMEOUT_MS: '6000' };

/** The whole system on servers of its own, with a worker killed in the middle. Answers whether every claim was answered exactly once. */
export async function demo(options: DemoOptions): Promise<boolean> {
  const { complain, signal } = options;
  const started = performance.now();
  const say = (text: string): void => {
    complain(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
  };
  say('starting Kafka, the schema registry and Redis');
  const stack = await startStack().catch((error: unknown) => {
    complain(String(error));
    throw new Fault('the servers of the demo did not start', { retryable: false });
  });
  const deployment = localDeployment(stack, SETTINGS);
  try {
    const outcome = await perform({ ...options, deployment, folder: stack.folder, say });
    options.print(options.json ? JSON.stringify(outcome) : screen(outcome));
    if (options.keep) {
      for (const line of whereItRuns(deployment, stack.folder)) complain(line);
      await aborted(signal);
    }
    return outcome.proof.holds;
  } catch (error) {
    if (!signal.aborted) throw error;
    say('stopped before the end');
    return false;
  } finally {
    say('stopping everything');
    await deployment.stopWorkers();
    await stack.stop();
  }
}

type Stage = DemoOptions & {
  readonly deployment: LocalDeployment;
  readonly folder: string;
  readonly say: (text: string) => void;
};

async function perform(stage: Stage): Promise<Outcome> {
  const { deployment, folder, say, signal } = stage;
  const { config } = deployment;
  const planted = readPlanted(PLANTED);
  const world = await makeWorld({ count: stage.claims, seed: stage.seed, planted, folder: join(folder, 'synthetic') });
  const policy = await loadPolicyBundle(config.policy.directory);
  signal.throwIfAborted();
  say('making the topics and registering the schemas');
  await deployment.run('provision');
  const encoding: Encoding = {
    topics: topicNames(config.topics.prefix),
    keys: memberKeys(config.members.keySecret),
    codecs: await openCodecs(schemaRegistry(config.registry), config.topics.prefix),
  };
  const { journal, times } = await streamThroughKill({ ...stage, world, encoding });
  say('reading everything back and adjudicating the same claims in memory');
  const { evidence, answered } = await evidenceOf({ journal, world, policy, codecs: encoding.codecs });
  const responses = answered.map(({ response }) => response);
  return {
    planted: plantedCases(planted, answered),
    statuses: statusCounts(responses),
    rejects: rejectCounts(responses),
    times,
    proof: prove(evidence),
  };
}

/** For a shell, so that every command of the program finds the servers. */
function whereItRuns(deployment: LocalDeployment, folder: string): readonly string[] {
  const workers = deployment.workers.filter(({ running }) => running);
  return [
    '',
    'Everything runs until Ctrl-C. For the other commands, in another shell:',
    ...Object.entries(deployment.environment).map(([name, value]) => `export ${name}=${value}`),
    ...workers.map(({ name, adminUrl }) => `${name}: ${adminUrl}/metrics`),
    `claims and reference data, and all logs: ${folder}`,
  ];
}
