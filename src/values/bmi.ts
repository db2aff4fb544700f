import type { Brand } from './brand.ts';
import { invariant } from './invariant.ts';

/** Body mass index in tenths of kg/m²: 34.9 is 349. Whole tenths, because one of them decides who gets a drug. */
export type Bmi = Brand<number, 'Bmi'>;

/** `27.0` or `34.9`: always one decimal, so that nobody wonders what was rounded. */
function parse(text: string): Bmi | undefined {
  const match = /^(\d{1,3})\.(\d)$/.exec(text);
  return match ? ((Number(match[1]) * 10 + Number(match[2])) as Bmi) : undefined;
}

/** The companion of the type. */
export const Bmi = {
  of: (text: string): Bmi => {
    const bmi = parse(text);
    invariant(bmi !== undefined, 'a body mass index is written with one decimal');
    return bmi;
  },
  parse,
  toText: (bmi: Bmi): string => `${String(Math.trunc(bmi / 10))}.${String(bmi % 10)}`,
} as const;
