import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { adjudicate } from '../../src/commands/adjudicate.ts';
import { writeSyntheticFiles } from '../../src/commands/synthetic-files.ts';
import type { SyntheticFiles } from '../../src/commands/synthetic-files.ts';
import { day } from '../builders.ts';

const folder = mkdtempSync(join(tmpdir(), 'adjudicate-'));
const file = (name: string): string => join(folder, name);
let files: SyntheticFiles;
beforeAll(async () => {
  const mix = { rejects: 0.2, resends: 0.1, reversals: 0.1 };
  files = await writeSyntheticFiles({ seed: 5, members: 40, count: 200, startDate: day('2026-08-03'), mix }, folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Line = Readonly<Record<string, unknown>>;
const linesOf = (path: string): readonly Line[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
const linesTo = (name: string, lines: readonly (Line | string)[]): string => {
  writeFileSync(file(name), lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return file(name);
};

async function run({
  claims = files.claims,
  reference = files.reference,
}: {
  claims?: string;
  reference?: string | null;
}) {
  const complaints: string[] = [];
  const [out, events, accounts] = [file('out'), file('events'), file('accounts')];
  const policyDirectory = 'deploy/policy';
  const complain = (line: string) => void complaints.push(line.replace(`${folder}/`, ''));
  const good = await adjudicate({ claims, reference, policyDirectory, out, events, accounts, complain });
  return { good, complaints, answers: linesOf(out), events: linesOf(events), accounts: linesOf(accounts) };
}

const statusOf = ({ transactionResponseStatus }: Line) => transactionResponseStatus;

describe('adjudicating a file', () => {
  test('answers every claim in its order', async () => {
    const { good, answers, complaints } = await run({});
    const [sent, answered] = [linesOf(files.claims), answers].map((lines) =>
      lines.map(({ transmissionId }) => transmissionId),
    );
    expect(answered).toEqual(sent);
    expect([good, complaints]).toEqual([true, []]);
  });

  test('writes an accrual for every payment and a reversal for every one taken back, but not for 340B stock', async () => {
    const { answers, events } = await run({});
    const discounted = answers.filter(({ flags }) => (flags as readonly string[]).includes('340B'));
    const free = new Set(discounted.map(({ authorizationNumber }) => authorizationNumber));
    const owed = answers.filter(({ authorizationNumber }) => !free.has(authorizationNumber));
    const answered = (status: string) => owed.filter((answer) => statusOf(answer) === status).length;
    const written = (type: string) => events.filter((event) => event['type'] === type).length;
    expect(free.size).toBeGreaterThan(0);
    const rebilled = owed.filter((answer) => statusOf(answer) === 'P' && answer['rebillOf'] !== null).length;
    expect(rebilled).toBeGreaterThan(0);
    expect([written('ACCRUAL'), written('REVERSAL')]).toEqual([answered('P'), answered('A') + rebilled]);
  });

  test('gives the same bytes when it is done again', async () => {
    const once = await run({});
    expect(await run({})).toEqual(once);
  });

  test('goes on in a later run from the accounts of an earlier one', async () => {
    const { accounts } = await run({});
    const claims = linesOf(files.claims).filter((claim) => claim['transactionCode'] === 'B1');
    const reference = linesTo('both', [...linesOf(files.reference), ...accounts]);
    const { answers } = await run({ claims: linesTo('again', claims), reference });
    const again = answers.filter((answer) => statusOf(answer) === 'D');
    expect(again.length).toBeGreaterThan(100);
  });

  test('rejects claims of members that are not on file', async () => {
    const { answers } = await run({ reference: null });
    expect(answers.filter((answer) => ['P', 'D', 'A'].includes(String(statusOf(answer))))).toEqual([]);
  });

  test('names the lines of claims that it cannot read, and answers the others', async () => {
    const [first = {}, second = {}] = linesOf(files.claims);
    const claims = linesTo('claims', [
      first,
      'no JSON',
      { ...second, receivedAt: 'noon' },
      { ...second, colour: 1 },
      second,
    ]);
    const { good, complaints, answers } = await run({ claims });
    expect(complaints).toEqual([
      'claims:2: not JSON',
      "claims:3: receivedAt: expected a time such as '2026-08-03T16:00:00Z'",
      'claims:4: colour: no such field',
    ]);
    expect([good, answers.length]).toEqual([false, 2]);
  });

  test.each<[string, Line | string, string]>([
    ['no JSON', '{', 'not JSON'],
    ['a topic that is none of the reference topics', { topic: 'rx.claims.v1', value: {} }, 'topic: '],
    [
      'authorizations of nobody',
      { topic: 'rx.prior-authorizations.v1', value: { authorizations: [] } },
      'cardholderId: missing',
    ],
    [
      'a record that is not whole',
      { topic: 'rx.coverage.v1', value: { firstName: 'ADA' } },
      'value: cardholderId: missing',
    ],
    [
      'a word that it does not know',
      {
        topic: 'rx.participation.v1',
        value: {
          model: 'M',
          participantType: 'PHARMACY',
          participantId: '1',
          status: 'PERHAPS',
          effective: '2026-01-01',
        },
      },
      'value: a word or a span of days that this version does not know',
    ],
  ])('names a line of reference data with %s', async (_what, line, problem) => {
    const { good, complaints } = await run({ reference: linesTo('reference', [line]) });
    expect(good).toBe(false);
    expect(complaints[0]).toMatch(new RegExp(`^reference:1: ${problem}`));
  });

  test('tells no value of a line that it cannot read', async () => {
    const planted = {
      topic: 'rx.coverage.v1',
      value: { cardholderId: 7, firstName: 'QUILLON', dateOfBirth: 'QUILLON' },
    };
    const claims = linesTo('claims', [
      { transmissionId: 'QUILLON', receivedAt: 'QUILLON', transactionIndex: 'QUILLON' },
      '"QUILLON',
    ]);
    const { complaints } = await run({ claims, reference: linesTo('reference', [planted]) });
    expect(complaints.length).toBeGreaterThan(4);
    expect(complaints.join()).not.toContain('QUILLON');
  });
});
