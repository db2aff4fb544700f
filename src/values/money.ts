import { Decimal } from 'decimal.js';

import type { Brand } from './brand.ts';
import { invariant } from './invariant.ts';

/** US dollars as an integer number of cents. `a + b` and `a * 2` are plain numbers and do not compile where Money is wanted. */
export type Money = Brand<number, 'Money'>;

/** How a value that is not whole cents becomes whole cents. The caller names it; there is no default. */
export const ROUNDINGS = ['HALF_UP', 'DOWN', 'UP'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

const ROUNDING = {
  HALF_UP: Decimal.ROUND_HALF_UP,
  DOWN: Decimal.ROUND_DOWN,
  UP: Decimal.ROUND_UP,
} as const satisfies Record<Rounding, Decimal.Rounding>;

const ofCents = (cents: number): Money => {
  invariant(Number.isSafeInteger(cents), 'money is a whole number of cents');
  // Minus zero equals zero with === but not with Object.is, so it never leaves this function.
  return (cents === 0 ? 0 : cents) as Money;
};

/** `12.30`, `-0.05` or `12`; a third decimal, an exponent or a blank is refused. */
function parse(text: string): Money | undefined {
  const match = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const cents = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  return ofCents(match[1] === '-' ? 0 - cents : cents);
}

function of(text: string): Money {
  const money = parse(text);
  invariant(money !== undefined, 'money is written with at most two decimals');
  return money;
}

function toText(money: Money): string {
  const digits = String(Math.abs(money)).padStart(3, '0');
  return `${money < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The remainder of whole numbers is exact, and so is what is left when it is taken away; a quotient of floats is not. */
function dividedBy(denominator: number, product: number, rounding: Rounding): number {
  const remainder = product % denominator;
  const whole = (product - remainder) / denominator;
  return roundsAway(Math.abs(remainder), denominator, rounding) ? whole + Math.sign(product) : whole;
}

function roundsAway(remainder: number, denominator: number, rounding: Rounding): boolean {
  switch (rounding) {
    case 'HALF_UP':
      return remainder * 2 >= denominator;
    case 'UP':
      return remainder > 0;
    case 'DOWN':
      return false;
  }
}

/** The companion of the type: every operation on money there is. */
export const Money = {
  zero: 0 as Money,
  of,
  parse,
  ofCents,
  toText,
  add: (...amounts: readonly Money[]): Money => ofCents(amounts.reduce<number>((sum, amount) => sum + amount, 0)),
  subtract: (from: Money, amount: Money): Money => ofCents(from - amount),
  negate: (amount: Money): Money => ofCents(0 - amount),
  times: (amount: Money, count: number): Money => ofCents(amount * count),
  lesserOf: (...amounts: readonly [Money, ...Money[]]): Money => Math.min(...amounts) as Money,
  greaterOf: (...amounts: readonly [Money, ...Money[]]): Money => Math.max(...amounts) as Money,
  /** The one function that rounds: exact dollars in, whole cents out. */
  round: (dollars: Decimal, rounding: Rounding): Money =>
    ofCents(dollars.times(100).toDecimalPlaces(0, ROUNDING[rounding]).toNumber()),
  /** A part of an amount, exact until the one rounding at the end. */
  fraction: (amount: Money, [numerator, denominator]: readonly [number, number], rounding: Rounding): Money => {
    const product = amount * numerator;
    // Whole numbers that are exact need no Decimal, which costs a microsecond; beyond 2^53 they are not.
    return Number.isSafeInteger(product)
      ? ofCents(dividedBy(denominator, product, rounding))
      : ofCents(
          new Decimal(amount).times(numerator).div(denominator).toDecimalPlaces(0, ROUNDING[rounding]).toNumber(),
        );
  },
} as const;
