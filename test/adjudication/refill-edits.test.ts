import { describe, expect, test } from 'vitest';

import type { BillingClaim } from '../../src/claims/claim.ts';
import type { DrugFamily, PrescriptionServiceReferenceNumber } from '../../src/claims/ids.ts';
import { Quantity } from '../../src/values/quantity.ts';
import {
  aClaim,
  aContext,
  adjudicate,
  anAuthorization,
  aPolicy,
  authorizationFor,
  day,
  NDC,
  noonOf,
  reversalOf,
  wordOf,
  type Given,
} from '../builders.ts';

/** A fill with a prescription of its own, so that none is taken for another. */
const fillOn = (date: string, changes: Partial<BillingClaim> = {}): BillingClaim =>
  aClaim({
    dateOfService: day(date),
    prescriptionServiceReferenceNumber: date.replaceAll('-', '') as PrescriptionServiceReferenceNumber,
    ...changes,
  });

/** The answers to fills on these days, in the order in which they are billed. */
const answers = (fills: readonly BillingClaim[], given: Given = {}): string =>
  adjudicate(fills, aContext(given)).decisions.map(wordOf).join(', ');

const rules = (refill: object): Given => ({ policy: aPolicy({ refill }) });

describe('fills of one drug are answered with', () => {
  test.each<[string, string, readonly string[], Given?]>([
    ['P, 79', 'the second comes on day 20 of 28', ['2026-08-03', '2026-08-23']],
    ['P, P', 'the second comes on day 21 of 28', ['2026-08-03', '2026-08-24']],
    ['P, 79', 'the second comes on the same day', ['2026-08-03', '2026-08-03']],
    ['P, P, 79', 'the third comes when 8 days are left over', ['2026-08-03', '2026-08-24', '2026-09-20']],
    ['P, P, P', 'the third comes when 7 days are left over', ['2026-08-03', '2026-08-24', '2026-09-21']],
    ['P, P, P', 'days without the drug are forgotten', ['2026-08-03', '2026-10-30', '2026-11-20']],
    ['P, P, 79', 'days without the drug buy no earlier refill', ['2026-08-03', '2026-10-30', '2026-11-19']],
    [
      'P, P, P',
      'only the last fill counts',
      ['2026-08-03', '2026-08-24', '2026-09-14'],
      rules({ countsOnHand: false }),
    ],
    [
      'P, P, 79',
      'only the last fill counts',
      ['2026-08-03', '2026-08-24', '2026-09-13'],
      rules({ countsOnHand: false }),
    ],
    ['P, 79', 'all of it has to be used up', ['2026-08-03', '2026-08-30'], rules({ thresholdPercent: 100 })],
    ['P, P', 'all of it is used up', ['2026-08-03', '2026-08-31'], rules({ thresholdPercent: 100 })],
    [
      'P, P',
      'nothing has to be used up',
      ['2026-08-03', '2026-08-03'],
      rules({ thresholdPercent: 0, countsOnHand: false }),
    ],
  ])('%s when %s', (...[expected, , days, given]) => {
    const fills = days.map((date, index) => fillOn(date, { fillNumber: index }));
    expect(answers(fills, given)).toBe(expected);
  });

  test.each([
    ['P, 79', 'of 30 days comes on day 22', '2026-08-25'],
    ['P, P', 'of 30 days comes on day 23: 22.5 is rounded up', '2026-08-26'],
  ])('%s when the second %s', (expected, _why, second) => {
    expect(answers([fillOn('2026-08-03', { daysSupply: 30 }), fillOn(second)])).toBe(expected);
  });

  test.each([
    ['P, 79', 'leaves 20 days to one that is paid', '2026-08-31', '2026-08-11'],
    ['P, P', 'leaves 21 days to one that is paid', '2026-08-31', '2026-08-10'],
  ])('%s when one that is billed late %s', (...[expected, , paid, late]) => {
    expect(answers([fillOn(paid), fillOn(late, { receivedAt: noonOf(paid) })])).toBe(expected);
  });

  test('P, A, P when the first was taken back', () => {
    const first = fillOn('2026-08-03');
    const { decisions } = adjudicate([first, reversalOf(first), fillOn('2026-08-05')]);
    expect(decisions.map(wordOf).join(', ')).toBe('P, A, P');
  });

  test('P, P when they are of two brands', () => {
    const kwikPen = fillOn('2026-08-05', { ndc: NDC.zepboundKwikPen5, quantityDispensed: Quantity.of('2.4') });
    const authorizations = { priorAuthorizations: [anAuthorization(), authorizationFor('ZEPBOUND')] };
    expect(answers([fillOn('2026-08-03'), kwikPen], authorizations)).toBe('P, P');
  });
});

