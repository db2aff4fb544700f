import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
    ['a request without a file of requests', ['--request', '1'], '--request goes with --requests'],
    ['claims and requests at once', ['--requests', 'r', '--file', 'f'], '--requests is a file of its own'],
    ['a place that is none', ['--position', '0-1'], 'such as 3/1742'],
  ])('%s', async (_what, args, message) => {
    const { code, err } = await explain(...args);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'explain-command-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a request of a file', () => {
  const example = JSON.parse(readFileSync('schemas/examples/prior-authorization-request.json', 'utf8')) as object;
  const request = (changes: object = {}): string => JSON.stringify({ ...example, ...changes });
  const fileOf = (...lines: readonly string[]): string => {
    const path = join(folder, 'requests.jsonl');
    writeFileSync(path, lines.join('\n'));
    return path;
  };
  const NONE_QUALIFIES = { requestId: 'R2', bmiAtInitiation: '28.0', bloodPressure: null };

  test('is printed as text, and as JSON where asked', async () => {
    const requests = fileOf(request(), request(NONE_QUALIFIES));
    const text = await explain('--requests', requests);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out.split('\n').slice(0, 4)).toEqual([
      'request R2  for WEGOVY  DENIED',
      '  NO_QUALIFYING_CONDITION',
      '  a claim is answered with 3Y: PRIOR AUTHORIZATION WAS DENIED: NO QUALIFYING CONDITION. PRESCRIBER MAY SEND A NEW REQUEST',
      'on file DENIED, 2026-07-08 to 2027-12-31',
    ]);
    expect(text.out).toContain('    looked at   bmiAtInitiation                             28.0');
    expect(text.out).toContain('    decided by  criteria[].tiers[].bmiMin                   35.0, 30.0, 27.0');
    expect(text.out).not.toContain('1EG4TE5MK73');
    const { out } = await explain('--requests', requests, '--request', '1', '--json');
    expect(JSON.parse(out)).toMatchObject({ decision: 'APPROVED', reasons: [], repeated: false });
  });

  test('is explained on the decisions of the lines before it, those of other people apart', async () => {
    const requests = fileOf(
      request(NONE_QUALIFIES),
      request({ ...NONE_QUALIFIES, requestId: 'R3', cardholderId: '1EG4TE5MK72' }),
      request({ requestId: 'R4' }),
      request({ requestId: 'R4', typeTwoDiabetes: true }),
    );
    const [third, fourth] = [
      await explain('--requests', requests, '--request', '3', '--json'),
      await explain('--requests', requests, '--json'),
    ];
    expect(JSON.parse(third.out)).toMatchObject({ decision: 'APPROVED', replaces: 1 });
    expect(JSON.parse(fourth.out)).toMatchObject({ decision: 'APPROVED', repeated: true });
  });

  test('that cannot be read is told by its fields, and one that is not there ends with 1', async () => {
    const requests = fileOf(request({ priorStroke: null }));
    expect((await explain('--requests', requests)).out).toContain('cannot be decided by its field priorStroke');
    expect(await explain('--requests', requests, '--request', '9')).toEqual({
      code: 1,
      out: '',
      err: 'there is no such request in the file',
    });
  });
});

describe('a claim of a file', () => {
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
