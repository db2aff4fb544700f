import type { DrugFamily, Ndc, ProgrammeId } from '../claims/ids.ts';
import type { Money } from '../values/money.ts';
import type { Quantity } from '../values/quantity.ts';
import type { DrugClass } from './cost-share-rules.ts';
import type { Entry } from './dated.ts';

/** The NCPDP billing units (600-28). */
export const UNITS_OF_MEASURE = ['EA', 'GM', 'ML'] as const;
export type UnitOfMeasure = (typeof UNITS_OF_MEASURE)[number];

/** A package with an NDC-11. Its span is that of its marketing. */
export type Product = Entry & {
  readonly ndc: Ndc;
  readonly name: string;
  readonly drugFamily: DrugFamily;
  /** Billing units in one package. */
  readonly packageQuantity: Quantity;
  readonly unitOfMeasure: UnitOfMeasure;
  /** How it is taken, such as INJECTION or TABLET. */
  readonly dosageForm: string;
  /** Days that one package is made for. */
  readonly daysSupply: number;
  /** The youngest age on the label, years; null where it names none. */
  readonly labelAgeMin: number | null;
  /** A bottle can be split, a carton of pens cannot. */
  readonly breakable: boolean;
  /** Packed again under another labeler: refused with 645 by a programme whose list does not name it. */
  readonly repackaged: boolean;
};

/** Whether a programme covers a product. A product without a listing is not covered. */
export type Listing = Entry & {
  readonly covered: boolean;
  /** What a claim for a product that is not covered is told; 831: a managed-care plan does not pay it, the state does. */
  readonly reject: '70' | '831' | '645' | '54';
  /** Paid to members of managed care too: their plan does not pay it. */
  readonly carvedOut: boolean;
  /** Chooses the text of that reject, such as KWIKPEN_ONLY. */
  readonly reason: string | null;
  /** A model without which the product is not covered; null where the programme covers it by itself. */
  readonly model: ProgrammeId | null;
  /** Whether the plan's lower copay applies; read by programmes that have two. */
  readonly preferred: boolean;
  /** Who shares its cost in the phases of Part D. */
  readonly drugClass: DrugClass;
  /** A cap of the product's own, against the deductible as it says, such as that of insulin. */
  readonly cap: { readonly amount: Money; readonly againstDeductible: 'BEFORE' | 'AFTER' } | null;
};

/** What one package costs. */
export type Price = Entry & { readonly perPackage: Money };
