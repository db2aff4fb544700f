import type { Ndc } from '../../claims/ids.ts';
import { inForce, type AsOf, type Dated } from '../../policy/dated.ts';
import { WORDED_CODES } from '../../policy/messages.ts';
import { ofNdc, pricePerPackage, rulesAsOf, type PolicyBundle, type Programme } from '../../policy/policy-bundle.ts';
import type { ProgrammeRules } from '../../policy/programme-rules.ts';
import { rebateRulesAsOf, type PriceListId, type RebateFormula } from '../../policy/rebate-rules.ts';
import { CalendarDate } from '../../values/calendar-date.ts';
import { criteriaProblems } from './criteria-problems.ts';
import type { PolicyDocuments } from './policy-documents.ts';

type Problems = readonly string[];

/** What is wrong between entries that are each well written. `bundle` is made of the same documents. */
export const problemsBetween = (documents: PolicyDocuments, bundle: PolicyBundle): Problems => [
  ...programmeProblems(documents['programmes.json'].programmes),
  ...datedEntries(bundle).flatMap(({ name, entries }) => [...backwards(name, entries), ...overlaps(name, entries)]),
  ...programmesOf(bundle).flatMap(({ id, versions }) => gaps(id, versions)),
  ...strangers(documents, bundle),
  ...programmesOf(bundle).flatMap((programme) => missingPrices(programme, bundle)),
  ...criteriaProblems(documents, bundle),
  ...missingTexts(documents, bundle),
];

const programmesOf = ({ programmes }: PolicyBundle): readonly Programme[] =>
  [...programmes.values()].flatMap((byPcn) => [...byPcn.values()]);

function programmeProblems(programmes: PolicyDocuments['programmes.json']['programmes']): Problems {
  const routes = programmes.map(({ routing }) => `BIN ${routing.binNumber} PCN ${routing.processorControlNumber}`);
  return [
    ...repeated(programmes.map(({ id }) => id)).map((id) => `programme ${id} is there twice`),
    ...repeated(routes).map((route) => `${route} leads to two programmes`),
    ...programmes.flatMap(({ id, versions }) => versions.flatMap(({ rules }) => ruleProblems(id, rules))),
  ];
}

const repeated = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

function ruleProblems(id: string, { supply, timeliness, costShare, cap, reversal }: ProgrammeRules): Problems {
  const daysMax = supply.monthlySupplies.map((row) => row.daysMax);
  const ascends = daysMax.every((days, index) => days > (daysMax[index - 1] ?? 0));
  const tooLong = supply.daysAllowed.filter((days) => days > Math.max(...daysMax));
  return [
    ...(ascends ? [] : [`${id}: supply.monthlySupplies do not ascend`]),
    ...tooLong.map((days) => `${id}: ${String(days)} days are allowed but no number of monthly supplies`),
    ...(timeliness.lastUtcOffsetHours <= timeliness.firstUtcOffsetHours
      ? []
      : [`${id}: a day cannot end before it begins (timeliness.lastUtcOffsetHours)`]),
    ...(costShare.kind === 'CAPPED' && cap.amount === null
      ? [`${id}: costShare CAPPED needs a cap.amount, for it is all that the patient pays`]
      : []),
    ...(costShare.kind !== 'CAPPED' && reversal.onReversal === 'REPROCESS'
      ? [`${id}: reversal.onReversal REPROCESS prices only shares that a cap alone decides (costShare CAPPED)`]
      : []),
    ...(costShare.kind === 'PART_D_PHASES' && cap.usualAndCustomary === 'MINIMUM'
      ? [`${id}: cap.usualAndCustomary MINIMUM has no meaning in the phases of Part D`]
      : []),
  ];
}

/** Entries among which a look-up chooses one. */
const datedEntries = (bundle: PolicyBundle): readonly { name: string; entries: readonly Dated[] }[] => [
  ...programmesOf(bundle).map(({ id, versions }) => ({ name: `programme ${id}`, entries: versions })),
  ...programmesOf(bundle).map(({ id, criteria }) => ({ name: `${id} criteria`, entries: criteria })),
  ...named('product', bundle.products),
  ...programmesOf(bundle).flatMap(({ id, listings }) => named(`${id} listing`, listings)),
  ...[...bundle.prices].flatMap(([basis, prices]) => named(`${basis} price`, prices)),
];

const named = (what: string, byNdc: ReadonlyMap<Ndc, readonly Dated[]>) =>
  [...byNdc].map(([ndc, entries]) => ({ name: `${what} ${ndc}`, entries }));

