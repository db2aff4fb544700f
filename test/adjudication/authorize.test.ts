import { describe, expect, test } from 'vitest';

import { parsePolicyBundle } from '../../src/adapters/files/policy-bundle.ts';
import { authorize } from '../../src/adjudication/authorize.ts';
import type { PriorAuthorizationRequest } from '../../src/claims/prior-authorization-request.ts';
import { anAuthorization, aPolicy, aRequest, at, NDC, noonOf, policyDocuments } from '../builders.ts';

const answerTo = (changes: Partial<PriorAuthorizationRequest>, policy = aPolicy()) =>
  authorize(aRequest(changes), [], policy);

describe('a request is refused, with the field that is wrong, when', () => {
  test.each<[string, string, Partial<PriorAuthorizationRequest>]>([
    ['nobody has its BIN', 'binNumber', { binNumber: '999999' }],
    ['nobody has its processor control number', 'processorControlNumber', { processorControlNumber: 'MEDDPRIME' }],
    ['the programme has not begun', 'receivedAt', { receivedAt: noonOf('2026-06-30') }],
    ['the programme has ended', 'receivedAt', { receivedAt: noonOf('2028-01-01') }],
  ])('%s', (_why, field, changes) => {
    expect(answerTo(changes)).toEqual({ kind: 'refused', fields: [field] });
  });

  test('the programme has no criteria of its own', () => {
    const policy = parsePolicyBundle({ ...policyDocuments(), 'clinical-criteria.json': { criteria: [] } });
    expect(answerTo({}, policy)).toEqual({ kind: 'refused', fields: ['receivedAt'] });
  });
});

describe('an authorization begins on the day of the decision, where this day ends last', () => {
  test.each([
    ['2026-08-03', 'at noon in the United States', '2026-08-03T17:00:00Z'],
    ['2026-08-03', 'in the evening there, when it is tomorrow in UTC', '2026-08-04T01:30:00Z'],
    ['2026-08-03', 'in the last minute of the day in American Samoa', '2026-08-04T10:59:00Z'],
    ['2026-08-04', 'a minute later', '2026-08-04T11:00:00Z'],
  ])('%s %s', (effective, _when, receivedAt) => {
    expect(answerTo({ receivedAt: at(receivedAt) })).toMatchObject({
      decision: { decision: 'APPROVED', authorization: { effective } },
    });
  });
});

test('criteria that are known later decide later requests alone', () => {
  const documents = policyDocuments();
  const { criteria } = documents['clinical-criteria.json'] as { criteria: object[] };
  criteria.push({ ...criteria[0], ageMin: 75, knownFrom: '2026-09-01' });
  const policy = parsePolicyBundle(documents);
  const decisions = ['2026-08-31', '2026-09-01'].map((date) => answerTo({ receivedAt: noonOf(date) }, policy));
  expect(decisions).toMatchObject([{ decision: { reasons: [] } }, { decision: { reasons: ['UNDER_AGE'] } }]);
});

test('a decision is put on file behind those that are there', () => {
  const first = answerTo({});
  const onFile = first.kind === 'decided' ? first.authorizations : [];
  expect(authorize(aRequest({ requestId: 'R2' }), onFile, aPolicy())).toMatchObject({
    authorizations: [{ requestId: 'R1' }, { requestId: 'R2' }],
  });
});

test.each([
  ['REPLACED', 'DRUG_FAMILY', NDC.wegovyTablet4],
  ['DENIED', 'DOSAGE_FORM', NDC.wegovyTablet4],
  ['REPLACED', 'DOSAGE_FORM', NDC.wegovy17],
  ['DENIED', 'NDC', NDC.wegovy17],
  ['REPLACED', 'NDC', NDC.wegovy24],
])('a denial of the carton of 2.4 mg is %s by scope %s after a request for %s', (status, scope, ndc) => {
  const denied = anAuthorization({ status: 'DENIED', ndc: NDC.wegovy24 });
  const answer = authorize(aRequest({ ndc }), [denied], aPolicy({ priorAuthorization: { scope } }));
  expect(answer).toMatchObject({ authorizations: [{ status }, { status: 'APPROVED' }] });
});