describe('the next fill date', () => {
  const nextFill = (days: readonly string[], late?: BillingClaim): string => {
    const fills = [...days.map((date) => fillOn(date)), ...(late ? [late] : [])];
    const { response } = adjudicate(fills).decisions.at(-1) ?? { response: undefined };
    return response?.status === 'R' ? response.rejects[0].message : 'paid';
  };

  test('is the day on which three quarters of the last fill are used up', () => {
    expect(nextFill(['2026-08-03', '2026-08-23'])).toBe('REFILL TOO SOON. NEXT FILL 2026-08-24');
  });

  test('is later by what earlier fills have left over', () => {
    expect(nextFill(['2026-08-03', '2026-08-24', '2026-09-14'])).toBe('REFILL TOO SOON. NEXT FILL 2026-09-21');
  });

  test('lies behind the last fill when one that is billed late does not fit', () => {
    const late = fillOn('2026-08-20', { receivedAt: noonOf('2026-08-31') });
    expect(nextFill(['2026-08-31'], late)).toBe('REFILL TOO SOON. NEXT FILL 2026-09-21');
  });
});

describe('a refill that is too soon', () => {
  const lower = { ndc: NDC.wegovy025, quantityDispensed: Quantity.of('2') };
  const higher = { ndc: NDC.wegovy05, quantityDispensed: Quantity.of('2') };
  const change = { submissionClarificationCodes: ['5'] };
  const allowed = rules({ doseChange: 'ALLOW' });
  const leave = (changes: Parameters<typeof anAuthorization>[0] = {}): Given => ({
    priorAuthorizations: [anAuthorization(), anAuthorization({ kind: 'EARLY_REFILL', ...changes })],
  });

  test.each<[string, string, Partial<BillingClaim>, Given?]>([
    ['79', 'is another strength on day 14', higher],
    ['79', 'is a change of therapy and the policy has no rule for it', { ...higher, ...change }],
    ['P', 'is a change of therapy and the policy allows it', { ...higher, ...change }, allowed],
    ['79', 'is called a change of therapy and is the same strength', { ...lower, ...change }, allowed],
    ['79', 'is another strength, which nobody calls a change of therapy', higher, allowed],
    ['79', 'is said to be lost', { ...lower, submissionClarificationCodes: ['4'] }],
    ['P', 'has leave of the help desk', lower, leave()],
    ['79', 'has leave only from the day after', lower, leave({ effective: day('2026-08-18') })],
    ['79', 'has leave until the day before', lower, leave({ terminated: day('2026-08-16') })],
    ['79', 'has leave for another drug', lower, leave({ drugFamily: 'ZEPBOUND' as DrugFamily })],
    ['79', 'waits for leave', lower, leave({ status: 'IN_REVIEW' })],
  ])('is answered with %s when it %s', (...[expected, , second, given]) => {
    expect(answers([fillOn('2026-08-03', lower), fillOn('2026-08-17', second)], given)).toBe(`P, ${expected}`);
  });

  test.each<[string, Partial<BillingClaim>, Given]>([
    ['DOSE_CHANGE', { ...higher, ...change }, allowed],
    ['EARLY_REFILL', lower, leave()],
  ])('is paid with the flag %s', (flag, second, given) => {
    const { decisions } = adjudicate([fillOn('2026-08-03', lower), fillOn('2026-08-17', second)], aContext(given));
    expect(decisions[1]?.response).toMatchObject({ status: 'P', flags: [flag] });
  });

  test.each([
    ['79', '2026-09-06'],
    ['P', '2026-09-07'],
  ])('leaves no old strength on hand after a change of therapy: %s on %s', (expected, third) => {
    const fills = [fillOn('2026-08-03', lower), fillOn('2026-08-17', { ...higher, ...change }), fillOn(third, higher)];
    expect(answers(fills, allowed)).toBe(`P, P, ${expected}`);
  });
});
