import { z } from 'zod';

import type { DrugFamily, Ndc, ProgrammeId } from '../../claims/ids.ts';
import { CalendarDate } from '../../values/calendar-date.ts';
import { Money } from '../../values/money.ts';
import { Quantity } from '../../values/quantity.ts';

/** A schema for text that a parser of our own reads; what it does not take is a problem with `expected` in it. */
export const parsed = <T>(parse: (text: string) => T | undefined, expected: string) =>
  z.string().transform((text, context) => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue(`is not ${expected}`);
    return z.NEVER;
  });

export const date = parsed(CalendarDate.parse, 'a day written YYYY-MM-DD');
export const money = parsed((text) => {
  const amount = Money.parse(text);
  return amount !== undefined && amount >= 0 ? amount : undefined;
}, 'an amount written like 50.00');
export const quantity = parsed((text) => {
  const units = Quantity.parse(text);
  return units !== undefined && units > 0 ? units : undefined;
}, 'a quantity written like 2.4');
export const ndc = z
  .string()
  .regex(/^\d{11}$/, 'is not an NDC of eleven digits')
  .transform((text) => text as Ndc);
export const programme = z
  .string()
  .regex(/^[A-Z0-9_]+$/)
  .transform((text) => text as ProgrammeId);
export const drugFamily = z.string().transform((text) => text as DrugFamily);
export const days = z.int().min(0);
export const count = z.int().min(1);

/** For people: evidence for the values beside it. */
export const note = z.string().optional();

/** Every entry is dated twice and says where it comes from. */
export const dated = { effective: date, terminated: date.nullable(), knownFrom: date, source: z.string().min(1) };

/** A price list by its name, such as `WAC`. */
export const priceList = z.string().regex(/^[A-Z0-9_]+$/);

/** `effective` null: written down, and dormant until somebody dates it. */
export const datedOrDormant = { ...dated, effective: date.nullable() };
