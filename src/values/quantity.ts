import type { Brand } from './brand.ts';
import { invariant } from './invariant.ts';

/** A metric quantity as an integer number of thousandths, as NCPDP writes it (442-E7, 9(7)v999). */
export type Quantity = Brand<number, 'Quantity'>;

const ofThousandths = (thousandths: number): Quantity => {
  invariant(Number.isSafeInteger(thousandths), 'a quantity is a whole number of thousandths');
  return thousandths as Quantity;
};

/** `3`, `2.4` or `0.125`; a fourth decimal or a sign is refused. */
function parse(text: string): Quantity | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(text);
  if (!match) return undefined;
  return ofThousandths(Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0')));
}

function toText(quantity: Quantity): string {
  const digits = String(Math.abs(quantity)).padStart(4, '0');
  return `${quantity < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
}

/** The companion of the type. Always three decimals in text, as CMS-R-144 wants its units. */
export const Quantity = {
  of: (text: string): Quantity => {
    const quantity = parse(text);
    invariant(quantity !== undefined, 'a quantity is written with at most three decimals');
    return quantity;
  },
  parse,
  ofThousandths,
  toText,
  negate: (quantity: Quantity): Quantity => ofThousandths(0 - quantity),
} as const;
