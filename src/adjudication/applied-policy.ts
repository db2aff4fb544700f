import type { Claim } from '../claims/claim.ts';
import type { Ndc } from '../claims/ids.ts';
import { asOf, type Entry, type Span } from '../policy/dated.ts';
import { asOfClaim, ofNdc, programmeOf, type PolicyBundle, type Programme } from '../policy/policy-bundle.ts';
import { ruleNote, ruleText, type EntryKey, type PolicyKey } from '../policy/policy-keys.ts';
import type { Listing, Price, Product } from '../policy/products.ts';
import type { ProgrammeVersion } from '../policy/programme-rules.ts';
import { rebateRulesAsOf, type PriceListId, type RebateFormula, type RebateRule } from '../policy/rebate-rules.ts';
import type { CalendarDate } from '../values/calendar-date.ts';
import { Money } from '../values/money.ts';
import { Quantity } from '../values/quantity.ts';

type ListPrice = Price & { readonly list: PriceListId };

/** The entries of the bundle that hold for a claim on its two days; null where none does, or the claim names no product. */
export type AppliedPolicy = {
  readonly claim: Claim;
  readonly programme: Programme | null;
  readonly version: ProgrammeVersion | null;
  readonly product: Product | null;
  readonly listing: Listing | null;
  readonly rebates: readonly RebateRule[];
  readonly prices: readonly ListPrice[];
};

export function appliedPolicy(claim: Claim, policy: PolicyBundle): AppliedPolicy {
  const when = asOfClaim(claim);
  const programme = programmeOf(policy, claim);
  const version = programme && asOf(programme.versions, when);
  const rebates = version === null ? [] : rebateRulesAsOf(version.rules.rebates, when);
  const ndc = 'ndc' in claim ? claim.ndc : null;
  const priceOf = (list: PriceListId): readonly ListPrice[] => {
    const price = ndc && ofNdc(policy.prices.get(list) ?? NO_PRICES, ndc, when);
    return price === null ? [] : [{ ...price, list }];
  };
  return {
    claim,
    programme,
    version,
    product: ndc && ofNdc(policy.products, ndc, when),
    listing: ndc && programme && ofNdc(programme.listings, ndc, when),
    rebates,
    prices: listsOf(version, rebates).flatMap(priceOf),
  };
}

const NO_PRICES: ReadonlyMap<Ndc, readonly Price[]> = new Map();

/** The price lists that a programme reads: that of the ingredient cost, and those of its rebates. */
const listsOf = (version: ProgrammeVersion | null, rebates: readonly RebateRule[]): readonly PriceListId[] =>
  version === null
    ? []
    : [...new Set([version.rules.reimbursement.basis, ...rebates.flatMap(({ formula }) => listsOfFormula(formula))])];

function listsOfFormula(formula: RebateFormula): readonly PriceListId[] {
  switch (formula.kind) {
    case 'NET_PER_MONTH':
    case 'PHASE_SHARE':
      return ['WAC'];
    case 'SUPPLEMENTAL':
      return ['WAC', 'URA', formula.netPrices];
    case 'BENCHMARK':
      return ['WAC', formula.netPrices, formula.benchmarks];
    case 'NONE':
      return [];
  }
}

/** A dated entry of the bundle as a trace names it. */
export type TracedEntry = {
  readonly kind: 'programme' | 'product' | 'listing' | 'price' | 'rebate' | 'criteria';
  readonly name: string;
  readonly effective: CalendarDate;
  readonly terminated: CalendarDate | null;
  readonly knownFrom: CalendarDate;
  readonly source: string;
};

export function tracedEntries(applied: AppliedPolicy): readonly TracedEntry[] {
  const { programme, version, product, listing, prices, rebates } = applied;
  const traced = (kind: TracedEntry['kind'], name: string, entry: Entry | null): readonly TracedEntry[] =>
    entry === null ? [] : [tracedEntry(kind, name, entry)];
  return [
    ...traced('programme', programme?.id ?? '', version),
    ...traced('product', product?.name ?? '', product),
    ...traced('listing', listing?.covered === true ? 'covered' : 'not covered', listing),
    ...prices.flatMap((price) => traced('price', `${price.list} ${Money.toText(price.perPackage)} a package`, price)),
    ...rebates.flatMap((rule) => traced('rebate', `${rule.model} ${rule.formula.kind}`, rule)),
  ];
}

/** As much of an entry as a trace tells. */
export function tracedEntry(kind: TracedEntry['kind'], name: string, entry: Entry): TracedEntry {
  const { effective, terminated, knownFrom, source } = entry;
  return { kind, name, effective, terminated, knownFrom, source };
}

/** The days of an entry: `2026-07-01 to 2027-12-31`. */
export const spanText = ({ effective, terminated }: Span): string =>
  terminated === null ? `from ${effective}` : `${effective} to ${terminated}`;

/** What the bundle says under a key, as text; null where it says nothing. */
export const policyText = (key: PolicyKey, applied: AppliedPolicy): string | null =>
  isEntryKey(key) ? ENTRY_TEXTS[key](applied) : applied.version && ruleText(applied.version.rules, key);

/** The evidence for a rule, as the bundle has it. That of an entry is its source. */
export const policyNote = (key: PolicyKey, { version }: AppliedPolicy): string | null =>
  isEntryKey(key) ? null : version && ruleNote(version.rules, key);

const isEntryKey = (key: PolicyKey): key is EntryKey => key in ENTRY_TEXTS;

const ENTRY_TEXTS: Readonly<Record<EntryKey, (applied: AppliedPolicy) => string | null>> = {
  'programmes[].routing.binNumber': ({ claim, programme }) => programme && claim.binNumber,
  'programmes[].routing.processorControlNumber': ({ claim, programme }) => programme && claim.processorControlNumber,
  effective: ({ version }) => version && version.effective,
  terminated: ({ version }) => version && version.terminated,
  knownFrom: ({ version }) => version && version.knownFrom,
  'products[].drugFamily': ({ product }) => product && product.drugFamily,
  'products[].unitOfMeasure': ({ product }) => product && product.unitOfMeasure,
  'products[].daysSupply': ({ product }) => product && String(product.daysSupply),
  'products[].dosageForm': ({ product }) => product && product.dosageForm,
  'products[].labelAgeMin': ({ product }) =>
    product && (product.labelAgeMin === null ? null : String(product.labelAgeMin)),
  'products[].breakable': ({ product }) => product && String(product.breakable),
  'products[].repackaged': ({ product }) => product && String(product.repackaged),
  'products[].packages[].ndc': ({ product }) => product && product.ndc,
  'products[].packages[].packageQuantity': ({ product }) => product && Quantity.toText(product.packageQuantity),
  'listings[].covered': ({ listing }) => listing && String(listing.covered),
  'listings[].reject': ({ listing }) => listing && listing.reject,
  'listings[].carvedOut': ({ listing }) => listing && String(listing.carvedOut),
  'listings[].model': ({ listing }) => listing && listing.model,
  'listings[].reason': ({ listing }) => listing && listing.reason,
};
