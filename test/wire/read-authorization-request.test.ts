import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { Bmi } from '../../src/values/bmi.ts';
import { fromJson, type Json } from '../../src/wire/json.ts';
import { readAuthorizationRequest } from '../../src/wire/read-authorization-request.ts';
import { at } from '../builders.ts';

const example = JSON.parse(
  readFileSync(new URL('../../schemas/examples/prior-authorization-request.json', import.meta.url), 'utf8'),
) as { readonly [name: string]: Json };

/** The example of the schema with these fields. */
function readWith(changes: { readonly [name: string]: Json }) {
  const read = fromJson('PriorAuthorizationRequest', { ...example, ...changes });
  if (read.kind === 'problems') throw new Error(read.problems.join());
  return readAuthorizationRequest(read.record);
}

test('a request whose every field is well formed is read', () => {
  expect(readWith({})).toEqual({
    kind: 'request',
    request: {
      requestId: '7f3c-0001',
      receivedAt: at('2026-07-08T15:00:00Z'),
      binNumber: '028918',
      processorControlNumber: 'MEDDGLP1BR',
      cardholderId: '1EG4TE5MK73',
      drugFamily: 'WEGOVY',
      ndc: null,
      patientAge: 71,
      intendedUse: 'REDUCE_AND_MAINTAIN_WEIGHT',
      bmiAtInitiation: Bmi.of('31.4'),
      lifestyleProgram: true,
      currentPartDGlp1: false,
      partDGlp1Years: [],
      typeTwoDiabetes: false,
      sleepApnea: 'NONE',
      mashFibrosis: 'NONE',
      heartFailurePreservedEf: false,
      bloodPressure: { systolic: 148, diastolic: 86, antihypertensivesTogether: 2 },
      chronicKidneyDisease: 'NONE',
      prediabetes: false,
      priorMyocardialInfarction: false,
      priorStroke: false,
      symptomaticArteryDisease: false,
    },
  });
});

describe('as well formed counts', () => {
  test.each<[string, { readonly [name: string]: Json }, object]>([
    [
      'a word in small letters with blanks',
      { sleepApnea: ' mild ', chronicKidneyDisease: '3a' },
      { sleepApnea: 'MILD', chronicKidneyDisease: '3A' },
    ],
    ['an id in small letters', { cardholderId: '1eg4te5mk73' }, { cardholderId: '1EG4TE5MK73' }],
    ['a request id as it is, whose letters differ', { requestId: 'abC' }, { requestId: 'abC' }],
    ['no answer about a lifestyle program', { lifestyleProgram: null }, { lifestyleProgram: null }],
    ['no blood pressure', { bloodPressure: null }, { bloodPressure: null }],
    ['years', { partDGlp1Years: [2025, 2026] }, { partDGlp1Years: [2025, 2026] }],
    ['a product', { ndc: '00169452414' }, { ndc: '00169452414' }],
    ['the least body mass index', { bmiAtInitiation: '10.0' }, { bmiAtInitiation: 100 }],
    ['the greatest', { bmiAtInitiation: '260.0' }, { bmiAtInitiation: 2600 }],
  ])('%s', (_what, changes, fields) => {
    expect(readWith(changes)).toMatchObject({ kind: 'request', request: fields });
  });
});

describe('a request is refused with the names of its wrong fields:', () => {
  test.each<[string, Json]>([
    ['requestId', ''],
    ['requestId', 'two words'],
    ['requestId', 'r'.repeat(65)],
    ['binNumber', '28918'],
    ['processorControlNumber', null],
    ['cardholderId', null],
    ['drugFamily', '  '],
    ['ndc', '0169452414'],
    ['patientAge', 131],
    ['patientAge', null],
    ['intendedUse', 'WEIGHT'],
    ['bmiAtInitiation', null],
    ['bmiAtInitiation', '9.9'],
    ['bmiAtInitiation', '260.1'],
    ['currentPartDGlp1', null],
    ['partDGlp1Years', null],
    ['partDGlp1Years', [26]],
    ['typeTwoDiabetes', null],
    ['sleepApnea', null],
    ['mashFibrosis', 'F5'],
    ['heartFailurePreservedEf', null],
    ['bloodPressure', {}],
    ['bloodPressure', { systolic: 1480, diastolic: 86, antihypertensivesTogether: 2 }],
    ['bloodPressure', { systolic: 148, diastolic: null, antihypertensivesTogether: 2 }],
    ['bloodPressure', { systolic: 148, diastolic: 86, antihypertensivesTogether: -1 }],
    ['chronicKidneyDisease', '3'],
    ['prediabetes', null],
    ['priorMyocardialInfarction', null],
    ['priorStroke', null],
    ['symptomaticArteryDisease', null],
  ])('%s of %o', (name, value) => {
    expect(readWith({ [name]: value })).toEqual({ kind: 'refused', fields: [name] });
  });

  test('all of them at once', () => {
    const changes = { priorStroke: null, patientAge: -1, cardholderId: '' };
    expect(readWith(changes)).toEqual({ kind: 'refused', fields: ['cardholderId', 'patientAge', 'priorStroke'] });
  });
});
