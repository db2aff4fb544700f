import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Command, CommanderError } from 'commander';
import { afterAll, describe, expect, test } from 'vitest';

import { addExplain } from '../../src/commands/explain-command.ts';
import { toJson } from '../../src/wire/json.ts';
import { aRecord } from '../wire/claim-record.ts';

type Ended = { readonly code: number; readonly out: string; readonly err: string };

/** Runs the command in this process, as the program would. */
async function explain(...args: readonly string[]): Promise<Ended> {
  let [code, out, err] = [0, '', ''];
  const program = new Command().exitOverride().configureOutput({ writeErr: (text) => void (err += text) });
  addExplain(program, {
    env: {},
    print: (line) => void (out += line),
    complain: (line) => void (err += line),
    untilStopped: () => new AbortController().signal,
    exitWith: (exitCode) => void (code = exitCode),
  });
  try {
    await program.parseAsync(['explain', ...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = error.exitCode;
  }
  return { code, out, err };
}

describe('the command refuses', () => {
  test.each<[string, readonly string[], string]>([
    ['to explain nothing', [], 'name a claim by --file, --position or --authorization'],
    [
      'two names for one claim',
      ['--file', 'f', '--claim', '1', '--authorization', 'A'],
      'one way to name the claim is enough',
    ],
    ['a line of no file', ['--claim', '1'], '--reference and --claim go with --file'],
    ['a place on the topic in a file', ['--file', 'f', '--position', '0/1'], 'not in a file'],
    ['a place that is none', ['--position', '0-1'], 'such as 3/1742'],
  ])('%s', async (_what, args, message) => {
    const { code, err } = await explain(...args);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});

describe('a claim of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'explain-command-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const claims = join(folder, 'claims.jsonl');
  writeFileSync(claims, JSON.stringify(toJson('Claim', aRecord())));

  test('is printed as text, and as JSON where asked', async () => {
    const text = await explain('--file', claims);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toMatch(/^B1 {2}of 2026-08-03 {2}R rejected/);
    const { out } = await explain('--file', claims, '--claim', '1', '--json');
    expect(JSON.parse(out)).toMatchObject({ status: 'R', rejects: [{ code: '52' }] });
  });

  test('that is not there ends with 1', async () => {
    expect(await explain('--file', claims, '--claim', '9')).toEqual({
      code: 1,
      out: '',
      err: 'there is no such claim in the file',
    });
  });
});
