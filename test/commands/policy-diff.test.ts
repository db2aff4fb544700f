import { rmSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { PolicyProblems } from '../../src/adapters/files/policy-bundle.ts';
import { policyDiff } from '../../src/commands/policy-diff.ts';
import { entriesOf } from '../../src/commands/policy-entries.ts';
import { doubling, placeIn, spoiling, type Spoiling } from '../adapters/files/spoiled-policy.ts';
import { policyDocuments } from '../builders.ts';
import { policyFolder } from './policy-folder.ts';

const VERSION = ['programmes', 0, 'versions', 0] as const;
const RULES = [...VERSION, 'rules'] as const;
const REBATE = [...RULES, 'rebates', 0] as const;
const PENS = '00002356611, 00002355511, 00002354411 and 3 more';
const nothing: Spoiling = (raw) => raw;

type Flags = { readonly notes?: boolean; readonly json?: boolean };

async function differing(older: Spoiling, later: Spoiling, { notes = false, json = false }: Flags = {}) {
  const [before, after] = [policyFolder(older(policyDocuments())), policyFolder(later(policyDocuments()))];
  const lines: string[] = [];
  const same = await policyDiff({ before, after, notes, json, print: (line) => void lines.push(line) }).finally(() => {
    for (const folder of [before, after]) rmSync(folder, { recursive: true });
  });
  return { same, lines };
}

/** A list of a document in another order. */
const reversed =
  (file: string, path: readonly string[]): Spoiling =>
  (raw) => {
    const copy = structuredClone(raw);
    (placeIn(copy[file], path) as unknown as unknown[]).reverse();
    return copy;
  };

const all =
  (...spoilings: readonly Spoiling[]): Spoiling =>
  (raw) =>
    spoilings.reduce((changed, spoil) => spoil(changed), raw);

const without =
  (file: string, path: readonly string[], index: number): Spoiling =>
  (raw) => {
    const copy = structuredClone(raw);
    (placeIn(copy[file], path) as unknown as unknown[]).splice(index, 1);
    return copy;
  };

const cheaperPens = doubling('prices.json', ['prices', 2], {
  perPackage: '675.00',
  effective: '2027-01-01',
  knownFrom: '2026-11-01',
});

describe('a policy differs from another when', () => {
  test.each<[string, Spoiling, readonly string[]]>([
    [
      'a rule is another',
      spoiling('programmes.json', [...RULES, 'refill'], { thresholdPercent: 80 }),
      ['MEDICARE_GLP1_BRIDGE, from 2026-07-01: refill.thresholdPercent 75 -> 80'],
    ],
    [
      'a list of a rule is another',
      spoiling('programmes.json', [...RULES, 'otherCoverage'], { acceptedCodes: ['1', '2', '3'] }),
      ['MEDICARE_GLP1_BRIDGE, from 2026-07-01: otherCoverage.acceptedCodes adds 2, 3 and drops 0'],
    ],
    [
      'a list becomes a span',
      spoiling('programmes.json', [...RULES, 'supply'], { daysAllowed: { from: 1, to: 30 } }),
      ['MEDICARE_GLP1_BRIDGE, from 2026-07-01: supply.daysAllowed [28,30] -> {"from":1,"to":30}'],
    ],
    [
      'the criteria of prior authorization are others',
      spoiling('clinical-criteria.json', ['criteria', 0], { ageMin: 21, lifestyle: null }),
      [
        'MEDICARE_GLP1_BRIDGE clinical-criteria, from 2026-07-01: ageMin 18 -> 21',
        'MEDICARE_GLP1_BRIDGE clinical-criteria, from 2026-07-01: lifestyle {"unanswered":"INCOMPLETE"} -> null',
      ],
    ],
    [
      'a rebate is another',
      spoiling('programmes.json', [...REBATE, 'formula'], { netPerMonth: '200.00' }),
      [
        'MEDICARE_GLP1_BRIDGE, from 2026-07-01 in the rules of 2026-07-01: ' +
          'formula.netPerMonth MEDICARE_GLP1_BRIDGE 245.00 -> 200.00',
      ],
    ],
    [
      'a rebate is put to sleep',
      spoiling('programmes.json', REBATE, { effective: null }),
      [
        'MEDICARE_GLP1_BRIDGE, dormant in the rules of 2026-07-01: ' +
          'effective MEDICARE_GLP1_BRIDGE 2026-07-01 -> null',
      ],
    ],
    [
      'a programme ends on another day',
      spoiling('programmes.json', VERSION, { terminated: '2028-12-31' }),
      ['MEDICARE_GLP1_BRIDGE, from 2026-07-01: terminated 2027-12-31 -> 2028-12-31'],
    ],
    [
      'the rules change from a day on',
      all(
        doubling('programmes.json', VERSION, { effective: '2027-01-01', knownFrom: '2026-12-01' }),
        spoiling('programmes.json', ['programmes', 0, 'versions', 1, 'rules', 'cap'], { amount: '35.00' }),
      ),
      ['MEDICARE_GLP1_BRIDGE, from 2027-01-01: cap.amount 50.00 -> 35.00'],
    ],
    [
      'a route is another',
      spoiling('programmes.json', ['programmes', 0, 'routing'], { processorControlNumber: 'OTHER' }),
      ['MEDICARE_GLP1_BRIDGE: routing.processorControlNumber MEDDGLP1BR -> OTHER'],
    ],
    [
      'a price changes from a day on',
      cheaperPens,
      [`products ${PENS}: package price WAC from 2027-01-01 1086.00 -> 675.00`],
    ],
    [
      'a price is corrected afterwards',
      doubling('prices.json', ['prices', 2], { perPackage: '1085.00', knownFrom: '2026-09-15' }),
      [`products ${PENS}: package price WAC from 2026-01-01 1086.00 -> 1085.00, if received from 2026-09-15`],
    ],
    [
      'there is one more price',
      doubling('prices.json', ['prices', 3], { basis: 'SURVEY', ndcs: ['00002417831'], terminated: '2026-12-31' }),
      ['product 00002417831: prices SURVEY from 2026-01-01 to 2026-12-31 added: package price 649.00'],
    ],
    [
      'there is one listing less',
      without('covered-drugs.json', ['listings'], 2),
      [
        'products 00169452594, 00169441592, 00002356699, 00002417862: covered-drugs MEDICARE_GLP1_BRIDGE ' +
          'from 2026-07-01 removed: covered false, reason SAMPLE',
      ],
    ],
    [
      'a product moves from one listing to another',
      all(
        spoiling('covered-drugs.json', ['listings', 2], { ndcs: ['00169452594', '00169441592', '00002356699'] }),
        doubling('covered-drugs.json', ['listings', 3], { ndcs: ['00002417862'] }),
      ),
      ['product 00002417862: reason MEDICARE_GLP1_BRIDGE from 2026-07-01 SAMPLE -> DIABETES_BRAND'],
    ],
    [
      'a text is another',
      spoiling('messages.json', ['messages'], {
        '76': 'ONE PACKAGE ONLY',
        '65 PLAN_TYPE': undefined,
        '70 OTHER': 'NO',
      }),
      [
        'messages.json: text 76 "ONE PACKAGE PER FILL" -> "ONE PACKAGE ONLY"',
        'messages.json: text 65 PLAN_TYPE "NOT AN ELIGIBLE PLAN TYPE. A PART D PLAN OF AN ELIGIBLE TYPE IS NEEDED" -> nothing',
        'messages.json: text 70 OTHER nothing -> NO',
      ],
    ],
  ])('%s', async (_why, spoil, told) => {
    const { same, lines } = await differing(nothing, spoil);
    expect(lines).toEqual(told);
    expect(same).toBe(false);
  });
});

test('a policy without an entry says what the other entries of that day say', async () => {
  const { lines } = await differing(cheaperPens, nothing);
  expect(lines).toEqual([`products ${PENS}: package price WAC from 2027-01-01 675.00 -> 1086.00`]);
});

describe('a policy is the same as another', () => {
  test('that is laid out in another way, with a word about it', async () => {
    const other = all(
      reversed('products.json', ['products']),
      reversed('covered-drugs.json', ['listings', '0', 'ndcs']),
      spoiling('prices.json', ['prices', 0], { source: 'somewhere else' }),
      spoiling('programmes.json', [...RULES, 'cap'], { note: 'another reason' }),
    );
    const { same, lines } = await differing(nothing, other);
    expect(same).toBe(true);
    expect(lines).toEqual([
      expect.stringMatching(/^the same but for notes and layout \([0-9a-f]{12}, [0-9a-f]{12}\)$/),
    ]);
  });

  test('with its notes only where these are the same too', async () => {
    const other = spoiling('programmes.json', [...RULES, 'memory'], { note: 'ours' });
    const { same, lines } = await differing(nothing, other, { notes: true });
    expect(same).toBe(false);
    expect(lines).toEqual([
      expect.stringMatching(/^MEDICARE_GLP1_BRIDGE, from 2026-07-01: memory\.note ".*" -> ours$/),
    ]);
  });

  test('and nothing is said, when not a byte differs', async () => {
    expect(await differing(nothing, nothing)).toEqual({ same: true, lines: [] });
  });
});

test('differences are JSON for programs', async () => {
  const { lines } = await differing(nothing, cheaperPens, { json: true });
  expect(JSON.parse(lines.join())).toMatchObject({
    changes: [
      {
        file: 'prices.json',
        names: ['WAC'],
        ndcs: ['00002356611', '00002355511', '00002354411', '00002353311', '00002352211', '00002351111'],
        dates: { effective: '2027-01-01', terminated: null, knownFrom: '2026-11-01' },
        kind: 'CHANGED',
        path: 'perPackage',
        before: '1086.00',
        after: '675.00',
      },
    ],
  });
});

test('a policy that cannot be used is not compared', async () => {
  const broken = spoiling('prices.json', ['prices', 0], { perPackage: 'much' });
  await expect(differing(nothing, broken)).rejects.toThrow(PolicyProblems);
});

test('rules that nobody has thought of yet are entries by path, and lists with names are entries of their own', () => {
  const document = {
    programmes: [
      {
        id: 'P',
        versions: [
          {
            effective: '2027-01-01',
            terminated: null,
            knownFrom: '2026-12-01',
            source: 'nobody',
            rules: {
              phases: { deductible: '100.00', steps: [{ upTo: 5 }] },
              tiers: [{ id: 'T1', copay: '5.00' }],
              rebates: [{ model: 'M', effective: null, terminated: null, knownFrom: '2026-11-01', net: '7.00' }],
            },
          },
        ],
      },
    ],
  };
  const dates = { effective: '2027-01-01', terminated: null, knownFrom: '2026-12-01' };
  expect(entriesOf('programmes.json', document, false)).toEqual([
    {
      file: 'programmes.json',
      names: ['P'],
      ndc: null,
      dates,
      within: null,
      values: new Map<string, unknown>([
        ['phases.deductible', '100.00'],
        ['phases.steps', [{ upTo: 5 }]],
      ]),
    },
    {
      file: 'programmes.json',
      names: ['P', 'T1'],
      ndc: null,
      dates,
      within: null,
      values: new Map([['copay', '5.00']]),
    },
    {
      file: 'programmes.json',
      names: ['P', 'M'],
      ndc: null,
      dates: { effective: null, terminated: null, knownFrom: '2026-11-01' },
      within: '2027-01-01',
      values: new Map([['net', '7.00']]),
    },
  ]);
});
