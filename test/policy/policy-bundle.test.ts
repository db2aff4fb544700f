import { describe, expect, test } from 'vitest';

import { asOfClaim, endedBefore, pricePerPackage, programmeOf, rulesAsOf } from '../../src/policy/policy-bundle.ts';
import type { Programme } from '../../src/policy/policy-bundle.ts';
import { messageText } from '../../src/policy/messages.ts';
import { monthsOf, type ProgrammeRules } from '../../src/policy/programme-rules.ts';
import { InvariantBroken } from '../../src/values/invariant.ts';
import { Money } from '../../src/values/money.ts';
import { aClaim, aPolicy, at, BRIDGE, day, NDC, noonOf } from '../builders.ts';

const policy = aPolicy();

const bridge = (): Programme => {
  const programme = programmeOf(policy, aClaim());
  if (programme === null) throw new Error('the deployed policy knows the Bridge');
  return programme;
};
const rulesOn = (date: string): ProgrammeRules | null =>
  rulesAsOf(bridge(), asOfClaim({ dateOfService: day(date), receivedAt: noonOf(date) }));

describe('the deployed policy', () => {
  test.each([
    [BRIDGE, {}],
    [undefined, { binNumber: '28918' }],
    [undefined, { processorControlNumber: 'MEDDGLP1' }],
  ])('routes to %s with %o', (programme, claim) => {
    expect(programmeOf(policy, aClaim(claim))?.id).toBe(programme);
  });

  test.each([
    [false, '2026-06-30'],
    [true, '2026-07-01'],
    [true, '2027-12-31'],
    [false, '2028-01-01'],
  ])('has rules for the Bridge: %s on %s', (expected, date) => {
    expect(rulesOn(date) !== null).toBe(expected);
  });

  test.each([
    [false, '2027-12-31'],
    [true, '2028-01-01'],
  ])('knows that the Bridge has ended: %s on %s', (expected, date) => {
    expect(endedBefore(bridge(), { dateOfService: day(date), knownOn: day('2026-08-03') })).toBe(expected);
  });

  test('covers 22 products of three brands', () => {
    const covered = [...bridge().listings].filter(([, [listing]]) => listing?.covered);
    const families = covered.map(([ndc]) => policy.products.get(ndc)?.[0]?.drugFamily);
    expect(covered).toHaveLength(22);
    expect(new Set(families)).toEqual(new Set(['WEGOVY', 'ZEPBOUND', 'FOUNDAYO']));
  });

  test.each([
    ['1349.02', NDC.wegovy24, '2026-12-31'],
    ['675.00', NDC.wegovy24, '2027-01-01'],
    ['1086.00', NDC.zepboundKwikPen5, '2027-01-01'],
    ['649.00', NDC.foundayo9, '2026-07-01'],
  ])('prices a package at %s: %s on %s', (price, ndc, date) => {
    const when = { dateOfService: day(date), knownOn: day('2026-07-01') };
    expect(pricePerPackage(policy, 'WAC', { ndc, when })).toBe(Money.of(price));
  });
});

describe('a claim sees what was known', () => {
  test.each([
    ['2026-08-02', '2026-08-02T23:59:59.999Z'],
    ['2026-08-03', '2026-08-03T00:00:00Z'],
  ])('on %s when it was received at %s', (knownOn, receivedAt) => {
    expect(asOfClaim({ dateOfService: day('2026-08-01'), receivedAt: at(receivedAt) })).toEqual({
      dateOfService: '2026-08-01',
      knownOn,
    });
  });
});

describe('the text of a reject is', () => {
  const messages = new Map([
    ['65', 'general'],
    ['65 PLAN_TYPE', 'special'],
  ]);

  test.each([
    ['general', null],
    ['special', 'PLAN_TYPE'],
    ['general', 'UNHEARD_OF'],
  ])('%s with the reason %s', (text, reason) => {
    expect(messageText(messages, '65', reason)).toBe(text);
  });

  test('never missing', () => {
    expect(() => messageText(messages, '70', null)).toThrow(InvariantBroken);
  });
});

describe('monthly supplies of a fill', () => {
  test.each([
    [1, 28],
    [1, 31],
    [2, 32],
    [2, 60],
    [3, 61],
    [3, 90],
  ])('are %i in %i days', (months, days) => {
    const rules = rulesOn('2026-08-03');
    expect(rules && monthsOf(rules, days)).toBe(months);
  });

  test('end where the policy has no row', () => {
    const rules = rulesOn('2026-08-03');
    expect(() => rules && monthsOf(rules, 91)).toThrow(InvariantBroken);
  });
});
