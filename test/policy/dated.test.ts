import { describe, expect, test } from 'vitest';

import { asOf, inForce } from '../../src/policy/dated.ts';
import { day } from '../builders.ts';

const entry = (name: string, effective: string, knownFrom: string) => ({
  name,
  effective: day(effective),
  terminated: null,
  knownFrom: day(knownFrom),
});

describe('a span', () => {
  test.each([
    [false, '2026-06-30'],
    [true, '2026-07-01'],
    [true, '2026-12-31'],
    [false, '2027-01-01'],
  ])('holds: %s on %s', (expected, date) => {
    expect(inForce({ effective: day('2026-07-01'), terminated: day('2026-12-31') }, day(date))).toBe(expected);
  });

  test('without an end holds for ever', () => {
    expect(inForce({ effective: day('2026-07-01'), terminated: null }, day('2099-12-31'))).toBe(true);
  });
});

describe('of entries with the latest known first, a look-up takes', () => {
  // The price falls in 2027, and nobody knew before 24 February 2026.
  const prices = [entry('new', '2027-01-01', '2026-02-24'), entry('old', '2026-01-01', '2026-01-01')];

  test.each([
    ['old', '2026-12-31', '2026-08-03'],
    ['new', '2027-01-01', '2026-02-24'],
    ['old', '2027-01-01', '2026-02-23'],
    [undefined, '2026-12-31', '2025-12-31'],
    [undefined, '2025-12-31', '2026-08-03'],
  ])('%s for a fill of %s, known on %s', (expected, dateOfService, knownOn) => {
    expect(asOf(prices, { dateOfService: day(dateOfService), knownOn: day(knownOn) })?.name).toBe(expected);
  });
});
