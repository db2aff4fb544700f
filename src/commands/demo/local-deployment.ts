import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { readConfig } from '../../config.ts';
import type { Config } from '../../config.ts';
import { Fault } from '../../stream/fault.ts';
import { startWorker } from './worker-process.ts';
import type { Environment, WorkerOptions, WorkerProcess } from './worker-process.ts';

/** What a deployment needs to know of the servers it is on. */
export type Servers = { readonly folder: string; readonly environment: Environment };

/** The program on servers of this machine, each command a process of its own, as in production. */
export type LocalDeployment = {
  readonly environment: Environment;
  readonly config: Config;
  /** Runs a command to its end and answers what it printed. */
  run(...args: readonly string[]): Promise<string>;
  /** All that were started, in order. */
  readonly workers: readonly WorkerProcess[];
  /** Resolves when the worker serves its first lane. */
  startWorker(options: WorkerOptions): Promise<WorkerProcess>;
  /** Asks all workers to stop, those that are still starting too, and waits for them. */
  stopWorkers(): Promise<void>;
};

const MAIN = join(import.meta.dirname, '../../main.ts');

/** `settings` are variables of the environment; whatever else is set around this process does not reach the others. */
export function localDeployment(servers: Servers, settings: Environment): LocalDeployment {
  const environment = { ...servers.environment, ...ALWAYS, ...settings };
  const workers: WorkerProcess[] = [];
  return {
    environment,
    config: readConfig(environment),
    workers,
    run: (...args) => run(args, environment),
    startWorker: async (options) => {
      const worker = startWorker({ main: MAIN, environment, folder: servers.folder, ...options });
      workers.push(worker);
      await worker.serving;
      return worker;
    },
    stopWorkers: async () => {
      await Promise.all(workers.map((worker) => worker.end('SIGTERM')));
    },
  };
}

/** Ports of the workers are free ones. */
const ALWAYS = { MEMBER_KEY_SECRET: 'synthetic-secret-of-synthetic-members', ADMIN_PORT: '0' };

async function run(args: readonly string[], env: Environment): Promise<string> {
  try {
    return (await promisify(execFile)(process.execPath, [MAIN, ...args], { env })).stdout;
  } catch (error) {
    const { stderr } = error as { readonly stderr: string };
    throw new Fault(`the command ${args.join(' ')} has failed: ${stderr}`, { retryable: false });
  }
}
