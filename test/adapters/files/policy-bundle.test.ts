import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { mergePatch } from '../../../src/adapters/files/merge-patch.ts';
import {
  loadPolicyBundle,
  parsePolicyBundle,
  patchCriteria,
  patchVersions,
  PolicyProblems,
  readPolicy,
  type RawPolicy,
} from '../../../src/adapters/files/policy-bundle.ts';
import { aPolicy, BRIDGE_ROUTING, policyDocuments } from '../../builders.ts';
import { doubled, placeIn, spoiled, type Json } from './spoiled-policy.ts';

const DEPLOYED = 'deploy/policy';

/** What is said about a bundle that cannot be used; nothing of one that can. */
function problemsOf(raw: RawPolicy): readonly string[] {
  try {
    parsePolicyBundle(raw);
    return [];
  } catch (error) {
    if (error instanceof PolicyProblems) return error.problems;
    throw error;
  }
}

const VERSION = ['programmes', 0, 'versions', 0] as const;
const RULES = [...VERSION, 'rules'] as const;
const COVERED = ['listings', 0] as const;
const WEGOVY = ['prices', 0] as const;
const KWIKPEN = ['prices', 2] as const;
const CRITERIA = ['criteria', 0] as const;

describe('a policy bundle cannot be used when', () => {
  test.each<[string, RawPolicy, string]>([
    ['a document is missing', { ...policyDocuments(), 'prices.json': undefined }, 'prices.json:'],
    ['there is one too many', { ...policyDocuments(), 'notes.json': {} }, 'notes.json: is no document'],
    [
      'it has a key that nobody knows',
      spoiled('programmes.json', [...RULES, 'cap'], { scpoe: 'PER_FILL' }),
      'rules.cap Unrecognized key: "scpoe"',
    ],
    ['a rule is missing', spoiled('programmes.json', RULES, { cap: undefined }), 'rules.cap'],
    [
      'a rule is none of its choices',
      spoiled('programmes.json', [...RULES, 'cap'], { scope: 'YEAR' }),
      'rules.cap.scope',
    ],
    ['an amount is a number', spoiled('programmes.json', [...RULES, 'cap'], { amount: 50 }), 'rules.cap.amount'],
    [
      'an amount has three decimals',
      spoiled('programmes.json', [...RULES, 'cap'], { amount: '50.001' }),
      'rules.cap.amount is not an amount',
    ],
    ['an amount is negative', spoiled('prices.json', WEGOVY, { perPackage: '-1.00' }), 'perPackage is not an amount'],
    [
      'a package is empty',
      spoiled('products.json', ['products', 0, 'packages', 0], { packageQuantity: '0' }),
      'packageQuantity is not a quantity',
    ],
    [
      'a day does not exist',
      spoiled('prices.json', WEGOVY, { effective: '2026-02-30' }),
      'prices.0.effective is not a day',
    ],
    [
      'an entry ends before it begins',
      spoiled('prices.json', WEGOVY, { terminated: '2025-12-31' }),
      'the entry of 2026-01-01 ends before it begins',
    ],
    ['an entry does not say where it comes from', spoiled('prices.json', WEGOVY, { source: '' }), 'prices.0.source'],
    [
      'an id pattern is no pattern',
      spoiled('programmes.json', [...RULES, 'eligibility'], { cardholderIdPattern: '[' }),
      'is not a regular expression',
    ],
    [
      'an NDC has ten digits',
      spoiled('covered-drugs.json', COVERED, { ndcs: ['0169452414'] }),
      'is not an NDC of eleven digits',
    ],
    [
      'a covered NDC is no product',
      spoiled('covered-drugs.json', COVERED, { ndcs: ['00169999999'] }),
      'covered-drugs.json: MEDICARE_GLP1_BRIDGE: listing 00169999999: is no product',
    ],
    [
      'a price is for no product',
      spoiled('prices.json', WEGOVY, { ndcs: ['00169999999'] }),
      'prices.json: WAC price 00169999999: is no product',
    ],
    [
      'a listing is for no programme',
      spoiled('covered-drugs.json', COVERED, { programme: 'OTHER' }),
      'covered-drugs.json: OTHER is no programme',
    ],
    [
      'a programme is there twice',
      doubled('programmes.json', ['programmes', 0], {}),
      'programme MEDICARE_GLP1_BRIDGE is there twice',
    ],
    [
      'a route leads to two programmes',
      doubled('programmes.json', ['programmes', 0], { id: 'OTHER' }),
      'BIN 028918 PCN MEDDGLP1BR leads to two programmes',
    ],
    [
      'two versions of a programme contradict each other',
      doubled('programmes.json', VERSION, { effective: '2027-12-31' }),
      'programmes.json: MEDICARE_GLP1_BRIDGE: the entries of',
    ],
    [
      'a programme has a gap',
      doubled('programmes.json', VERSION, { effective: '2028-01-02', terminated: null }),
      'programmes.json: MEDICARE_GLP1_BRIDGE: no rules from 2028-01-01 to 2028-01-01',
    ],
    [
      'two prices contradict each other',
      doubled('prices.json', KWIKPEN, { effective: '2026-09-01' }),
      'WAC price 00002356611, 00002355511, 00002354411 and 3 more: the entries of',
    ],
    [
      'a product is on file twice',
      doubled('products.json', ['products', 0], {}),
      'product 00169452514, 00169450514, 00169450114 and 3 more: the entries of',
    ],
    [
      'a product is covered and not covered',
      doubled('covered-drugs.json', COVERED, { covered: false }),
      'listing 00169452514, 00169450514, 00169450114 and 19 more: the entries of',
    ],
    [
      'a covered drug has no price from a day on',
      spoiled('prices.json', KWIKPEN, { terminated: '2027-06-30' }),
      'WAC price 00002356611, 00002355511, 00002354411 and 3 more: is missing from 2027-07-01 to 2027-12-31, for claims received from 2026-06-10',
    ],
    [
      'a covered drug has no price until a day',
      spoiled('prices.json', KWIKPEN, { effective: '2026-07-02' }),
      'and 3 more: is missing from 2026-07-01 to 2026-07-01,',
    ],
    [
      'a price is known later than its drug is covered',
      spoiled('prices.json', KWIKPEN, { knownFrom: '2026-06-11' }),
      'is missing from 2026-07-01 to 2027-12-31, for claims received from 2026-06-10 to 2026-06-10,',
    ],
    [
      'the pharmacy is paid from a list without prices',
      spoiled('programmes.json', [...RULES, 'reimbursement'], { basis: 'SURVEY' }),
      'SURVEY price 00169452514, 00169450514, 00169450114 and 19 more: is missing',
    ],
    ['a reject has no text', spoiled('messages.json', ['messages'], { '79': undefined }), '79'],
    [
      'the reason of a listing has no text',
      spoiled('covered-drugs.json', ['listings', 1], { reason: 'NEW' }),
      'messages.json: 70 NEW has no text',
    ],
    [
      'a text is for no reject of the rules',
      spoiled('messages.json', ['messages'], { '99': 'HOST ERROR' }),
      'messages.json: 99 is no reject',
    ],
    [
      'a text has small letters',
      spoiled('messages.json', ['messages'], { '79': 'Refill too soon' }),
      'is not upper case',
    ],
    [
      'days are allowed that are no number of months',
      spoiled('programmes.json', [...RULES, 'supply'], { daysAllowed: [28, 91] }),
      '91 days are allowed but no number of monthly supplies',
    ],
    [
      'monthly supplies do not ascend',
      spoiled('programmes.json', [...RULES, 'supply'], {
        monthlySupplies: [
          { daysMax: 60, months: 2 },
          { daysMax: 31, months: 1 },
        ],
      }),
      'do not ascend',
    ],
    [
      'a day ends before it begins',
      spoiled('programmes.json', [...RULES, 'timeliness'], { lastUtcOffsetHours: 11 }),
      'a day cannot end before it begins',
    ],
    [
      'a body mass index has no decimal',
      spoiled('clinical-criteria.json', [...CRITERIA, 'tiers', 0], { bmiMin: '35' }),
      'criteria.0.tiers.0.bmiMin is not a body mass index written like 30.0',
    ],
    [
      'a tier asks for one of no conditions',
      spoiled('clinical-criteria.json', [...CRITERIA, 'tiers', 0], { conditions: [] }),
      'criteria.0.tiers.0.conditions',
    ],
    [
      'a condition is none that the rules know',
      spoiled('clinical-criteria.json', CRITERIA, { exclusions: ['HEADACHE'] }),
      'criteria.0.exclusions.0',
    ],
    [
      'to have no kidney disease counts as one',
      spoiled('clinical-criteria.json', [...CRITERIA, 'conditions', 'CHRONIC_KIDNEY_DISEASE'], { stages: ['NONE'] }),
      'CHRONIC_KIDNEY_DISEASE.stages.0',
    ],
    [
      'criteria are for no programme',
      spoiled('clinical-criteria.json', CRITERIA, { programme: 'OTHER' }),
      'clinical-criteria.json: OTHER is no programme',
    ],
    [
      'criteria are for a drug without products',
      spoiled('clinical-criteria.json', CRITERIA, { drugFamilies: ['WEGOVI'] }),
      'clinical-criteria.json: no product is of WEGOVI',
    ],
    [
      'two criteria contradict each other',
      doubled('clinical-criteria.json', CRITERIA, { ageMin: 12 }),
      'MEDICARE_GLP1_BRIDGE: criteria: the entries of',
    ],
    [
      'an authorization may end before it begins',
      spoiled('clinical-criteria.json', CRITERIA, { authorizedUntil: '2027-12-30' }),
      'decides requests after 2027-12-30, where its authorizations end',
    ],
    [
      'authorizations have an end and the criteria have none',
      spoiled('clinical-criteria.json', CRITERIA, { terminated: null }),
      'decides requests after 2027-12-31, where its authorizations end',
    ],
    [
      'a reason to deny has no text',
      {
        ...policyDocuments(),
        'messages.json': mergePatch(policyDocuments()['messages.json'] as Json, { messages: { '3Y UNDER_AGE': null } }),
      },
      'messages.json: 3Y UNDER_AGE has no text',
    ],
    [
      'a condition that excludes has no text',
      spoiled('clinical-criteria.json', CRITERIA, { exclusions: ['PREDIABETES'] }),
      'messages.json: 3Y PREDIABETES has no text',
    ],
  ])('%s', (_why, raw, problem) => {
    expect(problemsOf(raw)).toContainEqual(expect.stringContaining(problem));
  });

  test('its problems are told together', () => {
    const raw = {
      ...spoiled('covered-drugs.json', COVERED, { programme: 'OTHER' }),
      'messages.json': spoiled('messages.json', ['messages'], { '99': 'HOST ERROR' })['messages.json'],
    };
    expect(problemsOf(raw)).toEqual([
      expect.stringContaining('covered-drugs.json: OTHER is no programme: known are MEDICARE_GLP1_BRIDGE'),
      'messages.json: 99 is no reject of the rules: strike it out',
    ]);
    expect(() => parsePolicyBundle(raw)).toThrow(/OTHER is no programme.*\n- messages\.json/);
  });
});

