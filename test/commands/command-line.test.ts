import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'command-line-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ENVIRONMENT = {
  KAFKA_BROKERS: '127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1',
  MEMBER_KEY_SECRET: 'synthetic-secret-of-a-test',
};

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

const adjudicator = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['src/main.ts', ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });

describe('the program exits with', () => {
  test.each<[number, string, readonly string[], string]>([
    [0, 'the help that was asked for', ['--help'], ''],
    [2, 'no command', [], 'Usage: adjudicator'],
    [2, 'a command that it does not have', ['adjudge'], "unknown command 'adjudge'"],
    [2, 'an option that it does not have', ['produce', '--colour'], "unknown option '--colour'"],
    [2, 'a number that is none', ['produce', '--count', '0'], "option '--count <claims>' argument '0' is invalid"],
    [2, 'a share above one', ['produce', '--rejects', '1.1'], "option '--rejects <share>' argument '1.1' is invalid"],
    [
      2,
      'shares that leave no room',
      ['produce', '--rejects', '0.9', '--resends', '0.1'],
      'the shares leave no room for fills',
    ],
    [2, 'a day that does not exist', ['produce', '--start-date', '2026-02-30'], "argument '2026-02-30' is invalid"],
    [2, 'settings that are missing', ['start'], 'KAFKA_BROKERS is not set'],
    [2, 'a file that is not there', ['adjudicate', 'none.jsonl'], 'adjudicator: none.jsonl: ENOENT'],
    [2, 'a policy that is not there', ['adjudicate', '-', '--policy', 'none'], 'adjudicator: none: ENOENT'],
  ])('%i for %s', async (code, _what, ...[args, message]) => {
    const ended = await adjudicator(args);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(message);
  });

  test('69 when a server is away, and says which names are not its own', async () => {
    const ended = await adjudicator(['produce', '--count', '1'], { ...ENVIRONMENT, KAFKA_BROKER: 'x' });
    expect([ended.code, ended.stdout]).toEqual([69, '']);
    expect(ended.stderr).toContain('KAFKA_BROKER is not a variable of the adjudicator\n');
    expect(ended.stderr).toContain('adjudicator: the schema registry did not answer');
  });

  test('1 when a line of the claims cannot be read', async () => {
    const { code, stderr } = await adjudicator(['adjudicate', 'package.json']);
    expect(code).toBe(1);
    expect(stderr).toContain('package.json:1: not JSON');
  });
});

describe('the program prints', () => {
  test('the settings in force without their secrets', async () => {
    const { code, stdout } = await adjudicator(['--print-config'], ENVIRONMENT);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ KAFKA_BROKERS: '127.0.0.1:1', MEMBER_KEY_SECRET: '***', LANES: '4' });
  });

  test('answers to the claims that it has written before, without a server', async () => {
    const produced = await adjudicator(['produce', '--files', folder, '--count', '20', '--json']);
    const { claims, reference } = JSON.parse(produced.stdout) as {
      readonly claims: string;
      readonly reference: string;
    };
    expect(readdirSync(folder).sort()).toEqual(['claims.jsonl', 'reference.jsonl']);
    const { code, stdout, stderr } = await adjudicator(['adjudicate', claims, '--reference', reference]);
    expect([code, stderr, stdout.trimEnd().split('\n').length]).toEqual([0, '', 20]);
  });
});
