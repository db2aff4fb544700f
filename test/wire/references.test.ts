import { describe, expect, test } from 'vitest';

import type { Ndc } from '../../src/claims/ids.ts';
import type { Coverage, Participation, PriorAuthorization } from '../../src/policy/reference.ts';
import { TYPES } from '../../src/wire/avro.ts';
import { isSoundCoverage, readCoverage } from '../../src/wire/coverage.ts';
import { isSoundParticipation, readParticipation } from '../../src/wire/participation.ts';
import {
  areSoundAuthorizations,
  readAuthorizationFile,
  readPriorAuthorizations,
  writePriorAuthorizations,
} from '../../src/wire/prior-authorizations.ts';
import type { CoverageRecord, ParticipationRecord, PriorAuthorizationRecord } from '../../src/wire/records.ts';
import { aCoverage, anAuthorization, aParticipation, day } from '../builders.ts';
import { writeCoverage, writeParticipation } from './reference-records.ts';

describe('what is known of a member comes back as it went in', () => {
  test.each<[string, Coverage]>([
    ['without enrolments', aCoverage({ enrolments: [] })],
    [
      'with an open and an ended enrolment',
      aCoverage({
        enrolments: [
          { planType: 'PDP', effective: day('2024-01-01'), terminated: day('2025-12-31') },
          { planType: 'MA_PD_HMO', effective: day('2026-01-01'), terminated: null },
        ],
      }),
    ],
    ['with days on which Part D paid', aCoverage({ partDGlp1DatesOfService: [day('2025-11-20'), day('2026-02-10')] })],
  ])('%s', (_what, coverage) => {
    const bytes = TYPES.Coverage.toBuffer(writeCoverage(coverage));
    const record = TYPES.Coverage.fromBuffer(bytes) as CoverageRecord;
    expect(isSoundCoverage(record)).toBe(true);
    expect(readCoverage(record)).toEqual(coverage);
  });
});

describe('prior authorizations come back as they went in', () => {
  test.each<[string, readonly PriorAuthorization[]]>([
    ['when there is none', []],
    ['in their order', [anAuthorization({ status: 'DENIED', reason: 'TYPE_2_DIABETES' }), anAuthorization()]],
    [
      'when in review and exhausted',
      [anAuthorization({ status: 'IN_REVIEW' }), anAuthorization({ status: 'EXHAUSTED' })],
    ],
    ['when one is for a product or without an end', [anAuthorization({ ndc: '00169452414' as Ndc, terminated: null })]],
    ['when one lets a refill be early', [anAuthorization({ kind: 'EARLY_REFILL' })]],
    [
      'when one answers a request and another was replaced by it',
      [
        anAuthorization({ status: 'REPLACED', requestId: 'R1', reasons: ['UNDER_AGE', 'LIFESTYLE_UNANSWERED'] }),
        anAuthorization({ requestId: 'R2' }),
      ],
    ],
  ])('%s', (_what, authorizations) => {
    const bytes = TYPES.PriorAuthorization.toBuffer(writePriorAuthorizations(authorizations));
    const record = TYPES.PriorAuthorization.fromBuffer(bytes) as PriorAuthorizationRecord;
    expect(areSoundAuthorizations(record)).toBe(true);
    expect(readPriorAuthorizations(record)).toEqual(authorizations);
  });
});

test('requests that were refused come back as they went in', () => {
  const file = { authorizations: [anAuthorization()], refusals: [{ requestId: 'R1', fields: ['patientAge', 'ndc'] }] };
  const bytes = TYPES.PriorAuthorization.toBuffer(writePriorAuthorizations(file.authorizations, file.refusals));
  expect(readAuthorizationFile(TYPES.PriorAuthorization.fromBuffer(bytes) as PriorAuthorizationRecord)).toEqual(file);
});

describe('how a party stands to a model comes back as it went in', () => {
  test.each<Partial<Participation>>([
    { participantType: 'PHARMACY', status: 'ACTIVE' },
    { participantType: 'PRESCRIBER', status: 'PRECLUDED' },
    { participantType: 'PRESCRIBER', status: 'ORGANIZATION_NPI' },
    { participantType: 'STATE', status: 'TERMINATED', terminated: day('2026-12-31') },
    { participantType: 'LABELER', status: 'SUSPENDED' },
  ])('$participantType $status', (changes) => {
    const bytes = TYPES.Participation.toBuffer(writeParticipation(aParticipation(changes)));
    const record = TYPES.Participation.fromBuffer(bytes) as ParticipationRecord;
    expect(isSoundParticipation(record)).toBe(true);
    expect(readParticipation(record)).toEqual(aParticipation(changes));
  });
});