describe('a policy bundle can be used when', () => {
  test.each<[string, RawPolicy]>([
    ['it is the deployed one', policyDocuments()],
    [
      'a later price corrects an earlier one',
      doubled('prices.json', KWIKPEN, { effective: '2026-09-01', knownFrom: '2026-09-15' }),
    ],
    [
      'a version follows another without a gap',
      doubled('programmes.json', VERSION, { effective: '2028-01-01', terminated: null }),
    ],
    ['a product without a price is not covered', spoiled('covered-drugs.json', COVERED, { covered: false })],
    ['others decide its prior authorizations', spoiled('clinical-criteria.json', ['criteria'], { length: 0 })],
    [
      'authorizations have no end',
      spoiled('clinical-criteria.json', CRITERIA, { terminated: null, authorizedUntil: null }),
    ],
    [
      'authorizations go on after the last decision',
      spoiled('clinical-criteria.json', CRITERIA, { authorizedUntil: '2028-12-31' }),
    ],
    ['no rebate asks for a list without prices', spoiled('programmes.json', RULES, { rebates: [] })],
  ])('%s', (_why, raw) => {
    expect(problemsOf(raw)).toEqual([]);
  });
});

describe('the version of a bundle', () => {
  const { version } = parsePolicyBundle(policyDocuments());

  test('is twelve hex digits of its content', () => {
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(parsePolicyBundle(policyDocuments()).version).toBe(version);
  });

  test('changes with a rule', () => {
    expect(aPolicy({ cap: { amount: '49.99' } }).version).not.toBe(version);
  });
});

