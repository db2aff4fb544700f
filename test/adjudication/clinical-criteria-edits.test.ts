import { describe, expect, test } from 'vitest';

import { CRITERIA_EDITS } from '../../src/adjudication/clinical-criteria-edits.ts';
import type { DrugFamily } from '../../src/claims/ids.ts';
import {
  CKD_STAGES,
  MASH_FIBROSIS_STAGES,
  type PriorAuthorizationRequest,
  SLEEP_APNEA_SEVERITIES,
} from '../../src/claims/prior-authorization-request.ts';
import { CONDITIONS, DENIALS, type ClinicalCriteria } from '../../src/policy/clinical-criteria.ts';
import { Bmi } from '../../src/values/bmi.ts';
import { aRequest, someCriteria } from '../builders.ts';

/** The reasons against a request, in order; nothing when it is approved. */
const against = (request: Partial<PriorAuthorizationRequest>, criteria: Partial<ClinicalCriteria> = {}): string =>
  CRITERIA_EDITS.filter(({ fails }) => fails(aRequest(request), someCriteria(criteria)))
    .map(({ reason }) => reason)
    .join(' ');

const bmi = (text: string) => ({ bmiAtInitiation: Bmi.of(text) });
const pressure = (systolic: number, diastolic: number, antihypertensivesTogether: number) => ({
  bloodPressure: { systolic, diastolic, antihypertensivesTogether },
});
const drug = (drugFamily: string) => ({ drugFamily: drugFamily as DrugFamily });

type Row = [
  reasons: string,
  why: string,
  request: Partial<PriorAuthorizationRequest>,
  criteria?: Partial<ClinicalCriteria>,
];

const rows = (...table: readonly Row[]): void => {
  test.each<Row>(table)('"%s" when %s', (...[reasons, , request, criteria]) => {
    expect(against(request, criteria)).toBe(reasons);
  });
};

test('every reason has one row', () => {
  const reasons = CRITERIA_EDITS.map(({ reason }) => reason);
  expect(reasons.toSorted()).toEqual([...DENIALS, ...CONDITIONS, 'LIFESTYLE_UNANSWERED'].sort());
});

describe('by the criteria of the Bridge a tier is met:', () => {
  const none = 'NO_QUALIFYING_CONDITION';
  const low = 'BMI_BELOW_MINIMUM';
  rows(
    ['', '35.0 is enough alone', bmi('35.0')],
    [none, '34.9 is not', bmi('34.9')],
    [none, '27.0 is not', bmi('27.0')],
    [low, '26.9 is too little for everything', { ...bmi('26.9'), prediabetes: true, heartFailurePreservedEf: true }],
    ['', 'heart failure from 30.0', { ...bmi('30.0'), heartFailurePreservedEf: true }],
    [none, 'heart failure at 29.9', { ...bmi('29.9'), heartFailurePreservedEf: true }],
    ['', 'prediabetes from 27.0', { ...bmi('27.0'), prediabetes: true }],
    ['', 'prediabetes above 30 too', { ...bmi('31.0'), prediabetes: true }],
    ['', 'a heart attack from 27.0', { ...bmi('27.0'), priorMyocardialInfarction: true }],
    ['', 'a stroke from 27.0', { ...bmi('27.0'), priorStroke: true }],
    ['', 'symptomatic artery disease from 27.0', { ...bmi('27.0'), symptomaticArteryDisease: true }],
    [none, 'mild sleep apnea is no condition of a tier', { ...bmi('31.0'), sleepApnea: 'MILD' }],
  );
});

describe('hypertension is uncontrolled', () => {
  const none = 'NO_QUALIFYING_CONDITION';
  rows(
    ['', 'the systolic pressure is above 140', { ...bmi('30.0'), ...pressure(141, 60, 2) }],
    ['', 'the diastolic pressure is above 90', { ...bmi('30.0'), ...pressure(110, 91, 2) }],
    [none, 'none of them is above its bound', { ...bmi('30.0'), ...pressure(140, 90, 2) }],
    ['', 'it is so under three drugs', { ...bmi('30.0'), ...pressure(141, 60, 3) }],
    [none, 'it is so under one drug', { ...bmi('30.0'), ...pressure(190, 120, 1) }],
  );
});

