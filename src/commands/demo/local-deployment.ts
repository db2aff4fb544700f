import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { readConfig } from '../../config.ts';
import type { Config } from '../../config.ts';
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
  /** Resolves when the worker serves its first lane. */
  startWorker(options: WorkerOptions): Promise<WorkerProcess>;
  /** Asks all workers to stop, those that are still starting too, and waits for them. */
  stopWorkers(): Promise<void>;
};

const MAIN = join(import.meta.dirname, '../../main.ts');

/** `settings` are variables of the environment; whatever else is set around this process does not reach the others. */
export function localDeployment(servers: Servers, settings: Environment): LocalDeployment {
  const environment = { ...servers.environment, ...ALWAYS, ...settings };
  const started: WorkerProcess[] = [];
  return {
    environment,
    config: readConfig(environment),
    run: async (...args) => (await promisify(execFile)(process.execPath, [MAIN, ...args], { env: environment })).stdout,
    startWorker: async (options) => {
      const worker = startWorker({ main: MAIN, environment, folder: servers.folder, ...options });
      started.push(worker);
      await worker.serving;
      return worker;
    },
    stopWorkers: async () => {
      await Promise.all(started.map((worker) => worker.end('SIGTERM')));
    },
  };
}

/** Ports of the workers are free ones. */
const ALWAYS = { MEMBER_KEY_SECRET: 'synthetic-secret-of-synthetic-members', ADMIN_PORT: '0' };