const backwards = (name: string, entries: readonly Dated[]): Problems =>
  entries
    .filter(({ effective, terminated }) => terminated !== null && terminated < effective)
    .map(({ effective }) => `${name}: the entry of ${effective} ends before it begins`);

/** An entry that is known later corrects another; two that are known from the same day contradict each other. */
function overlaps(name: string, entries: readonly Dated[]): Problems {
  return entries.flatMap((one, index) =>
    entries
      .slice(index + 1)
      .filter(
        (other) =>
          one.knownFrom === other.knownFrom && (inForce(one, other.effective) || inForce(other, one.effective)),
      )
      .map(
        (other) => `${name}: the entries of ${one.effective} and ${other.effective}, known from the same day, overlap`,
      ),
  );
}

/** A programme that has begun goes on to its end. */
function gaps(id: string, versions: Programme['versions']): Problems {
  const begins = versions.map(({ effective }) => effective);
  return versions
    .flatMap(({ terminated }) => (terminated === null ? [] : [CalendarDate.plusDays(terminated, 1)]))
    .filter((day) => begins.some((begin) => begin > day) && !versions.some((version) => inForce(version, day)))
    .map((day) => `programme ${id}: no rules from ${day}`);
}

/** Names that nothing stands behind. */
function strangers(documents: PolicyDocuments, { products }: PolicyBundle): Problems {
  const ids = documents['programmes.json'].programmes.map(({ id }) => id);
  const { listings } = documents['covered-drugs.json'];
  const { prices } = documents['prices.json'];
  const unknown = (file: string, ndcs: readonly Ndc[]): Problems =>
    ndcs.filter((ndc) => !products.has(ndc)).map((ndc) => `${file}: ${ndc} is no product`);
  return [
    ...listings
      .filter(({ programme }) => !ids.includes(programme))
      .map(({ programme }) => `covered-drugs.json: ${programme} is no programme`),
    ...listings.flatMap(({ ndcs }) => unknown('covered-drugs.json', ndcs)),
    ...prices.flatMap(({ ndcs }) => unknown('prices.json', ndcs)),
  ];
}

/** Between two boundaries nothing changes, so that it is enough to look at each of them, as known on each day. */
function missingPrices(programme: Programme, bundle: PolicyBundle): Problems {
  return [...programme.listings].flatMap(([ndc, listings]) => {
    const prices = [...bundle.prices.values()].flatMap((list) => list.get(ndc) ?? []);
    const entries = [...programme.versions, ...listings, ...(bundle.products.get(ndc) ?? []), ...prices];
    const boundaries = entries.flatMap(({ effective, terminated }) =>
      terminated === null ? [effective] : [effective, CalendarDate.plusDays(terminated, 1)],
    );
    const missing = entries.flatMap(({ knownFrom: knownOn }) =>
      boundaries.flatMap((dateOfService) => {
        const when = { dateOfService, knownOn };
        return basesNeeded(programme, ndc, { bundle, when })
          .filter((basis) => pricePerPackage(bundle, basis, { ndc, when }) === null)
          .map(
            (basis) =>
              `${programme.id}: ${ndc} is covered on ${dateOfService}, known on ${knownOn}, without a ${basis} price`,
          );
      }),
    );
    return [...new Set(missing)];
  });
}

/** The price lists that a fill of a product would be priced from; none where it is not paid. */
function basesNeeded(
  programme: Programme,
  ndc: Ndc,
  { bundle, when }: { bundle: PolicyBundle; when: AsOf },
): readonly PriceListId[] {
  const rules = rulesAsOf(programme, when);
  const isPaid = ofNdc(programme.listings, ndc, when)?.covered === true && ofNdc(bundle.products, ndc, when) !== null;
  if (rules === null || !isPaid) return [];
  const formulas = rebateRulesAsOf(rules.rebates, when).map(({ formula }) => formula);
  return [...new Set([rules.reimbursement.basis, ...formulas.flatMap(listsOf)])];
}

/** A unit rebate amount (URA) may come later than the claims do; every other price has to be there. */
function listsOf(formula: RebateFormula): readonly PriceListId[] {
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

function missingTexts(documents: PolicyDocuments, { messages }: PolicyBundle): Problems {
  const reasons = documents['covered-drugs.json'].listings.flatMap(({ reason }) =>
    reason === null ? [] : [`70 ${reason}`],
  );
  const codes: readonly string[] = WORDED_CODES;
  return [
    ...new Set(
      [...codes, ...reasons].filter((key) => !messages.has(key)).map((key) => `messages.json: ${key} has no text`),
    ),
    ...[...messages.keys()]
      .filter((key) => !codes.includes(key.split(' ')[0] ?? ''))
      .map((key) => `messages.json: ${key} is no reject of the rules`),
  ];
}
