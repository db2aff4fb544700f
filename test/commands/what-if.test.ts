import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import type { RawPolicy } from '../../src/adapters/files/policy-bundle.ts';
import { answersToFile } from '../../src/commands/what-if-file.ts';
import { whatIf } from '../../src/commands/what-if.ts';
import { toJson } from '../../src/wire/json.ts';
import { spoiled, spoiling } from '../adapters/files/spoiled-policy.ts';
import { day, policyDocuments } from '../builders.ts';
import { aRecord, aReversal, type Changes } from '../wire/claim-record.ts';
import { CalendarDate, Instant } from '../../src/values/calendar-date.ts';
import { policyFolder } from './policy-folder.ts';

const PRESENT = policyFolder(policyDocuments());
const folders = [PRESENT];
const folder = mkdtempSync(join(tmpdir(), 'what-if-'));
afterAll(() => {
  for (const each of [folder, ...folders]) rmSync(each, { recursive: true });
});

const linesTo = (name: string, lines: readonly unknown[]): string => {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path;
};

const example = (name: string): unknown => JSON.parse(readFileSync(`schemas/examples/${name}.json`, 'utf8'));
const REFERENCE = linesTo('reference.jsonl', [
  { topic: 'rx.coverage.v1', value: example('coverage') },
  { topic: 'rx.prior-authorizations.v1', cardholderId: '1EG4TE5MK73', value: example('prior-authorization') },
]);

const on = (date: string, changes: Changes = {}): Changes => ({
  transmissionId: `T-${date}`,
  receivedAt: Instant.parse(`${date}T16:00:00Z`) ?? 0,
  dateOfService: CalendarDate.toEpochDay(day(date)),
  ...changes,
});

/** A fill that is paid, a refill after 17 of its 28 days, a copy of the fill, and the reversal of it. */
const CLAIMS = [
  aRecord(on('2026-08-03')),
  aRecord(on('2026-08-20', { claim: { fillNumber: 1 } })),
  aRecord(on('2026-08-03')),
  aReversal({
    ...on('2026-08-03', { transmissionId: 'T-back', receivedAt: Instant.parse('2026-08-28T16:00:00Z') ?? 0 }),
    insurance: aRecord().insurance,
  }),
].map((record) => toJson('Claim', record));

const CORRECTION = { transmissionId: 'T-again', transactionCode: 'B3' } as const;

const RULES = ['programmes', 0, 'versions', 0, 'rules'] as const;
const rule = (name: string, fields: Record<string, unknown>): RawPolicy =>
  spoiled('programmes.json', [...RULES, name], fields);

async function report(
  other: RawPolicy,
  { json = true, claims = CLAIMS }: { json?: boolean; claims?: readonly unknown[] } = {},
) {
  const otherDirectory = policyFolder(other);
  folders.push(otherDirectory);
  const [lines, complaints]: [string[], string[]] = [[], []];
  const files = { claims: linesTo('claims.jsonl', claims), reference: REFERENCE };
  await whatIf({
    presentDirectory: PRESENT,
    otherDirectory,
    answer: (policies) =>
      answersToFile({
        ...policies,
        ...files,
        complain: (line) => void complaints.push(line.replace(`${folder}/`, '')),
        progress: () => undefined,
      }),
    json,
    print: (line) => void lines.push(line.replace(PRESENT, 'PRESENT').replace(otherDirectory, 'OTHER')),
  });
  return { lines, complaints };
}

type Amounts = { readonly patientPay: string; readonly pharmacyPayment: string; readonly manufacturerOwed: string };
const amounts = (patientPay: string, pharmacyPayment: string, manufacturerOwed: string): Amounts => ({
  patientPay,
  pharmacyPayment,
  manufacturerOwed,
});
const NOTHING = amounts('0.00', '0.00', '0.00');

const summary = (lines: readonly string[]) => {
  const { shifts, ...rest } = JSON.parse(lines.join()) as {
    readonly claims: number;
    readonly changed: number;
    readonly moved: Amounts;
    readonly shifts: readonly Readonly<Record<'before' | 'after' | 'differs' | 'claims' | 'moved', unknown>>[];
  };
  return {
    claims: rest.claims,
    changed: rest.changed,
    moved: rest.moved,
    shifts: shifts.map(({ before, after, differs, claims, moved }) => [before, after, differs, claims, moved]),
  };
};

