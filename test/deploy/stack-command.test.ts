import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const STACK = join(import.meta.dirname, '../../deploy/local/stack.ts');
/** For the machine, not for the code: what is expected comes or does not come, however slow the machine is. */
const PATIENCE = { timeout: 60_000, interval: 50 };

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'stack-command-test-'));
});
afterEach(() => {
  rmSync(temporary, { recursive: true });
});

type Command = ChildProcessByStdio<null, Readable, Readable>;

const stackCommand = (): Command =>
  spawn(process.execPath, [STACK], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TMPDIR: temporary } });

/** What it says of itself until it is ready: the processes of its servers and its folder. */
async function untilReady(command: Command): Promise<{ pids: number[]; folder: string }> {
  const pids: number[] = [];
  for await (const line of createInterface({ input: command.stderr })) {
    const pid = /process (\d+)$/.exec(line)?.[1];
    if (pid !== undefined) pids.push(Number(pid));
    const folder = /^Ready\. .* (\S+) until Ctrl-C\.$/.exec(line)?.[1];
    if (folder !== undefined) return { pids, folder };
  }
  throw new Error('the stack ended before it was ready');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the stack command', () => {
  test('prints the addresses and, asked to stop, leaves nothing behind', async () => {
    const command = stackCommand();
    const printed = text(command.stdout);
    const { pids, folder } = await untilReady(command);
    expect(pids.map(isAlive)).toEqual([true, true, true]);
    expect(existsSync(folder)).toBe(true);
    command.kill('SIGINT');
    expect(await once(command, 'exit')).toEqual([0, null]);
    expect(pids.map(isAlive)).toEqual([false, false, false]);
    expect(readdirSync(temporary)).toEqual([]);
    expect((await printed).replaceAll(/\d{5}/g, 'PORT')).toBe(
      'export KAFKA_BROKERS=127.0.0.1:PORT\n' +
        'export SCHEMA_REGISTRY_URL=http://127.0.0.1:PORT/apis/ccompat/v7\n' +
        'export REDIS_URL=redis://127.0.0.1:PORT\n',
    );
  });

  test('leaves no process and no folder behind when it is killed', async () => {
    const command = stackCommand();
    const { pids, folder } = await untilReady(command);
    expect(pids.map(isAlive)).toEqual([true, true, true]);
    expect(readdirSync(temporary).map((name) => join(temporary, name))).toEqual([folder]);
    command.kill('SIGKILL');
    await expect.poll(() => pids.filter(isAlive), PATIENCE).toEqual([]);
    await expect.poll(() => readdirSync(temporary), PATIENCE).toEqual([]);
  });

  test('leaves nothing behind when it is killed while its servers start', async () => {
    const command = stackCommand();
    await expect.poll(() => readdirSync(temporary, { recursive: true }).join(' '), PATIENCE).toContain('kafka.log');
    command.kill('SIGKILL');
    await expect.poll(() => readdirSync(temporary), PATIENCE).toEqual([]);
  });
});
