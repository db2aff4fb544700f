import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Step } from '../../src/stream/ports.ts';

export type WorkerProcess = {
  /** Resolves with the signal or the exit code. */
  readonly ended: Promise<NodeJS.Signals | number | null>;
  readonly logFile: string;
  signal(signal: NodeJS.Signals): void;
  /** Whether it stands still, by SIGSTOP. */
  isStopped(): Promise<boolean>;
  /** SIGTERM, and waits. */
  stop(): Promise<void>;
};

export type SignalAt = { readonly step: Step; readonly nth: number; readonly signal: NodeJS.Signals };

const running = new Set<ChildProcess>();

/** Starts a worker as a process of its own; its log goes to the stack's folder. */
export function startWorker(environment: NodeJS.ProcessEnv, folder: string, signalAt?: SignalAt): WorkerProcess {
  const script = join(import.meta.dirname, 'worker-process.ts');
  const args = signalAt ? [signalAt.step, String(signalAt.nth), signalAt.signal] : [];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const logFile = join(folder, `worker-${String(child.pid)}.log`);
  child.stderr.pipe(createWriteStream(logFile));
  running.add(child);
  const ended = once(child, 'exit').then(([code, signal]: (NodeJS.Signals | number | null)[]) => {
    running.delete(child);
    return signal ?? code ?? null;
  });
  const signal = (name: NodeJS.Signals): void => {
    child.kill(name);
  };
  return {
    ended,
    logFile,
    signal,
    isStopped: async () => {
      const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=', '-p', String(child.pid)]);
      return stdout.trim().startsWith('T');
    },
    stop: async () => {
      signal('SIGTERM');
      await ended;
    },
  };
}

/** Ends whatever a failed test has left behind. */
export function killAllWorkers(): void {
  for (const child of running) child.kill('SIGKILL');
}
