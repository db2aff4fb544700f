import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Environment = Readonly<Record<string, string>>;

/** A line of a worker's log, with those of its fields that are looked at. */
export type LogLine = {
  readonly msg: string;
  readonly adminUrl?: string;
  readonly lane?: number;
  readonly lanes?: readonly number[];
  readonly restoredRecords?: number;
};

export type WorkerOptions = {
  readonly name: string;
  /** Told of every line of the log. */
  readonly onLog?: (line: LogLine) => void;
  readonly nodeOptions?: readonly string[];
};

export type WorkerProcess = {
  readonly name: string;
  /** Where `/metrics` is; empty until it has started. */
  readonly adminUrl: string;
  /** Settles with its first lane; rejects when the process ends before that. */
  readonly serving: Promise<void>;
  /** Sends a signal and waits for the end of the process. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

type Start = WorkerOptions & { readonly main: string; readonly environment: Environment; readonly folder: string };

/** `adjudicator start` as a process; its log is kept in the folder. */
export function startWorker({ name, onLog, nodeOptions = [], main, environment, folder }: Start): WorkerProcess {
  const child = spawn(process.execPath, [...nodeOptions, main, 'start'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  const logFile = join(folder, `${name}.log`);
  child.stderr.pipe(createWriteStream(logFile));
  let adminUrl = '';
  const serving = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (text) => {
      const line = logLine(text);
      adminUrl = line.adminUrl ?? adminUrl;
      if (line.msg === 'lane serving') resolve();
      onLog?.(line);
    });
    void ended.then(() => {
      reject(new Error(`${name} ended before it served: its log is ${logFile}`));
    });
  });
  return {
    name,
    get adminUrl() {
      return adminUrl;
    },
    serving,
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

/** What Node itself writes is no JSON. */
function logLine(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return { msg: text };
  }
}
