import { z } from 'zod';

import type { DrugFamily, Ndc, ProgrammeId } from '../../claims/ids.ts';
import { UNITS_OF_MEASURE } from '../../policy/products.ts';
import { CAP_SCOPES, PRICE_BASES, type ProgrammeRules } from '../../policy/programme-rules.ts';
import { CalendarDate } from '../../values/calendar-date.ts';
import { Money } from '../../values/money.ts';
import { Quantity } from '../../values/quantity.ts';

/** A schema for text that a parser of our own reads; what it does not take is a problem with `expected` in it. */
const parsed = <T>(parse: (text: string) => T | undefined, expected: string) =>
  z.string().transform((text, context) => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue(`is not ${expected}`);
    return z.NEVER;
  });

const pattern = (text: string): RegExp | undefined => {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
};

const date = parsed(CalendarDate.parse, 'a day written YYYY-MM-DD');
const money = parsed((text) => {
  const amount = Money.parse(text);
  return amount !== undefined && amount >= 0 ? amount : undefined;
}, 'an amount written like 50.00');
const quantity = parsed((text) => {
  const units = Quantity.parse(text);
  return units !== undefined && units > 0 ? units : undefined;
}, 'a quantity written like 2.4');
const ndc = z
  .string()
  .regex(/^\d{11}$/, 'is not an NDC of eleven digits')
  .transform((text) => text as Ndc);
const programme = z
  .string()
  .regex(/^[A-Z0-9_]+$/)
  .transform((text) => text as ProgrammeId);
const days = z.int().min(0);
const count = z.int().min(1);

/** For people: evidence for the values beside it. */
const note = z.string().optional();

/** Every entry is dated twice and says where it comes from. */
const dated = { effective: date, terminated: date.nullable(), knownFrom: date, source: z.string().min(1) };

const rules = z.strictObject({
  groupIds: z.array(z.string()).nullable(),
  timeliness: z.strictObject({
    note,
    filingDays: days,
    firstUtcOffsetHours: z.int().min(-12).max(14),
    lastUtcOffsetHours: z.int().min(-12).max(14),
  }),
  eligibility: z.strictObject({
    note,
    cardholderIdPattern: parsed(pattern, 'a regular expression'),
    planTypes: z.array(z.string()).min(1),
    priorGlp1: z.strictObject({ calendarYears: z.array(z.int()), rollingDays: days }),
  }),
  otherCoverage: z.strictObject({ note, acceptedCodes: z.array(z.string()), coupon: z.enum(['IGNORE', 'REJECT']) }),
  participation: z.strictObject({
    note,
    unlistedPharmacy: z.enum(['ALLOW', 'REJECT']),
    unlistedPrescriber: z.enum(['ALLOW', 'REJECT']),
  }),
  clinical: z.strictObject({
    note,
    ageMin: z.int().min(0),
    conflictingDiagnoses: z.array(z.string().min(1)),
    onConflict: z.enum(['REJECT', 'FLAG']),
  }),
  priorAuthorization: z.strictObject({ note, scope: z.enum(['DRUG_FAMILY', 'NDC']), otherDrug: z.enum(['75', '64']) }),
  supply: z.strictObject({
    note,
    daysAllowed: z.array(count).min(1),
    daysBy: z.enum(['PROGRAMME', 'EACH_PRODUCT']),
    packagesPerMonth: count,
    packageSplit: z.enum(['FLAG', 'REJECT']),
    monthlySupplies: z.array(z.strictObject({ daysMax: count, months: count })).min(1),
  }),
  refill: z.strictObject({
    note,
    thresholdPercent: z.int().min(0).max(100),
    countsOnHand: z.boolean(),
    doseChange: z.enum(['ALLOW', 'REJECT']),
  }),
  reimbursement: z.strictObject({ note, basis: z.enum(PRICE_BASES), dispensingFee: money }),
  cap: z.strictObject({
    note,
    amount: money,
    scope: z.enum(CAP_SCOPES),
    days: count,
    usualAndCustomary: z.enum(['MINIMUM', 'IGNORE']),
  }),
  manufacturer: z.strictObject({ note, netPerMonth: money }).nullable(),
  reversal: z.strictObject({
    note,
    windowDays: days,
    noMatch: z.enum(['31', '84']),
    onReversal: z.enum(['KEEP', 'REPROCESS']),
  }),
  rebill: z.strictObject({
    note,
    offered: z.boolean(),
    onReject: z.enum(['KEEP_ORIGINAL', 'REVERSE_ORIGINAL']),
    noOriginal: z.enum(['REJECT', 'BILL']),
  }),
  memory: z.strictObject({ note, marginDays: days }),
}) satisfies z.ZodType<ProgrammeRules>;

/** The documents of a bundle by file name; an unknown key anywhere is a problem. */
export const DOCUMENTS = {
  'programmes.json': z.strictObject({
    note,
    programmes: z.array(
      z.strictObject({
        id: programme,
        routing: z.strictObject({ binNumber: z.string().min(6), processorControlNumber: z.string().min(1) }),
        versions: z.array(z.strictObject({ ...dated, rules })).min(1),
      }),
    ),
  }),
  'products.json': z.strictObject({
    note,
    products: z.array(
      z.strictObject({
        ...dated,
        drugFamily: z.string().transform((text) => text as DrugFamily),
        unitOfMeasure: z.enum(UNITS_OF_MEASURE),
        daysSupply: count,
        breakable: z.boolean(),
        repackaged: z.boolean(),
        packages: z.array(z.strictObject({ ndc, name: z.string().min(1), packageQuantity: quantity })).min(1),
      }),
    ),
  }),
  'covered-drugs.json': z.strictObject({
    note,
    listings: z.array(
      z.strictObject({
        ...dated,
        programme,
        covered: z.boolean(),
        reason: z.string().nullable(),
        ndcs: z.array(ndc).min(1),
      }),
    ),
  }),
  'prices.json': z.strictObject({
    note,
    prices: z.array(
      z.strictObject({ ...dated, basis: z.enum(PRICE_BASES), perPackage: money, ndcs: z.array(ndc).min(1) }),
    ),
  }),
  'messages.json': z.strictObject({
    note,
    messages: z.record(
      z.string(),
      z
        .string()
        .max(200)
        .regex(/^([^a-z{}]|\{nextFillDate\})+$/, 'is not upper case'),
    ),
  }),
} as const;

export const DOCUMENT_NAMES = Object.keys(DOCUMENTS) as (keyof typeof DOCUMENTS)[];

/** The documents after they were read, each in its own shape. */
export type PolicyDocuments = { readonly [Name in keyof typeof DOCUMENTS]: z.infer<(typeof DOCUMENTS)[Name]> };
