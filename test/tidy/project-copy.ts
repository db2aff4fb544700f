import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

const NOT_COPIED = /^(node_modules|coverage|reports|docs|\..*)$/;

type Answer = { readonly status: number | null; readonly output: string };

export type ProjectCopy = {
  readonly folder: string;
  readonly plant: (path: string, text: string) => void;
  /** `npm run` with the project's own scripts: the exit code, and all that was printed. */
  readonly npmRun: (command: string) => Answer;
  readonly remove: () => void;
};

/** The project once more, in a temporary folder: what is planted there is in nobody's way and cannot be committed. */
export function copyOfProject(): ProjectCopy {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'balance-tidy-')));
  for (const entry of readdirSync(ROOT, { withFileTypes: true })) {
    const copied = entry.isFile() || !NOT_COPIED.test(entry.name);
    if (copied) cpSync(join(ROOT, entry.name), join(folder, entry.name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    plant: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    npmRun: (command) => npmRun(command, folder),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

function npmRun(command: string, folder: string): Answer {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const { status, stdout, stderr } = spawnSync(`npm run --silent ${command}`, {
    shell: true,
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, output: stdout + stderr };
}
