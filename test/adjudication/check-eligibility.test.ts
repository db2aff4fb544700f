import { describe, expect, test } from 'vitest';

import { decide } from '../../src/adjudication/decide.ts';
import { initialMemberState } from '../../src/adjudication/state.ts';
import type { EligibilityClaim } from '../../src/claims/claim.ts';
import type { CardholderId } from '../../src/claims/ids.ts';
import { aContext, aCoverage, aQuestion, BRIDGE, day, wordOf, type Given } from '../builders.ts';

const { patient } = aQuestion();
const enrolled = (planType: string, effective = '2026-01-01'): Given => ({
  coverage: aCoverage({ enrolments: [{ planType, effective: day(effective), terminated: null }] }),
});

describe('an eligibility question is answered with', () => {
  test.each<[string, string, Partial<EligibilityClaim>, Given?]>([
    ['A', 'the person is covered', {}],
    ['A', 'it was found by name, birth date and the last digits of an SSN', { cardholderId: null }],
    ['07', 'the id is no MBI', { cardholderId: 'H1234567' as CardholderId }],
    ['52', 'nobody is found', {}, { coverage: null }],
    ['7D', 'the birth date is another', { patient: { ...patient, dateOfBirth: day('1955-03-13') } }],
    ['62', 'the name is another', { patient: { ...patient, patientFirstName: 'BOB' } }],
    ['65', 'the plan is PACE', {}, enrolled('PACE')],
    ['67', 'the plan begins later', {}, enrolled('PDP', '2026-08-04')],
    ['04', 'the PCN is not ours', { processorControlNumber: 'MEDDPRIME' }],
    ['67', 'the programme has not begun', { dateOfService: day('2026-06-30') }],
    ['A', 'nothing is authorized yet', {}, { priorAuthorizations: [] }],
  ])('%s when %s', (...[expected, , question, given]) => {
    expect(wordOf(decide(aQuestion(question), initialMemberState, aContext(given)))).toBe(expected);
  });

  test('the id to bill with and the plan that makes the person eligible, and it moves nothing', () => {
    const coverage = aCoverage({
      enrolments: [
        { planType: 'MA_PFFS', effective: day('2026-01-01'), terminated: null },
        { planType: 'PDP', effective: day('2026-02-01'), terminated: day('2026-12-31') },
      ],
    });
    const decision = decide(aQuestion({ cardholderId: null }), initialMemberState, aContext({ coverage }));
    expect(decision).toEqual({
      response: {
        status: 'A',
        programme: BRIDGE,
        eligibility: {
          cardholderId: '1EG4TE5MK73',
          planType: 'PDP',
          effective: '2026-02-01',
          terminated: '2026-12-31',
        },
        policyVersion: aContext().policy.version,
      },
      events: [],
    });
  });
});