describe('a condition counts in these degrees:', () => {
  test.each(CKD_STAGES)('kidney disease of stage %s', (chronicKidneyDisease) => {
    const counts = ['3A', '3B', '4', '5'].includes(chronicKidneyDisease);
    expect(against({ ...bmi('30.0'), chronicKidneyDisease }) === '').toBe(counts);
  });

  test.each(SLEEP_APNEA_SEVERITIES)('sleep apnea %s', (sleepApnea) => {
    expect(against({ sleepApnea })).toBe(['MODERATE', 'SEVERE'].includes(sleepApnea) ? 'SLEEP_APNEA' : '');
  });

  test.each(MASH_FIBROSIS_STAGES)('MASH with fibrosis %s', (mashFibrosis) => {
    expect(against({ mashFibrosis })).toBe(['F2', 'F3'].includes(mashFibrosis) ? 'MASH' : '');
  });
});

describe('the other rows of the Bridge give', () => {
  rows(
    ['', 'nothing speaks against it', {}],
    ['CARDIOVASCULAR_RISK', 'it is for the heart', { intendedUse: 'CARDIOVASCULAR_RISK_REDUCTION' }],
    ['OTHER_USE', 'it is for something else', { intendedUse: 'OTHER' }],
    ['TYPE_2_DIABETES', 'there is diabetes', { typeTwoDiabetes: true }],
    ['PART_D_GLP1', 'Part D pays a GLP-1 now', { currentPartDGlp1: true }],
    ['PART_D_GLP1', 'Part D paid one in the year that is asked for', { partDGlp1Years: [2025, 2026] }],
    ['', 'Part D paid one in another year', { partDGlp1Years: [2025, 2027] }],
    ['', 'Part D paid one before', { partDGlp1Years: [2024, 2025] }],
    ['DRUG_NOT_COVERED', 'it is for a drug of diabetes', drug('OZEMPIC')],
    ['', 'it is for any other drug of the programme', drug('FOUNDAYO')],
    ['UNDER_AGE', 'the patient is seventeen', { patientAge: 17 }],
    ['', 'the patient is eighteen', { patientAge: 18 }],
    ['LIFESTYLE_NOT_CERTIFIED', 'there is no lifestyle program', { lifestyleProgram: false }],
    ['LIFESTYLE_UNANSWERED', 'nobody says whether there is one', { lifestyleProgram: null }],
    [
      'CARDIOVASCULAR_RISK TYPE_2_DIABETES SLEEP_APNEA MASH PART_D_GLP1 UNDER_AGE LIFESTYLE_UNANSWERED NO_QUALIFYING_CONDITION',
      'many things do, in this order',
      {
        ...bmi('34.9'),
        lifestyleProgram: null,
        patientAge: 17,
        currentPartDGlp1: true,
        mashFibrosis: 'F3',
        sleepApnea: 'SEVERE',
        typeTwoDiabetes: true,
        intendedUse: 'CARDIOVASCULAR_RISK_REDUCTION',
      },
    ],
  );
});

describe('another programme may decide otherwise, by data alone:', () => {
  rows(
    [
      '',
      'diabetes qualifies',
      { ...bmi('25.0'), typeTwoDiabetes: true },
      {
        exclusions: [],
        tiers: [{ bmiMin: Bmi.of('25.0'), conditions: ['TYPE_2_DIABETES'] }],
      },
    ],
    ['PREDIABETES', 'prediabetes excludes', { prediabetes: true }, { exclusions: ['PREDIABETES'] }],
    [
      '',
      'it pays for the heart',
      { intendedUse: 'CARDIOVASCULAR_RISK_REDUCTION' },
      {
        uses: ['CARDIOVASCULAR_RISK_REDUCTION'],
      },
    ],
    ['OTHER_USE', 'it pays for nothing else', {}, { uses: ['CARDIOVASCULAR_RISK_REDUCTION'] }],
    ['', 'it does not ask about Part D', { currentPartDGlp1: true, partDGlp1Years: [2026] }, { partDGlp1: null }],
    ['', 'it takes children', { patientAge: 12 }, { ageMin: 12 }],
    ['', 'it does not ask about a lifestyle program', { lifestyleProgram: false }, { lifestyle: null }],
    ['', 'and does not miss the answer', { lifestyleProgram: null }, { lifestyle: null }],
    [
      'LIFESTYLE_NOT_CERTIFIED',
      'it denies what does not say',
      { lifestyleProgram: null },
      {
        lifestyle: { unanswered: 'DENY' },
      },
    ],
  );
});
