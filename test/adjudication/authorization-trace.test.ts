import { describe, expect, test } from 'vitest';

import { explainAuthorization } from '../../src/adjudication/authorization-trace.ts';
import { authorize } from '../../src/adjudication/authorize.ts';
import { CRITERIA_EDITS } from '../../src/adjudication/clinical-criteria-edits.ts';
import type { DrugFamily } from '../../src/claims/ids.ts';
import type { PriorAuthorizationRequest } from '../../src/claims/prior-authorization-request.ts';
import { CONDITIONS, type ClinicalCriteria } from '../../src/policy/clinical-criteria.ts';
import type { PriorAuthorization } from '../../src/policy/reference.ts';
import { Bmi } from '../../src/values/bmi.ts';
import { anAuthorization, aPolicy, aRequest, someCriteria } from '../builders.ts';
import { watched } from './watched.ts';

const POLICY = aPolicy();
const trace = (request: Partial<PriorAuthorizationRequest>, existing: readonly PriorAuthorization[] = []) =>
  explainAuthorization(aRequest(request), existing, POLICY).trace;

/** A condition that is had in every degree that counts. */
const ILL: Partial<PriorAuthorizationRequest> = {
  typeTwoDiabetes: true,
  sleepApnea: 'SEVERE',
  mashFibrosis: 'F3',
  bloodPressure: { systolic: 130, diastolic: 95, antihypertensivesTogether: 2 },
};

const REQUESTS = [
  aRequest(),
  aRequest({ bmiAtInitiation: Bmi.of('28.0'), ...ILL, bloodPressure: null }),
  aRequest({ bmiAtInitiation: Bmi.of('31.0'), ...ILL, lifestyleProgram: null }),
  aRequest({
    bmiAtInitiation: Bmi.of('31.0'),
    bloodPressure: { systolic: 130, diastolic: 80, antihypertensivesTogether: 2 },
    intendedUse: 'CARDIOVASCULAR_RISK_REDUCTION',
    partDGlp1Years: [2025],
  }),
];
const OTHERS: readonly ClinicalCriteria[] = [
  someCriteria({ exclusions: CONDITIONS }),
  someCriteria({ tiers: [{ bmiMin: Bmi.of('30.0'), conditions: CONDITIONS }] }),
  someCriteria({ partDGlp1: null, lifestyle: null }),
];

describe('a criterion', () => {
  const keyOf = (path: string): string =>
    `criteria[].${path
      .replace(/^conditions\.[A-Z0-9_]+/, 'conditions[]')
      .replace(/^partDGlp1$/, 'partDGlp1.calendarYears')
      .replace(/^lifestyle$/, 'lifestyle.unanswered')}`;

  function heardBy({ fails }: (typeof CRITERIA_EDITS)[number], criteria: ClinicalCriteria) {
    const heard = { looksAt: new Set<string>(), decidedBy: new Set<string>() };
    for (const request of REQUESTS) {
      const asked = watched(request, (path) => heard.looksAt.add(path.split('.')[0] ?? ''));
      fails(
        asked,
        watched(criteria, (path) => heard.decidedBy.add(keyOf(path))),
      );
    }
    return { looksAt: [...heard.looksAt].sort(), decidedBy: [...heard.decidedBy].sort() };
  }

  test.each(CRITERIA_EDITS)('of the Bridge says all that it looks at, and no more: $reason', (edit) => {
    const { looksAt, decidedBy } = edit.grounds(someCriteria());
    expect(heardBy(edit, someCriteria())).toEqual({ looksAt: looksAt.toSorted(), decidedBy: decidedBy.toSorted() });
  });

  test.each(CRITERIA_EDITS)('says all that it looks at under other criteria too: $reason', (edit) => {
    for (const criteria of OTHERS) {
      const { looksAt, decidedBy } = edit.grounds(criteria);
      const heard = heardBy(edit, criteria);
      expect(looksAt).toEqual(expect.arrayContaining(heard.looksAt));
      expect(decidedBy).toEqual(expect.arrayContaining(heard.decidedBy));
    }
  });
});

