import { z } from 'zod';

import { DRUG_CLASSES } from '../../policy/cost-share-rules.ts';
import { UNITS_OF_MEASURE } from '../../policy/products.ts';
import { criteria } from './policy-criteria.ts';
import { awake, rules } from './policy-rules.ts';
import {
  count,
  dated,
  datedOrDormant,
  drugFamily,
  money,
  ndc,
  note,
  priceList,
  programme,
  quantity,
} from './policy-values.ts';

/** The documents of a bundle by file name; an unknown key anywhere is a problem. */
export const DOCUMENTS = {
  'programmes.json': z.strictObject({
    note,
    programmes: z.array(
      z.strictObject({
        id: programme,
        state: z
          .string()
          .regex(/^[A-Z]{2}$/)
          .nullable(),
        utilization: z.enum(['FFSU', 'MCOU']).nullable(),
        routing: z.strictObject({ binNumber: z.string().min(6), processorControlNumber: z.string().min(1) }),
        versions: z
          .array(z.strictObject({ ...datedOrDormant, rules }))
          .min(1)
          .transform(awake),
      }),
    ),
  }),
  'products.json': z.strictObject({
    note,
    products: z.array(
      z.strictObject({
        ...dated,
        drugFamily,
        unitOfMeasure: z.enum(UNITS_OF_MEASURE),
        daysSupply: count,
        dosageForm: z.string().regex(/^[A-Z_]+$/),
        labelAgeMin: z.int().min(0).nullable().default(null),
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
        reject: z.enum(['70', '831', '645', '54']).default('70'),
        carvedOut: z.boolean().default(false),
        reason: z.string().nullable(),
        model: programme.nullable().default(null),
        preferred: z.boolean().default(true),
        drugClass: z.enum(DRUG_CLASSES).default('APPLICABLE'),
        cap: z
          .strictObject({ amount: money, againstDeductible: z.enum(['BEFORE', 'AFTER']) })
          .nullable()
          .default(null),
        ndcs: z.array(ndc).min(1),
      }),
    ),
  }),
  'clinical-criteria.json': z.strictObject({ note, criteria: z.array(criteria) }),
  'prices.json': z.strictObject({
    note,
    prices: z.array(z.strictObject({ ...dated, basis: priceList, perPackage: money, ndcs: z.array(ndc).min(1) })),
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
