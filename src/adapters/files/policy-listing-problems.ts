import { meet, type Span } from '../../policy/dated.ts';
import type { ProgrammeRules, ProgrammeVersion } from '../../policy/programme-rules.ts';
import type { CalendarDate } from '../../values/calendar-date.ts';
import type { PolicyDocuments } from './policy-documents.ts';
import { warning, type PolicyProblem } from './policy-problem.ts';

type Problems = readonly PolicyProblem[];
type Programme = PolicyDocuments['programmes.json']['programmes'][number];
type Listing = PolicyDocuments['covered-drugs.json']['listings'][number];
type Product = PolicyDocuments['products.json']['products'][number];

/** What a list of covered drugs says that does not go with its programme or with its products. */
export function listingProblems(documents: PolicyDocuments): Problems {
  const { listings } = documents['covered-drugs.json'];
  const { products } = documents['products.json'];
  return documents['programmes.json'].programmes.flatMap((programme) => {
    const mine = listings.filter((listing) => listing.programme === programme.id);
    const covered = mine.filter(({ covered: isCovered }) => isCovered);
    return [
      ...(covered.length > 0 ? [] : [warning(placeOf(programme), 'covers no product: every fill is refused with 70')]),
      ...mine.flatMap((listing) => outsideProgramme(listing, programme)),
      ...covered.flatMap((listing) => [
        ...reasonUntold(listing, programme),
        ...modelUnknown(listing, programme),
        ...listing.ndcs.flatMap((ndc) => productProblems({ listing, programme, ndc }, products)),
      ]),
    ];
  });
}

const placeOf = ({ id }: Programme) => ({ file: 'covered-drugs.json', programme: id }) as const;

const ofListing = ({ effective }: Listing) => ({ what: `listing of ${effective}` });

function outsideProgramme(listing: Listing, programme: Programme): Problems {
  const outside = outsideOf(listing, hullOf(programme.versions));
  if (outside === null) return [];
  return [
    warning(
      { ...placeOf(programme), ...ofListing(listing) },
      `${outside} of the programme: keep it within, or leave its end open`,
    ),
  ];
}

const reasonUntold = (listing: Listing, programme: Programme): Problems =>
  listing.reason === null
    ? []
    : [
        warning(
          { ...placeOf(programme), ...ofListing(listing) },
          `nobody is told the reason ${listing.reason} of what is covered: strike it out, or set covered to false`,
        ),
      ];

function modelUnknown(listing: Listing, programme: Programme): Problems {
  const { model } = listing;
  const models = programme.versions.flatMap(({ rules }) => rules.rebates.map((rule) => rule.model));
  if (model === null || programme.versions.length === 0 || models.includes(model)) return [];
  return [
    warning(
      { ...placeOf(programme), ...ofListing(listing) },
      `covers under the model ${model}, of which the programme has no dated rebate rule: every fill is refused with 70`,
    ),
  ];
}

type Covered = { readonly listing: Listing; readonly programme: Programme; readonly ndc: string };

function productProblems({ listing, programme, ndc }: Covered, products: readonly Product[]): Problems {
  const packages = products.flatMap(({ packages: all, ...common }) =>
    all.filter((each) => each.ndc === ndc).map((each) => ({ ...common, ...each })),
  );
  const [first] = packages;
  if (first === undefined) return [];
  const place = { ...placeOf(programme), ...ofListing(listing), ndc: first.ndc };
  const outside = outsideOf(listing, hullOf(packages));
  return [
    ...(outside === null ? [] : [warning(place, `${outside} of its marketing: fills of those days are refused`)]),
    ...programme.versions
      .filter((version) => meet(version, listing))
      .flatMap((version) =>
        packages
          .filter((each) => meet(each, version) && meet(each, listing) && !fits(each.daysSupply, version.rules))
          .map((each) => warning(place, unfit(each.daysSupply, version))),
      ),
  ];
}

/** Whether a programme allows a supply that whole packages make up; where days go by product, one package alone. */
const fits = (packageDays: number, { supply: { daysAllowed, daysBy } }: ProgrammeRules): boolean =>
  daysAllowed.some((days) => (daysBy === 'EACH_PRODUCT' ? days === packageDays : days % packageDays === 0));

const unfit = (packageDays: number, { effective, rules: { supply } }: ProgrammeVersion): string =>
  `a package lasts ${String(packageDays)} days, and the rules of ${effective} allow ` +
  `${supply.daysAllowed.join(' or ')}: correct products[].daysSupply or supply.daysAllowed`;

/** From the first day to the last, whatever is between; null of nothing, such as the versions of a programme that nobody has dated yet. */
function hullOf(spans: readonly Span[]): Span | null {
  const [first, ...others] = spans;
  if (first === undefined) return null;
  return others.reduce<Span>(
    (hull, { effective, terminated }) => ({
      effective: effective < hull.effective ? effective : hull.effective,
      terminated: laterEnd(hull.terminated, terminated),
    }),
    first,
  );
}

const laterEnd = (one: CalendarDate | null, other: CalendarDate | null): CalendarDate | null =>
  one === null || other === null ? null : one > other ? one : other;

/** How a span leaves another; null where it does not. An open end is no promise to go on. */
function outsideOf({ effective, terminated }: Span, within: Span | null): string | null {
  if (within === null) return null;
  if (effective < within.effective) return `begins on ${effective}, before the first day ${within.effective}`;
  const end = within.terminated;
  if (end === null) return null;
  if (effective > end) return `begins on ${effective}, after the last day ${end}`;
  return terminated !== null && terminated > end ? `ends on ${terminated}, after the last day ${end}` : null;
}
