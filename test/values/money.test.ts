import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Money, type Rounding } from '../../src/values/money.ts';

const MODES = {
  HALF_UP: Decimal.ROUND_HALF_UP,
  DOWN: Decimal.ROUND_DOWN,
  UP: Decimal.ROUND_UP,
} as const satisfies Record<Rounding, Decimal.Rounding>;

const aMode = fc.constantFrom<Rounding>('HALF_UP', 'DOWN', 'UP');
const anAmount = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 }),
);

describe('a fraction of an amount', () => {
  test.each<{ why: string; of: string; part: readonly [number, number]; mode: Rounding; is: string }>([
    { why: 'half a cent goes up', of: '0.01', part: [1, 2], mode: 'HALF_UP', is: '0.01' },
    { why: 'half a cent owed goes the other way', of: '-0.01', part: [1, 2], mode: 'HALF_UP', is: '-0.01' },
    { why: 'just under half a cent goes down', of: '1.00', part: [1, 3], mode: 'HALF_UP', is: '0.33' },
    { why: 'anything goes down', of: '1.99', part: [1, 2], mode: 'DOWN', is: '0.99' },
    { why: 'anything goes up', of: '1.00', part: [1, 3], mode: 'UP', is: '0.34' },
    { why: 'nothing is left to round', of: '1349.02', part: [2000, 2000], mode: 'UP', is: '1349.02' },
  ])('$why', ({ of, part, mode, is }) => {
    expect(Money.toText(Money.fraction(Money.of(of), part, mode))).toBe(is);
  });

  test('is what exact decimals make of it, whatever the size', () => {
    const part = fc.tuple(fc.nat(3_000_000), fc.integer({ min: 1, max: 3_000_000 }));
    fc.assert(
      fc.property(anAmount, part, aMode, (cents, [up, down], mode) => {
        const exact = new Decimal(cents).times(up).div(down).toDecimalPlaces(0, MODES[mode]);
        fc.pre(exact.abs().lte(Number.MAX_SAFE_INTEGER));
        expect(Money.fraction(Money.ofCents(cents), [up, down], mode)).toBe(exact.plus(0).toNumber());
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('an amount in words', () => {
  test.each([
    ['12.30', 1_230],
    ['12', 1_200],
    ['-0.05', -5],
    ['-0.00', 0],
  ])('%s is %i cents', (text, cents) => {
    expect(Money.of(text)).toBe(cents);
  });

  test.each(['1.234', '1e3', '', ' 1', '1.', '.5', '+1'])('%j is none', (text) => {
    expect(Money.parse(text)).toBeUndefined();
  });

  test('comes back as it was written', () => {
    fc.assert(
      fc.property(anAmount.map(Money.ofCents), (amount) => {
        expect(Money.of(Money.toText(amount))).toBe(amount);
      }),
    );
  });
});