describe('a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'policy-'));
    const written = Object.entries(policyDocuments()).map(([name, document]) =>
      writeFile(join(folder, name), JSON.stringify(document)),
    );
    await Promise.all(written);
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('with the deployed policy is read, however it is laid out', async () => {
    expect(await loadPolicyBundle(folder)).toEqual(await loadPolicyBundle(DEPLOYED));
  });

  test('may hold other files beside the documents', async () => {
    await writeFile(join(folder, 'README.md'), 'what this is');
    expect(Object.keys(await readPolicy(folder))).not.toContain('README.md');
  });

  test('is refused when a document is not JSON', async () => {
    await writeFile(join(folder, 'prices.json'), '{');
    await expect(loadPolicyBundle(folder)).rejects.toThrow('prices.json: is not JSON');
  });
});

describe('other rules', () => {
  test('are put in place of the ones that they name and of no others', () => {
    const rulesOf = (raw: RawPolicy) => placeIn(raw['programmes.json'], RULES);
    const before = rulesOf(policyDocuments());
    const after = rulesOf(
      patchVersions(policyDocuments(), BRIDGE_ROUTING, { rules: { supply: { daysAllowed: [30] }, groupIds: ['A'] } }),
    );
    expect(after).toEqual({ ...before, groupIds: ['A'], supply: { ...(before['supply'] as Json), daysAllowed: [30] } });
  });

  test('are a problem when nobody knows them', () => {
    expect(
      problemsOf(patchVersions(policyDocuments(), BRIDGE_ROUTING, { rules: { cpa: { amount: '1.00' } } })),
    ).toContainEqual(expect.stringContaining('Unrecognized key: "cpa"'));
  });

  test('leave a document alone that has no programmes', () => {
    expect(problemsOf(patchVersions({ 'programmes.json': [] }, BRIDGE_ROUTING, {}))).toContainEqual(
      expect.stringContaining('programmes.json'),
    );
  });
});

describe('other criteria', () => {
  test('are put in place of the ones that they name and of no others', () => {
    const before = placeIn(policyDocuments()['clinical-criteria.json'], CRITERIA);
    const patch = { ageMin: 12, lifestyle: { unanswered: 'DENY' } };
    const changed = patchCriteria(policyDocuments(), BRIDGE_ROUTING, patch);
    expect(placeIn(changed['clinical-criteria.json'], CRITERIA)).toEqual({ ...before, ...patch });
  });

  test('are those of the programme alone', () => {
    const elsewhere = { ...BRIDGE_ROUTING, processorControlNumber: 'OTHER' };
    expect(patchCriteria(policyDocuments(), elsewhere, { ageMin: 12 })).toEqual(policyDocuments());
  });

  test('are a problem when nobody knows them', () => {
    expect(problemsOf(patchCriteria(policyDocuments(), BRIDGE_ROUTING, { age: 12 }))).toContainEqual(
      expect.stringContaining('Unrecognized key: "age"'),
    );
  });

  test('leave a document alone that is none', () => {
    expect(patchCriteria({ 'clinical-criteria.json': [] }, BRIDGE_ROUTING, {})).toEqual({
      'clinical-criteria.json': [],
    });
  });
});
