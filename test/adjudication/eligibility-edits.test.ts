import { describe, expect, test } from 'vitest';

import type { BillingClaim } from '../../src/claims/claim.ts';
import type { CardholderId } from '../../src/claims/ids.ts';
import type { Enrolment } from '../../src/policy/reference.ts';
import { aClaim, aCoverage, day, type Given } from '../builders.ts';
import { rows, rules, textOf } from './rows.ts';

const enrolled = (...enrolments: readonly Partial<Enrolment>[]): Given => ({
  coverage: aCoverage({
    enrolments: enrolments.map((each) => ({
      planType: 'MA_PD_HMO',
      effective: day('2026-01-01'),
      terminated: null,
      ...each,
    })),
  }),
});
const glp1UnderPartD = (date: string): Given => ({ coverage: aCoverage({ partDGlp1DatesOfService: [day(date)] }) });
const named = (patientFirstName: string, patientLastName: string): Partial<BillingClaim> => ({
  patient: { ...aClaim().patient, patientFirstName, patientLastName },
});

describe('the person is answered with', () => {
  rows(
    ['07', 'the cardholder id is nine digits of an SSN', { cardholderId: '078051120' as CardholderId }],
    ['07', 'the cardholder id is that of a plan', { cardholderId: 'H1234567' as CardholderId }],
    ['07', 'the cardholder id has a letter that no MBI has', { cardholderId: '1SG4TE5MK73' as CardholderId }],
    ['07', 'nobody is found under an id that is no MBI', { cardholderId: '1' as CardholderId }, { coverage: null }],
    ['52', 'nobody has the MBI', {}, { coverage: null }],
    ['62', 'the first name is a nickname', named('BOB', 'SPECIMEN')],
    ['62', 'the last name is another', named('ROBERT', 'SPECIMENS')],
    ['7D', 'the birth date is off by a year', { patient: { ...aClaim().patient, dateOfBirth: day('1956-03-12') } }],
    [
      '7D 62',
      'birth date and name are wrong',
      {},
      { coverage: aCoverage({ dateOfBirth: day('1956-03-12'), lastName: 'Other' }) },
    ],
    [
      'P',
      'a long name was cut at 12 and 15 characters',
      named('BARTHOLOMEUS', 'FEATHERSTONEHAU'),
      { coverage: aCoverage({ firstName: 'Bartholomeusz', lastName: 'Featherstonehaugh' }) },
    ],
    ['65', 'there is no Part D plan at all', {}, enrolled()],
    ['65', 'the plan is PACE', {}, enrolled({ planType: 'PACE' })],
    ['65', 'there is only Medicare A and B', {}, enrolled({ planType: 'ORIGINAL_MEDICARE' })],
    ['P', 'a stand-alone PDP stands beside a PFFS plan', {}, enrolled({ planType: 'MA_PFFS' }, { planType: 'PDP' })],
    ['P', 'the plan is an EGWP', {}, enrolled({ planType: 'EGWP_PDP' })],
    ['P', 'the plan is a D-SNP', {}, enrolled({ planType: 'D_SNP' })],
    ['P', 'the plan is LI NET', {}, enrolled({ planType: 'LI_NET' })],
    ['67', 'the plan begins the day after', {}, enrolled({ effective: day('2026-08-04') })],
    ['P', 'the plan begins on the day', {}, enrolled({ effective: day('2026-08-03') })],
    ['P', 'the plan ends on the day', {}, enrolled({ terminated: day('2026-08-03') })],
    ['69', 'the plan ended the day before', {}, enrolled({ terminated: day('2026-08-02') })],
    [
      '69',
      'the day is between two plans',
      {},
      enrolled({ terminated: day('2026-08-02') }, { effective: day('2026-08-04') }),
    ],
    ['41', 'Part D paid a GLP-1 this year', {}, glp1UnderPartD('2026-02-10')],
    ['41', 'Part D paid a GLP-1 on the day', {}, glp1UnderPartD('2026-08-03')],
    ['P', 'Part D pays a GLP-1 on a later day', {}, glp1UnderPartD('2026-08-04')],
    ['P', 'Part D paid a GLP-1 last year', {}, glp1UnderPartD('2025-12-31')],
    [
      '41',
      'Part D paid a GLP-1 in the year before, which counts in 2027 too',
      { dateOfService: day('2027-03-01') },
      glp1UnderPartD('2026-02-10'),
    ],
    [
      '41',
      'a rolling look-back still reaches it',
      {},
      { ...glp1UnderPartD('2025-08-04'), ...rules({ eligibility: { priorGlp1: { rollingDays: 365 } } }) },
    ],
    [
      'P',
      'a rolling look-back reaches it no more',
      {},
      { ...glp1UnderPartD('2025-08-03'), ...rules({ eligibility: { priorGlp1: { rollingDays: 365 } } }) },
    ],
    [
      '65 41',
      'the plan is PACE and there was a GLP-1',
      {},
      {
        coverage: aCoverage({
          enrolments: [{ planType: 'PACE', effective: day('2026-01-01'), terminated: null }],
          partDGlp1DatesOfService: [day('2026-02-10')],
        }),
      },
    ],
    [
      '65',
      'the plan is PACE and nothing is authorized',
      {},
      { ...enrolled({ planType: 'PACE' }), priorAuthorizations: [] },
    ],
  );

  test.each([
    ['NOT AN ELIGIBLE PLAN TYPE. A PART D PLAN OF AN ELIGIBLE TYPE IS NEEDED', enrolled({ planType: 'PACE' })],
    ['PATIENT HAS NO PART D PLAN ON THE DATE OF SERVICE', enrolled()],
    ['DATE OF SERVICE IS AFTER COVERAGE ENDED', enrolled({ terminated: day('2026-08-02') })],
  ])('the text "%s"', (text, given) => {
    expect(textOf({}, given)).toBe(text);
  });
});
