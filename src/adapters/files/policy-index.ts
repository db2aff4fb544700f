import type { Ndc, ProgrammeId } from '../../claims/ids.ts';
import type { ClinicalCriteria } from '../../policy/clinical-criteria.ts';
import type { Dated } from '../../policy/dated.ts';
import type { PolicyBundle, Programme } from '../../policy/policy-bundle.ts';
import type { Listing, Price, Product } from '../../policy/products.ts';
import type { PolicyDocuments } from './policy-documents.ts';

type Documents = PolicyDocuments;

/** Documents say what many products have in common once; a look-up wants it by product, the latest known first. */
export function indexPolicy(documents: Documents, version: string): PolicyBundle {
  return {
    version,
    programmes: nestedBy(programmesOf(documents)),
    products: byNdc(productsOf(documents)),
    prices: pricesOf(documents),
    messages: new Map(Object.entries(documents['messages.json'].messages)),
  };
}

type Routed = { readonly binNumber: string; readonly processorControlNumber: string; readonly programme: Programme };

const programmesOf = (documents: Documents): readonly Routed[] =>
  documents['programmes.json'].programmes.map(({ id, routing, versions, ...programme }, _, all) => ({
    ...routing,
    programme: {
      ...programme,
      id,
      household: all.filter((other) => other.id === id || isSameState(other, programme)).map((other) => other.id),
      versions: latestKnownFirst(versions),
      listings: byNdc(listingsOf(documents, id)),
      criteria: latestKnownFirst(criteriaOf(documents, id)),
    },
  }));

type OfState = Pick<Programme, 'state'>;

const isSameState = (one: OfState, other: OfState): boolean => one.state !== null && one.state === other.state;

function nestedBy(routed: readonly Routed[]): ReadonlyMap<string, ReadonlyMap<string, Programme>> {
  const byBin = Map.groupBy(routed, ({ binNumber }) => binNumber);
  return new Map(
    [...byBin].map(([binNumber, group]) => [
      binNumber,
      new Map(group.map(({ processorControlNumber, programme }) => [processorControlNumber, programme])),
    ]),
  );
}

const productsOf = (documents: Documents): readonly Product[] =>
  documents['products.json'].products.flatMap(({ packages, ...common }) =>
    packages.map((each) => ({ ...common, ...each })),
  );

const listingsOf = (documents: Documents, id: ProgrammeId): readonly (Listing & { readonly ndc: Ndc })[] =>
  documents['covered-drugs.json'].listings
    .filter(({ programme }) => programme === id)
    .flatMap(({ ndcs, ...listing }) => ndcs.map((ndc) => ({ ...listing, ndc })));

const criteriaOf = (documents: Documents, id: ProgrammeId): readonly ClinicalCriteria[] =>
  documents['clinical-criteria.json'].criteria.filter(({ programme }) => programme === id);

function pricesOf(documents: Documents): PolicyBundle['prices'] {
  const lists = Map.groupBy(documents['prices.json'].prices, ({ basis }) => basis);
  return new Map(
    [...lists].map(([list, entries]) => [
      list,
      byNdc<Price & { readonly ndc: Ndc }>(
        entries.flatMap(({ ndcs, ...price }) => ndcs.map((ndc) => ({ ...price, ndc }))),
      ),
    ]),
  );
}

function byNdc<T extends Dated & { readonly ndc: Ndc }>(entries: readonly T[]): ReadonlyMap<Ndc, readonly T[]> {
  const groups = Map.groupBy(entries, ({ ndc }) => ndc);
  return new Map([...groups].map(([ndc, group]) => [ndc, latestKnownFirst(group)]));
}

const latestKnownFirst = <T extends Dated>(entries: readonly T[]): readonly T[] =>
  entries.toSorted((one, other) => (one.knownFrom === other.knownFrom ? 0 : one.knownFrom < other.knownFrom ? 1 : -1));
