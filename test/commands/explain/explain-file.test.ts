import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { explainFile, type ExplainFileOptions } from '../../../src/commands/explain/explain-file.ts';
import { traceJson } from '../../../src/commands/explain/trace-json.ts';
import { traceText } from '../../../src/commands/explain/trace-text.ts';
import { CalendarDate } from '../../../src/values/calendar-date.ts';
import { toJson } from '../../../src/wire/json.ts';
import type { ClaimRecord } from '../../../src/wire/records.ts';
import { aCoverage, anAuthorization, day, noonOf } from '../../builders.ts';
import { writePriorAuthorizations } from '../../../src/wire/prior-authorizations.ts';
import { aQuestion, aRecord, aReversal, type Changes } from '../../wire/claim-record.ts';
import { writeCoverage } from '../../wire/reference-records.ts';

const folder = mkdtempSync(join(tmpdir(), 'explain-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const linesTo = (name: string, lines: readonly (object | string)[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path;
};
const claimsTo = (records: readonly (ClaimRecord | string)[]): string =>
  linesTo(
    'claims.jsonl',
    records.map((record) => (typeof record === 'string' ? record : (toJson('Claim', record) as object))),
  );

const cardholderId = '1EG4TE5MK73';
const coverage = writeCoverage(aCoverage({ firstName: 'Sample', lastName: 'Member' }));
const authorization = writePriorAuthorizations([anAuthorization()]);
const reference = linesTo('reference.jsonl', [
  { topic: 'rx.coverage.v1', value: toJson('Coverage', coverage) },
  { topic: 'rx.prior-authorizations.v1', cardholderId, value: toJson('PriorAuthorization', authorization) },
]);

const on = (date: string, changes: Changes = {}): ClaimRecord =>
  aRecord({
    transmissionId: date,
    receivedAt: noonOf(date),
    dateOfService: CalendarDate.toEpochDay(day(date)),
    ...changes,
  });

const paid = aRecord();
const tooSoon = on('2026-08-14');
const nextMonth = on('2026-08-31');
const takenBack = { ...aReversal(), insurance: paid.insurance, transmissionId: 'back' };

async function explain(records: readonly (ClaimRecord | string)[], which: Partial<ExplainFileOptions> = {}) {
  const complaints: string[] = [];
  const trace = await explainFile({
    claims: claimsTo(records),
    reference,
    policyDirectory: 'deploy/policy',
    line: null,
    authorization: null,
    complain: (line) => void complaints.push(line.replace(`${folder}/`, '')),
    ...which,
  });
  return { trace, complaints };
}

describe('a claim of a file is explained', () => {
  test('on the accounts that the claims above it have left', async () => {
    const { trace } = await explain([paid, tooSoon, nextMonth], { line: 2 });
    expect(trace).toMatchObject({
      status: 'R',
      rejects: [{ code: '79', message: 'REFILL TOO SOON. NEXT FILL 2026-08-24' }],
    });
  });

  test('by the line that it stands on, whatever the lines above it are', async () => {
    const { trace, complaints } = await explain([paid, '', 'no JSON', tooSoon], { line: 4 });
    expect(trace).toMatchObject({ dateOfService: '2026-08-14', status: 'R' });
    expect(complaints).toEqual(['claims.jsonl:3: not JSON']);
  });

  test('which is the last one when nothing else is said', async () => {
    const { trace } = await explain([paid, tooSoon, nextMonth]);
    expect(trace).toMatchObject({ dateOfService: '2026-08-31', status: 'P' });
  });

  test('by the number of its answer, which is that of the payment and not of what came after it', async () => {
    const { trace: payment } = await explain([paid]);
    const authorization = payment?.authorizationNumber ?? '';
    const { trace } = await explain([paid, { ...paid, transmissionId: 'again' }, takenBack], { authorization });
    expect(trace).toMatchObject({ status: 'P', authorizationNumber: authorization });
  });

  test.each<[string, Partial<ExplainFileOptions>]>([
    ['line', { line: 7 }],
    ['authorization number', { authorization: 'NOBODYS0000000001' }],
  ])('not at all when there is no such %s', async (_what, which) => {
    expect((await explain([paid], which)).trace).toBeNull();
  });
});

describe('a claim that could not be read as one', () => {
  const broken = aRecord({ insurance: { cardholderId: null }, claim: { daysSupply: 0 } });

  test('is explained by the fields that are missing or malformed, and their values are not told', async () => {
    const { trace } = await explain([broken]);
    expect(trace?.steps).toEqual([
      {
        stage: 'SYNTAX',
        edit: 'syntax',
        outcome: { kind: 'REJECTED', code: '07' },
        looksAt: [{ name: 'cardholderId', id: '302-C2', value: null }],
        decidedBy: [],
      },
      {
        stage: 'SYNTAX',
        edit: 'syntax',
        outcome: { kind: 'REJECTED', code: '19' },
        looksAt: [{ name: 'daysSupply', id: '405-D5', value: '***' }],
        decidedBy: [],
      },
    ]);
  });

  test('is explained although its date is none', async () => {
    const { trace } = await explain([aRecord({ dateOfService: null, transactionCode: 'B9' })]);
    expect(trace).toMatchObject({ dateOfService: null, rejects: [{ code: '03' }] });
  });
});

describe('a pharmacist reads', () => {
  const textOf = async (records: readonly ClaimRecord[]): Promise<string> => {
    const { trace } = await explain(records);
    return trace === null ? '' : traceText(trace);
  };

  test('first the answer, and why', async () => {
    const text = await textOf([paid, tooSoon]);
    expect(
      text
        .replace(/policy [0-9a-f]{12}/, 'policy VERSION')
        .split('\n')
        .slice(0, 20),
    ).toEqual([
      'B1  of 2026-08-14  R rejected',
      '  79  refill too soon: REFILL TOO SOON. NEXT FILL 2026-08-24',
      'programme MEDICARE_GLP1_BRIDGE, policy VERSION',
      '',
      'WHY',
      '  REFILL_TOO_SOON  REJECTED 79 refill too soon',
      '    looked at   dateOfService 401-D1                        2026-08-14',
      '                daysSupply 405-D5                           28',
      '                dispensingStatus 343-HD                     not sent',
      '                productServiceId 407-D7                     00169452414',
      '                submissionClarificationCodes 420-DK         not sent',
      '                accounts: fills                             2026-08-03 WEGOVY 00169452414 3.000 for 28 days PAID',
      '                prior authorizations                        DRUG WEGOVY APPROVED 2026-07-01 to 2027-12-31',
      '    decided by  products[].drugFamily                       WEGOVY',
      '                refill.thresholdPercent                     75',
      '                refill.countsOnHand                         true',
      '                refill.overrideCodes                        none',
      '                refill.doseChange                           REJECT',
      '    note        policy: 75 percent as Colorado and Texas Medicaid; on-hand supply counts, or 27 fills would pass in 549',
      '                days.',
    ]);
  });

  test('the money of a paid claim, sum by sum', async () => {
    const [, money = ''] = (await textOf([paid])).split('\nMONEY\n');
    const lines = money
      .split('\n\nEVERY EDIT')[0]
      ?.split('\n')
      .map((line) => line.trim().replace(/ {2,}/, ' | '));
    expect(lines).toEqual([
      'gross amount due as submitted (430-DU) | 1359.02',
      '= allowed | 1359.02',
      '',
      'ingredient cost paid (506-F6): WAC 1349.02 x 3.000 / 3.000 | 1349.02',
      'dispensing fee paid (507-F7) | 10.00',
      '= allowed | 1359.02',
      '',
      'allowed | 1359.02',
      'no more than the cap: 50.00 | -1309.02',
      '= the patient pays (505-F5) | 50.00',
      '',
      'allowed | 1359.02',
      'the patient pays (505-F5) | -50.00',
      '= the pharmacy is paid (509-F9) | 1309.02',
      '',
      'WAC of the units | 1349.02',
      'net price that is guaranteed | -245.00',
      '= the manufacturer owes, under MEDICARE_GLP1_BRIDGE | 1104.02',
    ]);
  });

  test.each<[string, readonly ClaimRecord[], string]>([
    [
      'that a claim was answered before',
      [paid, { ...paid, transmissionId: 'again' }],
      'D paid before: the first answer again',
    ],
    ['that a fill was taken back', [paid, takenBack], 'B2  of 2026-08-03  A accepted'],
    ['what was not asked any more', [aRecord({ claim: { daysSupply: 31 } })], '\n  QUANTITY             not asked\n'],
    [
      'where a rule comes from',
      [paid],
      '\n  price       WAC 1349.02 a package, from 2026-01-01, known from 2025-11-10\n              SYNTHETIC test rate',
    ],
  ])('%s', async (_what, records, line) => {
    expect(await textOf(records)).toContain(line);
  });

  test('lines that fit on a screen, but for a pattern without a gap', async () => {
    const long = (await textOf([paid, tooSoon])).split('\n').filter((line) => line.length > 120);
    expect(long.map((line) => line.trim().split(' ')[1])).toEqual(['eligibility.cardholderIdPattern']);
  });

  test('nothing that names the person', async () => {
    const text = await textOf([paid, { ...aQuestion(), insurance: paid.insurance }]);
    expect(text).toContain('cardholderId ***');
    expect(text).not.toMatch(/1EG4TE5MK73|S(AMPLE|ample)|M(EMBER|ember)\b|1955|3671354|1679576722/);
  });
});

test('a program reads amounts as text', async () => {
  const { trace } = await explain([paid]);
  expect(trace && traceJson(trace).waterfall[0]).toEqual({
    parts: [{ label: 'gross amount due as submitted (430-DU)', amount: '1359.02' }],
    total: { label: 'allowed', amount: '1359.02' },
  });
});
