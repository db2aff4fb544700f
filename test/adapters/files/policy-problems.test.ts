import { describe, expect, test } from 'vitest';

import type { RawPolicy } from '../../../src/adapters/files/policy-bundle.ts';
import { examinePolicy } from '../../../src/adapters/files/policy-examination.ts';
import { sentenceOf, type Severity } from '../../../src/adapters/files/policy-problem.ts';
import { BRIDGE, policyDocuments } from '../../builders.ts';
import { doubled, doubling, placeIn, spoiled } from './spoiled-policy.ts';

/** Problems of other programmes with the same products are left out. */
const told = (raw: RawPolicy, severity: Severity): readonly string[] =>
  examinePolicy(raw)
    .problems.filter((problem) => problem.severity === severity)
    .filter(({ programme }) => programme === null || programme === BRIDGE)
    .map((problem) => `${problem.file}: ${sentenceOf(problem)}`);

const VERSION = ['programmes', 0, 'versions', 0] as const;
const RULES = [...VERSION, 'rules'] as const;
const CAP = [...RULES, 'cap'] as const;
const SUPPLY = [...VERSION, 'rules', 'supply'] as const;
const REBATE = [...VERSION, 'rules', 'rebates', 0] as const;
const COVERED = ['listings', 0] as const;
const SAMPLES = ['listings', 2] as const;
const PRICE = ['prices', 3] as const;
const TABLETS = ['products', 3] as const;
const FLEXTOUCH = ['products', 7] as const;
const MESSAGES = ['messages'] as const;
const CRITERIA = ['criteria', 0] as const;

/** Those of the control programme. */
const { costShare: PHASES, cap: NO_CAP } = placeIn(policyDocuments()['programmes.json'], [
  'programmes',
  3,
  'versions',
  0,
  'rules',
]);

const FOUNDAYO = ['00002417831', '00002450331', '00002479431', '00002480331', '00002483931', '00002495331'];
const TWICE = [1, 2].map(() => ({ ndc: '00169491532', name: 'Wegovy FlexTouch', packageQuantity: '3' }));

const endedAndBegun = (
  file: string,
  path: readonly (string | number)[],
  days: [ends: string, begins: string],
): RawPolicy =>
  doubling(file, path, { effective: days[1], terminated: null })(spoiled(file, path, { terminated: days[0] }));

describe('a policy has an error when', () => {
  test.each<[string, RawPolicy, string]>([
    [
      'a listing names a product twice',
      spoiled('covered-drugs.json', SAMPLES, { ndcs: ['00169452594', '00169452594'] }),
      'covered-drugs.json: listing 00169452594: the entry of 2026-07-01 names it twice: strike one out',
    ],
    [
      'a price names a product twice',
      spoiled('prices.json', PRICE, { ndcs: [...FOUNDAYO, '00002417831'] }),
      'prices.json: WAC price 00002417831: the entry of 2026-01-01 names it twice: strike one out',
    ],
    [
      'a product has a package twice',
      spoiled('products.json', FLEXTOUCH, { packages: TWICE }),
      'products.json: product 00169491532: the entry of 2026-01-01 names it twice: strike one out',
    ],
    [
      'an NDC has its zero where that of another shape of label stands',
      spoiled('prices.json', PRICE, { ndcs: [...FOUNDAYO, '01694052414'] }),
      'prices.json: WAC price 01694052414: is no product: its zero is in the wrong place, write 00169452414',
    ],
    [
      'an NDC is of no product',
      spoiled('prices.json', PRICE, { ndcs: [...FOUNDAYO, '55555444433'] }),
      'prices.json: WAC price 55555444433: is no product: add its package to products.json',
    ],
    [
      'the prices of a covered product leave a gap',
      endedAndBegun('prices.json', PRICE, ['2027-03-31', '2027-05-01']),
      'prices.json: WAC price 00002417831, 00002450331, 00002479431 and 3 more: is missing from 2027-04-01 to 2027-04-30, ' +
        'for claims received from 2026-06-10, and the product is covered: add a price, or end the listing',
    ],
    [
      'a rebate rule ends before it begins',
      spoiled('programmes.json', REBATE, { terminated: '2026-06-30' }),
      'programmes.json: rebate MEDICARE_GLP1_BRIDGE in the rules of 2026-07-01: the entry of 2026-07-01 ends before it ' +
        'begins, on 2026-06-30: terminated is its last day, or null',
    ],
    [
      'another reject than 70 has no text for the reason of a listing',
      spoiled('covered-drugs.json', SAMPLES, { reject: '831' }),
      'messages.json: 831 SAMPLE has no text: add what the pharmacy shall read',
    ],
    [
      'a text is longer than its field',
      spoiled('messages.json', MESSAGES, { '79': 'A'.repeat(201) }),
      'messages.json: messages.79 Too big: expected string to have <=200 characters',
    ],
    [
      'a text has a character that the standard does not carry',
      spoiled('messages.json', MESSAGES, { '79': 'CAFÉ' }),
      'messages.json: 79: has characters that the standard does not carry: printable ASCII only',
    ],
    [
      'a part bears a copay that the phases of Part D do not know',
      spoiled('programmes.json', RULES, { partialFill: 'COPAY_ON_PARTIAL', costShare: PHASES, cap: NO_CAP }),
      'programmes.json: partialFill: the phases of Part D share cost and know no copay of a fill: set it to UNSUPPORTED',
    ],
    [
      'a cap is shared that is no cap of a month',
      spoiled('programmes.json', CAP, { sharedWith: [BRIDGE] }),
      'programmes.json: cap.sharedWith: only a cap by CALENDAR_MONTH can be shared, and only with reversal.onReversal KEEP',
    ],
    [
      'a cap is shared with nobody',
      spoiled('programmes.json', CAP, { scope: 'CALENDAR_MONTH', sharedWith: ['NOBODY'] }),
      'programmes.json: cap.sharedWith: NOBODY is no programme',
    ],
  ])('%s', (_why, raw, problem) => {
    expect(told(raw, 'ERROR')).toEqual([problem]);
  });

  test.each<[string, RawPolicy]>([
    ['a text has just the length of its field', spoiled('messages.json', MESSAGES, { '79': 'A'.repeat(200) })],
    ['prices follow each other', endedAndBegun('prices.json', PRICE, ['2027-03-31', '2027-04-01'])],
    ['what is not covered has no price', spoiled('covered-drugs.json', SAMPLES, { reason: null })],
  ])('but not when %s', (_why, raw) => {
    expect(told(raw, 'ERROR')).toEqual([]);
  });
});