describe('the trace of a request', () => {
  test('is of the decision that is made without it', () => {
    for (const request of REQUESTS) {
      const { authorized } = explainAuthorization(request, [], POLICY);
      expect(authorized).toEqual(authorize(request, [], POLICY));
    }
  });

  test('says of every criterion whether it passed, denies or leaves it open', () => {
    const told = trace({ bmiAtInitiation: Bmi.of('28.0'), lifestyleProgram: null });
    expect(told).toMatchObject({ decision: 'DENIED', reasons: ['LIFESTYLE_UNANSWERED', 'NO_QUALIFYING_CONDITION'] });
    const outcomes = new Map(told.steps.map(({ reason, outcome }) => [reason, outcome]));
    expect(outcomes.size).toBe(CRITERIA_EDITS.length);
    expect(outcomes.get('UNDER_AGE')).toBe('PASSED');
    expect(outcomes.get('LIFESTYLE_UNANSWERED')).toBe('LEAVES_OPEN');
    expect(outcomes.get('NO_QUALIFYING_CONDITION')).toBe('DENIES');
  });

  test('says what a criterion looked at and by which policy it was judged', () => {
    const request = { bmiAtInitiation: Bmi.of('30.5'), ...ILL, typeTwoDiabetes: false };
    expect(trace(request).steps.find(({ reason }) => reason === 'SLEEP_APNEA')).toEqual({
      reason: 'SLEEP_APNEA',
      outcome: 'DENIES',
      looksAt: [{ name: 'sleepApnea', value: 'SEVERE' }],
      decidedBy: [
        { key: 'criteria[].exclusions', value: 'TYPE_2_DIABETES, SLEEP_APNEA, MASH' },
        { key: 'criteria[].conditions[].severities', value: 'MODERATE, SEVERE' },
      ],
    });
    expect(trace(request).steps.at(-1)?.looksAt).toContainEqual({
      name: 'bloodPressure',
      value: '130/95 under 2 drugs',
    });
  });

  test.each<[string, Partial<PriorAuthorizationRequest>, object]>([
    ['nothing when it is approved', {}, { claimReject: null, onFile: { status: 'APPROVED' } }],
    [
      '3W while it is open',
      { lifestyleProgram: null },
      { claimReject: { code: '3W' }, onFile: { status: 'IN_REVIEW' } },
    ],
    [
      '3Y with the text of the first reason that denies',
      { typeTwoDiabetes: true, bmiAtInitiation: Bmi.of('26.9') },
      { claimReject: { code: '3Y', message: 'PRIOR AUTHORIZATION WAS DENIED: TYPE 2 DIABETES. BILL THE PART D PLAN' } },
    ],
  ])('says what a claim is answered with: %s', (_what, request, expected) => {
    expect(trace(request)).toMatchObject(expected);
  });

  test('says what it takes the place of, and that it is a repetition', () => {
    const denied = anAuthorization({ status: 'DENIED' });
    const other = anAuthorization({ status: 'DENIED', drugFamily: 'ZEPBOUND' as DrugFamily });
    expect(trace({}, [denied, other])).toMatchObject({ repeated: false, replaces: 1 });
    const { authorized } = explainAuthorization(aRequest(), [], POLICY);
    const onFile = authorized.kind === 'decided' ? authorized.authorizations : [];
    expect(trace({ patientAge: 17 }, onFile)).toMatchObject({ repeated: true, replaces: 0, decision: 'APPROVED' });
  });

  test('of one that nobody decides names the field', () => {
    expect(trace({ binNumber: '999999' })).toMatchObject({
      decision: 'REFUSED',
      wrongFields: ['binNumber'],
      steps: [],
      entry: null,
    });
  });

  test('names the criteria by which it was decided, with their source, and nobody', () => {
    const told = trace({});
    expect(told.entry).toMatchObject({ kind: 'criteria', name: 'MEDICARE_GLP1_BRIDGE', knownFrom: '2026-06-10' });
    expect(told.note).toContain('CMS');
    expect(JSON.stringify(told)).not.toContain(aRequest().cardholderId);
  });
});
