import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const RUN_GUARDED = join(import.meta.dirname, 'run-guarded.sh');
const KEEP_FOLDER = join(import.meta.dirname, 'keep-folder.sh');

/** What to run. `log` is a file in the stack's folder that gets all that the program prints. */
export type Program = {
  readonly log: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly workingFolder: string;
};

export type GuardedProcess = {
  readonly pid: number;
  /** Settles with the exit code when the process is gone; 128 and more are signals, as in a shell. */
  readonly ended: Promise<number>;
};

/** The one folder of a stack. It goes, with every process that was run in it, when the process that opened it goes. */
export type StackFolder = {
  readonly path: string;
  run(program: Program): Promise<GuardedProcess>;
  /** To be called once all its processes have ended. */
  remove(): Promise<void>;
};

export async function openStackFolder(): Promise<StackFolder> {
  const keeper = guard([KEEP_FOLDER], ['pipe', 'pipe', 'inherit']);
  const removed = once(keeper, 'exit');
  const path = await firstLine(keeper);

  return {
    path,
    async run({ log, command, arguments: rest, workingFolder }) {
      // The keeper's pipe is passed on as descriptor 3: the folder waits for this process too.
      const runner = guard(
        [RUN_GUARDED, log, command, ...rest],
        ['pipe', 'pipe', 'ignore', keeper.stdin],
        workingFolder,
      );
      const ended = once(runner, 'exit').then(([code]) => (code as number | null) ?? KILLED);
      return { pid: Number(await firstLine(runner)), ended };
    },
    async remove() {
      // Not end(): that would shut the pipe for those who share it, and the keeper would not wait for them.
      keeper.stdin?.destroy();
      await removed;
    },
  };
}

const KILLED = 137;

/** Detached: Ctrl-C in a terminal reaches the command alone, which stops its servers in order. */
function guard(
  script: readonly string[],
  stdio: Parameters<typeof spawn>[2]['stdio'],
  workingFolder?: string,
): ChildProcess {
  return spawn('/bin/sh', script, {
    stdio,
    detached: true,
    env: environment(),
    ...(workingFolder && { cwd: workingFolder }),
  });
}

/** Hardly anything: a variable of the developer's must not change the settings of a server. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, LANG: 'C.UTF-8', ...(TMPDIR && { TMPDIR }) };
}

async function firstLine(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout as Readable });
  for await (const line of lines) return line;
  throw new Error(`${child.spawnargs.join(' ')} ended before it said anything`);
}