describe('a policy can be used, and something in it is probably not meant, when', () => {
  const listing = (changes: object): RawPolicy => spoiled('covered-drugs.json', COVERED, { ...changes });

  test.each<[string, RawPolicy, string]>([
    [
      'an entry is known only after it has ended',
      doubled('prices.json', PRICE, { effective: '2026-08-01', terminated: '2026-08-31', knownFrom: '2026-09-01' }),
      'prices.json: WAC price 00002417831, 00002450331, 00002479431 and 3 more: the entry of 2026-08-01 has ended on ' +
        '2026-08-31, before it is known on 2026-09-01: only claims that come later see it; is knownFrom right?',
    ],
    [
      'a listing begins before its programme',
      listing({ effective: '2026-06-30' }),
      'covered-drugs.json: listing of 2026-06-30: begins on 2026-06-30, before the first day 2026-07-01 of the programme: ' +
        'keep it within, or leave its end open',
    ],
    [
      'a listing ends after its programme',
      listing({ terminated: '2028-01-01' }),
      'covered-drugs.json: listing of 2026-07-01: ends on 2028-01-01, after the last day 2027-12-31 of the programme: ' +
        'keep it within, or leave its end open',
    ],
    [
      'a listing begins after its programme has ended',
      spoiled('covered-drugs.json', SAMPLES, { effective: '2028-01-01' }),
      'covered-drugs.json: listing of 2028-01-01: begins on 2028-01-01, after the last day 2027-12-31 of the programme: ' +
        'keep it within, or leave its end open',
    ],
    [
      'a product is covered before it is marketed',
      spoiled('products.json', TABLETS, { effective: '2026-07-02' }),
      'covered-drugs.json: listing of 2026-07-01 00002417831, 00002450331, 00002479431 and 3 more: begins on 2026-07-01, ' +
        'before the first day 2026-07-02 of its marketing: fills of those days are refused',
    ],
    [
      'a product is covered after its marketing has ended',
      doubling('covered-drugs.json', COVERED, { ndcs: ['00169491532'] })(
        spoiled('products.json', FLEXTOUCH, { terminated: '2026-06-30' }),
      ),
      'covered-drugs.json: listing of 2026-07-01 00169491532: begins on 2026-07-01, after the last day 2026-06-30 of its ' +
        'marketing: fills of those days are refused',
    ],
    [
      'the entries of a product leave a gap',
      endedAndBegun('products.json', FLEXTOUCH, ['2026-06-30', '2026-08-01']),
      'products.json: product 00169491532: nothing is said from 2026-07-01 to 2026-07-31, between two entries: ' +
        'if that is meant, say so in an entry',
    ],
    [
      'no allowed supply is made of whole packages',
      spoiled('programmes.json', SUPPLY, { daysAllowed: [28] }),
      'covered-drugs.json: listing of 2026-07-01 00169441531, 00169440431, 00169440931 and 7 more: a package lasts 30 days, ' +
        'and the rules of 2026-07-01 allow 28: correct products[].daysSupply or supply.daysAllowed',
    ],
    [
      'days go by product and the product has others',
      spoiled('programmes.json', SUPPLY, { daysAllowed: [28, 60], daysBy: 'EACH_PRODUCT' }),
      'covered-drugs.json: listing of 2026-07-01 00169441531, 00169440431, 00169440931 and 7 more: a package lasts 30 days, ' +
        'and the rules of 2026-07-01 allow 28 or 60: correct products[].daysSupply or supply.daysAllowed',
    ],
    [
      'what is covered has a reason',
      listing({ reason: 'SAMPLE' }),
      'covered-drugs.json: listing of 2026-07-01: nobody is told the reason SAMPLE of what is covered: ' +
        'strike it out, or set covered to false',
    ],
    [
      'a product is covered under a model that the programme does not know',
      listing({ model: 'BALANCE_MEDICAID' }),
      'covered-drugs.json: listing of 2026-07-01: covers under the model BALANCE_MEDICAID, of which the programme has no ' +
        'dated rebate rule: every fill is refused with 70',
    ],
    [
      'a rebate rule is known only after it has ended',
      spoiled('programmes.json', REBATE, { terminated: '2026-08-31', knownFrom: '2026-09-01' }),
      'programmes.json: rebate MEDICARE_GLP1_BRIDGE in the rules of 2026-07-01: the entry of 2026-07-01 has ended on ' +
        '2026-08-31, before it is known on 2026-09-01: only claims that come later see it; is knownFrom right?',
    ],
    [
      'a programme covers nothing',
      listing({ covered: false }),
      'covered-drugs.json: covers no product: every fill is refused with 70',
    ],
    [
      'the labeler of an NDC is not padded',
      spoiled('products.json', [...FLEXTOUCH, 'packages', 0], { ndc: '01694915320' }),
      'products.json: product 01694915320: looks like a label of 4-4-2 digits whose labeler is not padded: ' +
        '0169-4524-14 is written 00169452414',
    ],
    [
      'a cap is shared with a programme that does not share back',
      spoiled('programmes.json', CAP, { scope: 'CALENDAR_MONTH', sharedWith: ['MEDICAID_ZZ_FFS'] }),
      'programmes.json: cap.sharedWith: MEDICAID_ZZ_FFS does not share back: what two fills cost depends on which of them is billed first',
    ],
    [
      'a request and its claims are asked for another age',
      spoiled('clinical-criteria.json', CRITERIA, { ageMin: 21 }),
      'clinical-criteria.json: ageMin: requests are taken from 21 years of age on, claims from 18 by clinical.ageMin',
    ],
    [
      'a request and its claims look back at other years',
      spoiled('clinical-criteria.json', CRITERIA, { partDGlp1: { calendarYears: [2026, 2027] } }),
      'clinical-criteria.json: partDGlp1.calendarYears: requests look back at 2026, 2027, claims at 2026 by eligibility.priorGlp1.calendarYears',
    ],
    [
      'a text is for a reason that no listing gives',
      spoiled('messages.json', MESSAGES, { '70 SAMPEL': 'SAMPLES ARE NOT COVERED' }),
      'messages.json: 70 SAMPEL is never shown, because nothing gives the reason SAMPEL: correct or strike it out',
    ],
    [
      'a text is for a reason that no rule gives',
      spoiled('messages.json', MESSAGES, { '65 PLAN': 'NOT AN ELIGIBLE PLAN' }),
      'messages.json: 65 PLAN is never shown, because nothing gives the reason PLAN: correct or strike it out',
    ],
  ])('%s', (_why, raw, problem) => {
    expect(told(raw, 'WARNING')).toEqual([problem]);
    expect(told(raw, 'ERROR')).toEqual([]);
  });

  test.each<[string, RawPolicy]>([
    ['it is the deployed one', policyDocuments()],
    ['a request is not asked for a look-back', spoiled('clinical-criteria.json', CRITERIA, { partDGlp1: null })],
    ['a listing ends with its programme', listing({ terminated: '2027-12-31' })],
    [
      'a product is marketed from the day on which it is covered',
      spoiled('products.json', TABLETS, { effective: '2026-07-01' }),
    ],
    [
      'an entry is known on its last day',
      doubled('prices.json', PRICE, { effective: '2026-08-01', terminated: '2026-08-31', knownFrom: '2026-08-31' }),
    ],
    ['a supply is made of several packages', spoiled('programmes.json', SUPPLY, { daysAllowed: [28, 60] })],
    ['the programme knows the model of a listing', listing({ model: BRIDGE })],
    ['a programme is dormant', spoiled('programmes.json', VERSION, { effective: null })],
    ['whoever denies has a reason of their own', spoiled('messages.json', MESSAGES, { '3Y OTHER': 'DENIED' })],
  ])('but not when %s', (_why, raw) => {
    expect(told(raw, 'WARNING')).toEqual([]);
  });
});
