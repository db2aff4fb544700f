import { describe, expect, test } from 'vitest';

import { ruleNote, ruleText, type RuleKey } from '../../src/policy/policy-keys.ts';
import type { ProgrammeRules } from '../../src/policy/programme-rules.ts';
import { aPolicy, BRIDGE_ROUTING } from '../builders.ts';

function rulesOf(changes: Parameters<typeof aPolicy>[0] = {}): ProgrammeRules {
  const { binNumber, processorControlNumber } = BRIDGE_ROUTING;
  const version = aPolicy(changes).programmes.get(binNumber)?.get(processorControlNumber)?.versions[0];
  if (!version) throw new Error('the Bridge is the programme of the tests');
  return version.rules;
}

const NO_CAP: ProgrammeRules = { ...rulesOf(), cap: { ...rulesOf().cap, amount: null } };
const NO_REBATES: ProgrammeRules = { ...rulesOf(), rebates: [] };

describe('a rule is told as', () => {
  test.each<[string, RuleKey, string | null]>([
    ['a number', 'refill.thresholdPercent', '75'],
    ['dollars and cents where it is money', 'cap.amount', '50.00'],
    ['dollars and cents of a rule among several', 'rebates[].formula.netPerMonth', '245.00'],
    ['a word', 'cap.scope', 'PER_FILL'],
    ['yes or no', 'refill.countsOnHand', 'true'],
    ['a list with commas', 'supply.daysAllowed', '28, 30'],
    ['a part of each row of a table', 'supply.monthlySupplies[].daysMax', '31, 60, 90'],
    ['a part that lies deeper', 'eligibility.priorGlp1.calendarYears', '2026'],
    ['nothing where it is null', 'groupIds', null],
  ])('%s', (_what, key, text) => {
    expect(ruleText(rulesOf(), key)).toBe(text);
  });

  const noYear = rulesOf({ eligibility: { priorGlp1: { calendarYears: [] } } });
  const pattern = rulesOf({ eligibility: { cardholderIdPattern: '^AB$' } });

  test.each<[string, string | null, RuleKey, ProgrammeRules]>([
    ['none where its list is empty', 'none', 'eligibility.priorGlp1.calendarYears', noYear],
    ['none where there is no such rule', 'none', 'rebates[].model', NO_REBATES],
    ['nothing where there is no limit', null, 'cap.amount', NO_CAP],
    ['nothing where the rule is of another kind', null, 'costShare.deductible', rulesOf()],
    ['a pattern without slashes', '^AB$', 'eligibility.cardholderIdPattern', pattern],
  ])('%s', (...[, text, key, rules]) => {
    expect(ruleText(rules, key)).toBe(text);
  });
});

describe('the evidence of a rule is', () => {
  test('the note of its section', () => {
    expect(ruleNote(rulesOf(), 'eligibility.priorGlp1.rollingDays')).toMatch(/^MBI format: CMS\./);
  });

  test.each<[string, RuleKey, ProgrammeRules]>([
    ['has no section', 'groupIds', rulesOf()],
    ['is one of a list', 'rebates[].model', rulesOf()],
  ])('nothing where it %s', (_why, key, rules) => {
    expect(ruleNote(rules, key)).toBeNull();
  });
});
