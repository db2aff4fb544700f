import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { spoiled } from '../adapters/files/spoiled-policy.ts';
import { policyFolder } from './policy-folder.ts';

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
    [0, 'acceptance cases that hold', ['scenarios', 'test/scenarios/b-boundary-with-part-d.json'], ''],
    [2, 'acceptance cases that are nowhere', ['scenarios', 'none'], 'none: no such file or folder'],
    [0, 'a policy that can be used', ['policy', 'check'], ''],
    [2, 'a policy to check that is not there', ['policy', 'check', 'none'], 'adjudicator: none: ENOENT'],
    [0, 'a policy and itself', ['policy', 'diff', 'deploy/policy', 'deploy/policy'], ''],
    [
      2,
      'a policy that is compared with none',
      ['policy', 'diff', 'deploy/policy', 'none'],
      'adjudicator: none: ENOENT',
    ],
    [2, 'claims that are nowhere', ['what-if', '--policy', 'deploy/policy'], 'what-if needs --file or --topic'],
    [
      2,
      'claims that are in two places',
      ['what-if', '--policy', 'deploy/policy', '--file', '-', '--topic'],
      "option '--topic' cannot be used with option '--file <claims>'",
    ],
    [
      2,
      'a place in a topic that is none',
      ['what-if', '--policy', 'deploy/policy', '--topic', '--from', 'yesterday'],
      "option '--from <place>' argument 'yesterday' is invalid",
    ],
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

  test('1 when a policy cannot be used, or differs from another', async () => {
    const folders = [
      spoiled('messages.json', ['messages'], { '99': 'HOST ERROR' }),
      spoiled('messages.json', ['messages'], { '79': 'LATER' }),
    ].map(policyFolder);
    const [bad = '', other = ''] = folders;
    const [checked, compared] = [
      await adjudicator(['policy', 'check', bad, '--json']),
      await adjudicator(['policy', 'diff', 'deploy/policy', other]),
    ];
    expect([checked.code, compared.code]).toEqual([1, 1]);
    expect(JSON.parse(checked.stdout)).toMatchObject({ usable: false });
    expect(compared.stdout).toMatch(/^messages\.json: text 79 ".*" -> LATER\n$/);
    for (const each of folders) rmSync(each, { recursive: true });
  });

  test('1 when one wrong expectation is planted in the acceptance cases, and says which and what is right', async () => {
    const own = readFileSync('test/scenarios/a-routing-and-eligibility.json', 'utf8');
    const planted = own
      .replace('"base/', `"${join(process.cwd(), 'test/scenarios/base/')}`)
      .replace('"patientPayAmount": "50.00"', '"patientPayAmount": "49.99"');
    const file = join(folder, 'planted.json');
    writeFileSync(file, planted);
    const { code, stdout } = await adjudicator(['scenarios', file]);
    expect(code).toBe(1);
    expect(stdout).toContain('FAIL S01');
    expect(stdout).toContain('step 1, pricing.patientPayAmount: expected "49.99", got "50.00"');
    expect(stdout).toMatch(/ cases in 1 files, 1 failed\n$/);
    rmSync(file);
  });

  test('1 when a line of the claims cannot be read', async () => {
    const { code, stderr } = await adjudicator(['adjudicate', 'package.json']);
    expect(code).toBe(1);
    expect(stderr).toContain('package.json:1: not JSON');
    const whatIf = await adjudicator(['what-if', '--policy', 'deploy/policy', '--file', 'package.json']);
    expect([whatIf.code, whatIf.stderr]).toEqual([1, expect.stringContaining('package.json:1: not JSON')]);
    expect(whatIf.stdout).toContain('0 claims, none answered otherwise');
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
    const files = ['--file', claims, '--reference', reference, '--json'];
    const whatIf = await adjudicator(['what-if', '--policy', 'deploy/policy', ...files]);
    expect(JSON.parse(whatIf.stdout)).toMatchObject({ claims: 20, changed: 0 });
  });
});
