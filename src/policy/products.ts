import type { DrugFamily, Ndc } from '../claims/ids.ts';
import type { Money } from '../values/money.ts';
import type { Quantity } from '../values/quantity.ts';
import type { Dated } from './dated.ts';

/** The NCPDP billing units (600-28). */
export const UNITS_OF_MEASURE = ['EA', 'GM', 'ML'] as const;
export type UnitOfMeasure = (typeof UNITS_OF_MEASURE)[number];

/** A package with an NDC-11. Its span is that of its marketing. */
export type Product = Dated & {
  readonly ndc: Ndc;
  readonly name: string;
  readonly drugFamily: DrugFamily;
  /** Billing units in one package. */
  readonly packageQuantity: Quantity;
  readonly unitOfMeasure: UnitOfMeasure;
  /** Days that one package is made for. */
  readonly daysSupply: number;
  /** A bottle can be split, a carton of pens cannot. */
  readonly breakable: boolean;
  /** Packed again under another labeler. */
  readonly repackaged: boolean;
};

/** Whether a programme covers a product. A product without a listing is not covered. */
export type Listing = Dated & {
  readonly covered: boolean;
  /** Chooses the text of reject 70, such as KWIKPEN_ONLY. */
  readonly reason: string | null;
};

/** What one package costs. */
export type Price = Dated & { readonly perPackage: Money };