describe('another policy', () => {
  test('that says the same changes nothing', async () => {
    const { lines } = await report(rule('memory', { note: 'a note' }));
    expect(summary(lines)).toEqual({ claims: 4, changed: 0, moved: NOTHING, shifts: [] });
  });

  test('that lets refills come sooner pays what was too soon', async () => {
    const { lines } = await report(rule('refill', { thresholdPercent: 50 }));
    const moved = amounts('50.00', '1309.02', '1104.02');
    expect(summary(lines)).toEqual({ claims: 4, changed: 1, moved, shifts: [['R 79', 'P', [], 1, moved]] });
  });

  test('with another cap moves other amounts, also when a fill is taken back, and none for a copy', async () => {
    const { lines } = await report(rule('cap', { amount: '35.00' }));
    expect(summary(lines)).toEqual({
      claims: 4,
      changed: 3,
      moved: NOTHING,
      shifts: [
        ['P', 'P', ['amounts'], 1, amounts('-15.00', '15.00', '0.00')],
        ['D', 'D', ['amounts'], 1, NOTHING],
        ['A', 'A', ['amounts'], 1, amounts('15.00', '-15.00', '0.00')],
      ],
    });
  });

  test('goes on from its own answers: what it has not paid is neither repeated nor taken back', async () => {
    const { lines } = await report(rule('supply', { daysAllowed: [30] }));
    expect(summary(lines)).toEqual({
      claims: 4,
      changed: 4,
      moved: NOTHING,
      shifts: [
        ['P', 'R 891', [], 1, amounts('-50.00', '-1309.02', '-1104.02')],
        ['R 79', 'R 891', [], 1, NOTHING],
        ['D', 'R 891', [], 1, NOTHING],
        ['A', 'R 31', [], 1, amounts('50.00', '1309.02', '1104.02')],
      ],
    });
  });

  test('with another text tells that texts differ', async () => {
    const { lines } = await report(spoiled('messages.json', ['messages'], { '79': 'TOO SOON' }));
    expect(summary(lines).shifts).toEqual([['R 79', 'R 79', ['texts'], 1, NOTHING]]);
  });
});

test('what a repricing gives back counts when a fill is reversed', async () => {
  const second = aRecord(on('2026-08-27', { claim: { fillNumber: 1 } }));
  const claims = [CLAIMS[0], toJson('Claim', second), CLAIMS[3]];
  const reprocess = spoiling('programmes.json', [...RULES, 'reversal'], { onReversal: 'REPROCESS' })(
    rule('cap', { scope: 'CALENDAR_MONTH' }),
  );
  const { lines } = await report(reprocess, { claims });
  expect(summary(lines)).toEqual({
    claims: 3,
    changed: 2,
    moved: NOTHING,
    shifts: [
      // The cap of August is used up by the first fill, until that is taken back.
      ['P', 'P', ['amounts'], 1, amounts('-50.00', '50.00', '0.00')],
      ['A', 'A', ['repriced', 'amounts'], 1, amounts('50.00', '-50.00', '0.00')],
    ],
  });
});

describe('a rebill', () => {
  const rebilled = (daysSupply: number) =>
    toJson('Claim', aRecord(on('2026-08-03', { ...CORRECTION, claim: { daysSupply } })));

  test('that is paid moves what its two halves leave', async () => {
    const { lines } = await report(rule('cap', { amount: '35.00' }), { claims: [CLAIMS[0], rebilled(30)] });
    expect(summary(lines)).toEqual({
      claims: 2,
      changed: 2,
      moved: amounts('-15.00', '15.00', '0.00'),
      // Of the rebill nothing: it takes 35.00 back and asks for 35.00 again.
      shifts: [['P', 'P', ['amounts'], 2, amounts('-15.00', '15.00', '0.00')]],
    });
  });

  test('that is refused takes its fill back where the policy says so', async () => {
    const { lines } = await report(rule('rebill', { onReject: 'REVERSE_ORIGINAL' }), {
      claims: [CLAIMS[0], rebilled(31)],
    });
    const moved = amounts('-50.00', '-1309.02', '-1104.02');
    expect(summary(lines)).toEqual({
      claims: 2,
      changed: 1,
      moved,
      shifts: [['R 7X', 'R 7X', ['programme', 'rebillOf', 'amounts'], 1, moved]],
    });
  });
});

test('the report for people has a line for each kind of change, and claims to look at', async () => {
  const many = Array.from({ length: 5 }, (_, index) =>
    toJson(
      'Claim',
      aRecord(
        on(`2026-08-0${String(index + 3)}`, { claim: { prescriptionServiceReferenceNumber: String(index + 1) } }),
      ),
    ),
  );
  const { lines, complaints } = await report(rule('refill', { thresholdPercent: 0, countsOnHand: false }), {
    json: false,
    claims: [...many, 'no JSON'],
  });
  expect(complaints).toEqual(['claims.jsonl:6: not JSON']);
  const [sides, counts, , ...table] = lines;
  expect(sides).toMatch(/^PRESENT \([0-9a-f]{12}\) -> OTHER \([0-9a-f]{12}\)$/);
  expect(counts).toBe('5 claims, 4 answered otherwise');
  expect(table.map((line) => line.replace(/[0-9A-Z]{18}/, 'AUTHORIZATION').replaceAll(/ +/g, ' '))).toEqual([
    ' claims patient pays pharmacy is paid manufacturer owes',
    'R 79 -> P 4 +200.00 +5236.08 +4416.08',
    ' line 2 AUTHORIZATION +50.00 +1309.02 +1104.02',
    ' line 3 AUTHORIZATION +50.00 +1309.02 +1104.02',
    ' line 4 AUTHORIZATION +50.00 +1309.02 +1104.02',
    'together 4 +200.00 +5236.08 +4416.08',
  ]);
});

test('no report tells who a member is', async () => {
  const members = ['1EG4TE5MK73', 'SAMPLE', 'MEMBER', '1955'];
  for (const json of [true, false]) {
    const { lines } = await report(rule('cap', { amount: '35.00' }), { json });
    for (const secret of members) expect(lines.join()).not.toContain(secret);
    expect(lines.join()).toMatch(/[0-9A-Z]{18}/);
  }
});
