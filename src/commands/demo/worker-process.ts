import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { Fault } from '../../stream/fault.ts';

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
  readonly running: boolean;
  /** Where `/metrics` is; empty until it has started. */
  readonly adminUrl: string;
  /** Settles with its first lane; rejects when the process ends before that. */
  readonly serving: Promise<void>;
  /** Sends a signal and waits for the end of the process. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

/** Run in the worker before anything else: the channel to this process closes whatever it is that ends this process. */
const END_WITH_PARENT =
  "data:text/javascript,process.once('disconnect', () => process.exit()); process.channel.unref();";

/** With servers that do not answer, a worker may not come to its end by itself. */
const STOP_MS_MAX = 10_000;

type Start = WorkerOptions & { readonly main: string; readonly environment: Environment; readonly folder: string };

/** `adjudicator start` as a process; its log is kept in the folder. */
export function startWorker({ name, onLog, nodeOptions = [], main, environment, folder }: Start): WorkerProcess {
  const child = spawn(process.execPath, [...nodeOptions, '--import', END_WITH_PARENT, main, 'start'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit');
  const log = child.stderr as Readable;
  log.pipe(createWriteStream(join(folder, `${name}.log`)));
  let [adminUrl, lastLine] = ['', ''];
  const serving = new Promise<void>((resolve, reject) => {
    createInterface({ input: log }).on('line', (text) => {
      lastLine = text;
      const line = logLine(text);
      adminUrl = line.adminUrl ?? adminUrl;
      if (line.msg === 'lane serving') resolve();
      onLog?.(line);
    });
    void ended.then(() => {
      reject(new Fault(`${name} ended before it served, and said last: ${lastLine}`, { retryable: false }));
    });
  });
  return {
    name,
    get running() {
      return child.exitCode === null && child.signalCode === null;
    },
    get adminUrl() {
      return adminUrl;
    },
    serving,
    end: async (signal) => {
      child.kill(signal);
      const overdue = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
      await ended;
      clearTimeout(overdue);
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
