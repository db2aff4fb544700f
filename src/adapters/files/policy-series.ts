import type { Ndc, ProgrammeId } from '../../claims/ids.ts';
import type { Dated } from '../../policy/dated.ts';
import type { PolicyDocuments } from './policy-documents.ts';

type Documents = PolicyDocuments;

/** Entries among which a look-up chooses one: the versions of a programme, or what a file says about one product. */
export type Series = {
  readonly file: keyof Documents;
  readonly programme: ProgrammeId | null;
  readonly what: string | null;
  readonly ndc: Ndc | null;
  readonly entries: readonly Dated[];
};

/** An entry of a file that speaks of products, in the words of the file. */
export type ProductEntry = Omit<Series, 'ndc' | 'entries'> & {
  readonly entry: Dated;
  readonly ndcs: readonly Ndc[];
};

/** Every entry that names products. A new document with such entries belongs here, and all checks of dates and names hold for it. */
export const productEntries = (documents: Documents): readonly ProductEntry[] => [
  ...documents['products.json'].products.map((entry): ProductEntry => ({
    file: 'products.json',
    programme: null,
    what: 'product',
    entry,
    ndcs: entry.packages.map(({ ndc }) => ndc),
  })),
  ...documents['covered-drugs.json'].listings.map((entry): ProductEntry => ({
    file: 'covered-drugs.json',
    programme: entry.programme,
    what: 'listing',
    entry,
    ndcs: entry.ndcs,
  })),
  ...documents['prices.json'].prices.map((entry): ProductEntry => ({
    file: 'prices.json',
    programme: null,
    what: `${entry.basis} price`,
    entry,
    ndcs: entry.ndcs,
  })),
];

export const seriesOf = (documents: Documents): readonly Series[] => [
  ...documents['programmes.json'].programmes.map(({ id, versions }): Series => ({
    file: 'programmes.json',
    programme: id,
    what: null,
    ndc: null,
    entries: versions,
  })),
  ...[...Map.groupBy(documents['clinical-criteria.json'].criteria, ({ programme }) => programme)].map(
    ([programme, entries]): Series => ({
      file: 'clinical-criteria.json',
      programme,
      what: 'criteria',
      ndc: null,
      entries,
    }),
  ),
  ...byProduct(productEntries(documents)),
];

/** Rebate rules are no series: all that hold on a day are looked at, and not just the one known last. */
export const rebateEntries = (documents: Documents): readonly Series[] =>
  documents['programmes.json'].programmes.flatMap(({ id, versions }) =>
    versions.flatMap(({ effective, rules }) =>
      rules.rebates.map((rule): Series => ({
        file: 'programmes.json',
        programme: id,
        what: `rebate ${rule.model} in the rules of ${effective}`,
        ndc: null,
        entries: [rule],
      })),
    ),
  );

function byProduct(entries: readonly ProductEntry[]): readonly Series[] {
  const single = entries.flatMap(({ ndcs, ...each }) => [...new Set(ndcs)].map((ndc) => ({ ...each, ndc })));
  const groups = Map.groupBy(single, ({ file, programme, what, ndc }) => JSON.stringify([file, programme, what, ndc]));
  return [...groups.values()].flatMap((group) =>
    group
      .slice(0, 1)
      .map(({ entry, ...common }) => ({ ...common, entries: [entry, ...group.slice(1).map((other) => other.entry)] })),
  );
}
