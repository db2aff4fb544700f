import { describe, expect, test } from 'vitest';

import { syntheticMbi, syntheticName, syntheticNpi } from '../../../src/commands/synthetic/identities.ts';
import { npi } from '../../../src/wire/field-parsers.ts';

/** CMS: the letters S, L, O, I, B and Z are never used. */
const MBI =
  /^[1-9][AC-HJ-KM-NP-RT-Y][0-9AC-HJ-KM-NP-RT-Y][0-9][AC-HJ-KM-NP-RT-Y][0-9AC-HJ-KM-NP-RT-Y][0-9][AC-HJ-KM-NP-RT-Y]{2}[0-9]{2}$/;

describe('a synthetic MBI', () => {
  test.each([0, 1, 99, 100, 123_456, 239_999_999])(
    'for %i has the form of one and begins like the specimen of CMS',
    (number) => {
      expect(syntheticMbi(number)).toMatch(MBI);
      expect(syntheticMbi(number)).toMatch(/^1EG4/);
    },
  );

  test('is nobody else’s', () => {
    expect(new Set(Array.from({ length: 50_000 }, (_, number) => syntheticMbi(number * 4_799))).size).toBe(50_000);
  });

  test('comes last with the number 239 999 999', () => {
    expect(syntheticMbi(239_999_999)).toBe('1EG4YY9YY99');
  });
});

describe('a synthetic NPI', () => {
  test.each([0, 1, 9, 10, 900_001, 99_999_999])('for %i has a right check digit and begins with 2', (number) => {
    expect(npi()(syntheticNpi(number))).toMatch(/^2\d{9}$/);
  });
});

test('a synthetic name says that it is one', () => {
  const lastNames = new Set(Array.from({ length: 100 }, (_, number) => syntheticName(number).last));
  expect([...lastNames].sort()).toEqual(['EXAMPLE', 'FIXTURE', 'PLACEHOLDER', 'SAMPLE', 'SPECIMEN']);
});
