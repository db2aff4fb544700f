import { describe, expect, test } from 'vitest';

import { applyDecision, decidePriorAuthorization } from '../../src/adjudication/decide-prior-authorization.ts';
import type { DrugFamily, ProgrammeId } from '../../src/claims/ids.ts';
import type { PriorAuthorizationRequest } from '../../src/claims/prior-authorization-request.ts';
import type { PriorAuthorization } from '../../src/policy/reference.ts';
import { Bmi } from '../../src/values/bmi.ts';
import { anAuthorization, aRequest, BRIDGE, day, NDC, someCriteria } from '../builders.ts';

const APPROVED = {};
const INCOMPLETE = { lifestyleProgram: null };
const DENIED = { bmiAtInitiation: Bmi.of('26.9') };

const decide = (changes: Partial<PriorAuthorizationRequest>, on = '2026-08-03') =>
  decidePriorAuthorization(aRequest(changes), someCriteria(), day(on));

type Authorization = PriorAuthorization;
const OF_ONE_FAMILY = (one: Authorization, other: Authorization): boolean => one.drugFamily === other.drugFamily;
const applied = (
  existing: readonly Authorization[],
  decision: Parameters<typeof applyDecision>[1],
  isSame = OF_ONE_FAMILY,
) => applyDecision(existing, decision, isSame);

describe('a decision', () => {
  test.each([
    ['APPROVED', 'APPROVED', APPROVED, [], null],
    ['INCOMPLETE', 'IN_REVIEW', INCOMPLETE, ['LIFESTYLE_UNANSWERED'], null],
    ['DENIED', 'DENIED', DENIED, ['BMI_BELOW_MINIMUM'], 'BMI_BELOW_MINIMUM'],
    [
      'DENIED',
      'DENIED',
      { ...INCOMPLETE, ...DENIED },
      ['LIFESTYLE_UNANSWERED', 'BMI_BELOW_MINIMUM'],
      'BMI_BELOW_MINIMUM',
    ],
    [
      'DENIED',
      'DENIED',
      { typeTwoDiabetes: true, ...DENIED },
      ['TYPE_2_DIABETES', 'BMI_BELOW_MINIMUM'],
      'TYPE_2_DIABETES',
    ],
  ])('%s is on file as %s for %o', (...[outcome, status, changes, reasons, reason]) => {
    const { decision, reasons: told, authorization } = decide(changes);
    expect([decision, told]).toEqual([outcome, reasons]);
    expect(authorization).toMatchObject({ status, reason, reasons });
  });

  test('is on file for its drug, from its day to the end that the policy gives', () => {
    expect(decide({ requestId: 'R7', ndc: NDC.wegovy24 }, '2026-09-14').authorization).toEqual({
      programme: BRIDGE,
      kind: 'DRUG',
      status: 'APPROVED',
      drugFamily: 'WEGOVY',
      ndc: NDC.wegovy24,
      effective: '2026-09-14',
      terminated: '2027-12-31',
      reason: null,
      requestId: 'R7',
      reasons: [],
    });
  });

  test('has no end where the policy gives none', () => {
    const { authorization } = decidePriorAuthorization(
      aRequest(),
      someCriteria({ authorizedUntil: null }),
      day('2026-08-03'),
    );
    expect(authorization.terminated).toBeNull();
  });
});

/** What is on file after these requests, as `id status` in order. */
const afterwards = (existing: readonly PriorAuthorization[], ...requests: Partial<PriorAuthorizationRequest>[]) =>
  requests
    .reduce((onFile, request) => applied(onFile, decide(request)).authorizations, existing)
    .map(({ requestId, status }) => `${requestId ?? '-'} ${status}`);

describe('a decision is put on file', () => {
  const family = (drugFamily: string) => ({ drugFamily: drugFamily as DrugFamily });

  test.each<[string, readonly string[], readonly string[]]>([
    ['alone', [], ['N APPROVED']],
    ['in the place of a denial', ['DENIED'], ['- REPLACED', 'N APPROVED']],
    ['in the place of an open request', ['IN_REVIEW'], ['- REPLACED', 'N APPROVED']],
    ['in the place of one that is used up', ['EXHAUSTED'], ['- REPLACED', 'N APPROVED']],
    ['in the place of all of them', ['DENIED', 'IN_REVIEW'], ['- REPLACED', '- REPLACED', 'N APPROVED']],
    ['beside an approval', ['APPROVED'], ['- APPROVED', 'N APPROVED']],
  ])('%s', (_how, statuses, expected) => {
    const existing = statuses.map((status) => anAuthorization({ status: status as PriorAuthorization['status'] }));
    expect(afterwards(existing, { requestId: 'N' })).toEqual(expected);
  });

  test('in the place of an earlier one, whatever the two say', () => {
    expect(
      afterwards([], { requestId: 'A', ...DENIED }, { requestId: 'B', ...INCOMPLETE }, { requestId: 'C', ...DENIED }),
    ).toEqual(['A REPLACED', 'B REPLACED', 'C DENIED']);
  });

  test('without taking an approval back', () => {
    expect(afterwards([], { requestId: 'A' }, { requestId: 'B', ...DENIED })).toEqual(['A APPROVED', 'B DENIED']);
  });

  test.each<[string, Partial<PriorAuthorization>]>([
    ['another drug', family('ZEPBOUND')],
    ['another programme', { programme: 'OTHER' as ProgrammeId }],
    ['something else than a drug', { kind: 'EARLY_REFILL' }],
  ])('and leaves a denial of %s alone', (_what, changes) => {
    const other = anAuthorization({ status: 'DENIED', ...changes });
    expect(applied([other], decide({})).authorizations[0]).toBe(other);
  });
});

test('a decision leaves a denial of the same family alone where the programme tells the two drugs apart', () => {
  const denial = anAuthorization({ status: 'DENIED' });
  expect(applied([denial], decide({}), () => false).authorizations[0]).toBe(denial);
});

describe('a request that is sent again', () => {
  test.each([
    ['approved', APPROVED],
    ['incomplete', INCOMPLETE],
    ['denied', { ...INCOMPLETE, ...DENIED }],
  ])('is %s as it was, and changes nothing', (_word, changes) => {
    const first = decide(changes);
    const { authorizations } = applied([], first);
    const again = applied(authorizations, decide(changes, '2026-09-01'));
    expect(again).toEqual({ decision: first, authorizations });
    expect(again.authorizations).toBe(authorizations);
  });

  test('gets the first decision too when it says something else by now', () => {
    const { authorizations } = applied([], decide(DENIED));
    expect(applied(authorizations, decide(APPROVED)).decision.decision).toBe('DENIED');
  });

  test('gets it after another request has taken its place', () => {
    const first = decide({ requestId: 'A', ...DENIED });
    const before = applied(applied([], first).authorizations, decide({ requestId: 'B', ...INCOMPLETE }));
    const again = applied(before.authorizations, decide({ requestId: 'A', ...DENIED }));
    expect(again).toEqual({ decision: first, authorizations: before.authorizations });
  });

  test('is another one in another programme', () => {
    const elsewhere = anAuthorization({ programme: 'OTHER' as ProgrammeId, requestId: 'R1', reasons: ['UNDER_AGE'] });
    expect(afterwards([elsewhere], {})).toEqual(['R1 APPROVED', 'R1 APPROVED']);
  });
});
