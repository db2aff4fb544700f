import { rmSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import type { RawPolicy } from '../../src/adapters/files/policy-bundle.ts';
import { DOCUMENT_NAMES } from '../../src/adapters/files/policy-documents.ts';
import { policyCheck } from '../../src/commands/policy-check.ts';
import { doubling, spoiled, spoiling } from '../adapters/files/spoiled-policy.ts';
import { policyDocuments } from '../builders.ts';
import { policyFolder } from './policy-folder.ts';

async function checked(raw: RawPolicy, json = false) {
  const directory = policyFolder(raw);
  const lines: string[] = [];
  const usable = await policyCheck({ directory, json, print: (line) => void lines.push(line.replace(directory, 'P')) });
  rmSync(directory, { recursive: true });
  return { usable, lines };
}

describe('checking a policy', () => {
  test('tells all mistakes of all files at once, by file and programme', async () => {
    const mistakes = [
      spoiling('programmes.json', ['programmes', 0, 'versions', 0, 'rules', 'supply'], { daysAllowed: [28, 91] }),
      spoiling('covered-drugs.json', ['listings', 1], { terminated: '2028-06-30' }),
      doubling('covered-drugs.json', ['listings', 2], { programme: 'BRIDGE' }),
      spoiling('programmes.json', ['programmes', 0, 'versions', 0, 'rules', 'reimbursement'], { basis: 'SURVEY' }),
      spoiling('messages.json', ['messages'], { '79': undefined }),
    ];
    const { usable, lines } = await checked(mistakes.reduce((raw, spoil) => spoil(raw), policyDocuments()));
    expect(usable).toBe(false);
    expect(lines).toEqual([
      'P cannot be used: 4 errors, 2 warnings',
      '',
      'programmes.json, MEDICARE_GLP1_BRIDGE',
      '  error    supply.daysAllowed: 91 days are allowed but no number of monthly supplies: add a row to supply.monthlySupplies',
      '',
      'covered-drugs.json',
      expect.stringContaining('  error    BRIDGE is no programme: known are MEDICARE_GLP1_BRIDGE'),
      '',
      'covered-drugs.json, MEDICARE_GLP1_BRIDGE',
      '  warning  listing of 2026-07-01: ends on 2028-06-30, after the last day 2027-12-31 of the programme: keep it within, or leave its end open',
      '  warning  listing of 2026-07-01 00169441531, 00169440431, 00169440931 and 7 more: a package lasts 30 days, and the rules of 2026-07-01 allow 28 or 91: correct products[].daysSupply or supply.daysAllowed',
      '',
      'prices.json, MEDICARE_GLP1_BRIDGE',
      '  error    SURVEY price 00169452514, 00169450514, 00169450114 and 19 more: is missing from 2026-07-01 to 2027-12-31, for claims received from 2026-06-10, and the product is covered: add a price, or end the listing',
      '',
      'messages.json',
      '  error    79 has no text: add what the pharmacy shall read',
    ]);
  });

  test('looks at the documents that can be read when others cannot', async () => {
    const { lines } = await checked({
      ...spoiled('messages.json', ['messages'], { '99': 'HOST ERROR' }),
      'prices.json': '{ "prices": [',
      'products.json': undefined,
      'covered-drugs.json': spoiled('covered-drugs.json', ['listings', 0], { programme: 'BRIDGE', covered: 'yes' })[
        'covered-drugs.json'
      ],
    });
    expect(lines).toEqual([
      'P cannot be used: 3 errors, 0 warnings',
      '',
      'prices.json',
      expect.stringContaining('  error    is not JSON: SyntaxError'),
      '',
      'products.json',
      '  error    is missing',
      '',
      'covered-drugs.json, BRIDGE',
      '  error    listings.0.covered Invalid input: expected boolean, received string',
    ]);
  });

  test('finds a key that is there twice, which a parser would not say', async () => {
    const prices = JSON.stringify(policyDocuments()['prices.json']).replace('{', '{\n"note": "twice",');
    const { usable, lines } = await checked({ ...policyDocuments(), 'prices.json': prices });
    expect(usable).toBe(false);
    expect(lines.at(-1)).toBe('  error    line 2: the key "note" is there a second time: strike one out');
  });

  test('says what is in a good one', async () => {
    const { usable, lines } = await checked(policyDocuments());
    expect(usable).toBe(true);
    expect(lines.slice(0, 5)).toEqual([
      'P can be used: 0 errors, 0 warnings',
      '',
      expect.stringMatching(/^version [0-9a-f]{12}$/),
      '  MEDICARE_GLP1_BRIDGE: 2026-07-01 to 2027-12-31, BIN 028918 PCN MEDDGLP1BR',
      '    1 version of its rules, 22 products covered, 38 listed as not covered',
    ]);
    const { prices } = policyDocuments()['prices.json'] as { prices: readonly { ndcs: readonly string[] }[] };
    const priced = new Set(prices.flatMap(({ ndcs }) => ndcs)).size;
    expect(lines).toContain(`  prices.json: ${String(prices.length)} entries about ${String(priced)} products`);
    expect(lines.slice(-DOCUMENT_NAMES.length).map((line) => line.split(':')[0]?.trim())).toEqual(
      DOCUMENT_NAMES.toSorted(),
    );
  });

  test('says which programmes are dormant', async () => {
    const { lines } = await checked(spoiled('programmes.json', ['programmes', 0, 'versions', 0], { effective: null }));
    expect(lines).toContain('  MEDICARE_GLP1_BRIDGE: dormant, BIN 028918 PCN MEDDGLP1BR');
  });

  test('lets a warning pass and still tells it', async () => {
    const { usable, lines } = await checked(
      spoiled('covered-drugs.json', ['listings', 0], { effective: '2026-06-01' }),
    );
    expect(usable).toBe(true);
    expect(lines).toContain('P can be used: 0 errors, 1 warning');
    expect(lines).toContainEqual(expect.stringContaining('  warning  listing of 2026-06-01: begins on 2026-06-01'));
  });

  test('gives the same as JSON', async () => {
    const { lines } = await checked(spoiled('messages.json', ['messages'], { '99': 'HOST ERROR' }), true);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        directory: 'P',
        usable: false,
        problems: [
          {
            severity: 'ERROR',
            file: 'messages.json',
            programme: null,
            what: null,
            ndcs: [],
            text: '99 is no reject of the rules: strike it out',
          },
        ],
        summary: null,
      },
    ]);
  });
});
