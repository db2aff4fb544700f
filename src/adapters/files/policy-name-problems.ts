import type { Ndc } from '../../claims/ids.ts';
import type { PolicyDocuments } from './policy-documents.ts';
import { error, warning, type PolicyProblem } from './policy-problem.ts';
import { productEntries, type ProductEntry } from './policy-series.ts';

type Problems = readonly PolicyProblem[];

/** What is wrong with the names of products and programmes, wherever they stand. */
export const nameProblems = (documents: PolicyDocuments): Problems => [
  ...productEntries(documents).flatMap(twiceInOneEntry),
  ...packagesOf(documents).flatMap(notPadded),
  ...unknownProducts(documents),
  ...unknownProgrammes(documents),
];

const packagesOf = (documents: PolicyDocuments): readonly Ndc[] => [
  ...new Set(documents['products.json'].products.flatMap(({ packages }) => packages.map(({ ndc }) => ndc))),
];

const twiceInOneEntry = ({ entry, ndcs, ...place }: ProductEntry): Problems =>
  [...new Set(ndcs.filter((ndc, index) => ndcs.indexOf(ndc) !== index))].map((ndc) =>
    error({ ...place, ndc }, `the entry of ${entry.effective} names it twice: strike one out`),
  );

/** Labelers with four digits on the label begin with a zero there, so that of an NDC of eleven digits begins with two. */
const notPadded = (ndc: Ndc): Problems =>
  /^0[1-9]/.test(ndc)
    ? [
        warning(
          { file: 'products.json', what: 'product', ndc },
          'looks like a label of 4-4-2 digits whose labeler is not padded: 0169-4524-14 is written 00169452414',
        ),
      ]
    : [];

function unknownProducts(documents: PolicyDocuments): Problems {
  const known = packagesOf(documents);
  return productEntries(documents).flatMap(({ file, programme, what, ndcs }) =>
    ndcs
      .filter((ndc) => !known.includes(ndc))
      .map((ndc) => {
        const meant = known.find((other) => labelsOf(other).some((label) => labelsOf(ndc).includes(label)));
        const place = { file, programme, what, ndc };
        return meant === undefined
          ? error(place, 'is no product: add its package to products.json')
          : error(place, `is no product: its zero is in the wrong place, write ${meant}`);
      }),
  );
}

/** The ten digits of a label come in three shapes, and each takes its zero at another place: 4-4-2, 5-3-2, 5-4-1. */
const ZERO_PLACES = [0, 5, 9] as const;

/** The labels that an NDC of eleven digits may stand for. */
const labelsOf = (ndc: Ndc): readonly string[] =>
  ZERO_PLACES.filter((place) => ndc[place] === '0').map((place) => ndc.slice(0, place) + ndc.slice(place + 1));

function unknownProgrammes(documents: PolicyDocuments): Problems {
  const known = documents['programmes.json'].programmes.map(({ id }) => id);
  return productEntries(documents).flatMap(({ file, programme }) =>
    programme === null || known.includes(programme)
      ? []
      : [error({ file }, `${programme} is no programme: known are ${known.join(', ')}`)],
  );
}
