import type { Ndc } from '../../claims/ids.ts';
import type { AsOf, Dated } from '../../policy/dated.ts';
import { ofNdc, pricePerPackage, rulesAsOf, type PolicyBundle, type Programme } from '../../policy/policy-bundle.ts';
import { rebateRulesAsOf, type PriceListId, type RebateFormula } from '../../policy/rebate-rules.ts';
import { CalendarDate } from '../../values/calendar-date.ts';
import { error, type PolicyProblem } from './policy-problem.ts';

/** Covered days of a product on which a price is missing that a fill would be priced from. */
export const priceProblems = (bundle: PolicyBundle): readonly PolicyProblem[] =>
  [...bundle.programmes.values()]
    .flatMap((byPcn) => [...byPcn.values()])
    .flatMap((programme) =>
      listsOf(programme).flatMap((list) =>
        [...programme.listings.keys()].flatMap((ndc) => missingPrices({ bundle, programme, ndc, list })),
      ),
    );

type Priced = {
  readonly bundle: PolicyBundle;
  readonly programme: Programme;
  readonly ndc: Ndc;
  readonly list: PriceListId;
};

/** Nothing changes between two boundaries, so that it is enough to look at each of them, as known on each day. */
function missingPrices(priced: Priced): readonly PolicyProblem[] {
  const { bundle, programme, ndc, list } = priced;
  const entries: readonly Dated[] = [
    ...programme.versions,
    ...programme.versions.flatMap(({ rules }) => rules.rebates),
    ...(programme.listings.get(ndc) ?? []),
    ...(bundle.products.get(ndc) ?? []),
    ...(bundle.prices.get(list)?.get(ndc) ?? []),
  ];
  const days = inOrder(entries.flatMap(boundariesOf));
  const known = inOrder(entries.map(({ knownFrom }) => knownFrom));
  const missing = new Map(
    known.map((knownOn) => [knownOn, runsOf(days, (dateOfService) => lacksPrice(priced, { dateOfService, knownOn }))]),
  );
  const place = { file: 'prices.json', programme: programme.id, what: `${list} price`, ndc };
  return [...new Set([...missing.values()].flat())].flatMap((span) =>
    runsOf(known, (day) => missing.get(day)?.includes(span) === true).map((received) =>
      error(place, `is missing ${span}, for claims received ${received}, and the product is covered: ${REMEDY}`),
    ),
  );
}

const REMEDY = 'add a price, or end the listing';

const inOrder = (days: readonly CalendarDate[]): readonly CalendarDate[] => [...new Set(days)].sort();

const boundariesOf = ({ effective, terminated }: Dated): readonly CalendarDate[] =>
  terminated === null ? [effective] : [effective, CalendarDate.plusDays(terminated, 1)];

/** `from 2027-07-01 to 2027-12-31` for every run of boundaries that a condition holds for. */
function runsOf(days: readonly CalendarDate[], holds: (day: CalendarDate) => boolean): readonly string[] {
  const begins = days.filter((day, index) => holds(day) && (index === 0 || !holds(days[index - 1] ?? day)));
  return begins.map((begin) => {
    const end = days.find((day) => day > begin && !holds(day));
    return end === undefined ? `from ${begin}` : `from ${begin} to ${CalendarDate.plusDays(end, -1)}`;
  });
}

function lacksPrice({ bundle, programme, ndc, list }: Priced, when: AsOf): boolean {
  const rules = rulesAsOf(programme, when);
  const isPaid = ofNdc(programme.listings, ndc, when)?.covered === true && ofNdc(bundle.products, ndc, when) !== null;
  if (rules === null || !isPaid) return false;
  const rebates = rebateRulesAsOf(rules.rebates, when);
  const isRead = rules.reimbursement.basis === list || rebates.some(({ formula }) => listsIn(formula).includes(list));
  return isRead && pricePerPackage(bundle, list, { ndc, when }) === null;
}

/** Every price list that some day's rules of a programme read. */
const listsOf = ({ versions }: Programme): readonly PriceListId[] => [
  ...new Set(
    versions.flatMap(({ rules }) => [
      rules.reimbursement.basis,
      ...rules.rebates.flatMap(({ formula }) => listsIn(formula)),
    ]),
  ),
];

/** A unit rebate amount (URA) may come later than the claims do; every other price has to be there. */
function listsIn(formula: RebateFormula): readonly PriceListId[] {
  switch (formula.kind) {
    case 'NET_PER_MONTH':
    case 'PHASE_SHARE':
      return ['WAC'];
    case 'SUPPLEMENTAL':
      return ['WAC', formula.netPrices];
    case 'BENCHMARK':
      return ['WAC', formula.netPrices, formula.benchmarks];
    case 'NONE':
      return [];
  }
}
