import { inForce, meet, type Dated } from '../../policy/dated.ts';
import { CalendarDate } from '../../values/calendar-date.ts';
import type { PolicyDocuments } from './policy-documents.ts';
import { error, warning, type PolicyProblem } from './policy-problem.ts';
import { rebateEntries, seriesOf, type Series } from './policy-series.ts';

type Problems = readonly PolicyProblem[];

/** What is wrong with the dates of entries among which a look-up chooses. */
export const dateProblems = (documents: PolicyDocuments): Problems => [
  ...seriesOf(documents).flatMap((series) => [
    ...backwards(series),
    ...overlaps(series),
    ...gaps(series),
    ...knownTooLate(series),
  ]),
  ...rebateEntries(documents).flatMap((entry) => [...backwards(entry), ...knownTooLate(entry)]),
];

const backwards = ({ entries, ...place }: Series): Problems =>
  entries
    .filter(isBackwards)
    .map(({ effective, terminated }) =>
      error(
        place,
        `the entry of ${effective} ends before it begins, on ${terminated ?? ''}: terminated is its last day, or null`,
      ),
    );

const isBackwards = ({ effective, terminated }: Dated): boolean => terminated !== null && terminated < effective;

/** An entry that is known later corrects another; two that are known from the same day contradict each other. */
function overlaps({ entries, ...place }: Series): Problems {
  return entries.flatMap((one, index) =>
    entries
      .slice(index + 1)
      .filter((other) => one.knownFrom === other.knownFrom && meet(one, other))
      .map((other) =>
        error(
          place,
          `the entries of ${one.effective} and ${other.effective}, known from the same day, overlap: ` +
            'end one before the other begins, or give the correction a later knownFrom',
        ),
      ),
  );
}

/** A programme that has begun goes on to its end. A product or a listing may rest, but nobody writes that by leaving days out. */
function gaps({ entries, ...place }: Series): Problems {
  // A price is needed on the covered days alone, and they are looked at one by one.
  if (place.file === 'prices.json') return [];
  const begins = entries.map(({ effective }) => effective).sort();
  const after = new Set(
    entries.flatMap(({ terminated }) => (terminated === null ? [] : [CalendarDate.plusDays(terminated, 1)])),
  );
  return [...after].flatMap((day) => {
    const next = begins.find((begin) => begin > day);
    if (next === undefined || entries.some((entry) => inForce(entry, day))) return [];
    const span = `from ${day} to ${CalendarDate.plusDays(next, -1)}`;
    return place.file === 'programmes.json'
      ? [error(place, `no rules ${span}: let the version before last until the next one begins`)]
      : [warning(place, `nothing is said ${span}, between two entries: if that is meant, say so in an entry`)];
  });
}

/** Such an entry is seen only by claims that come late, as a correction of what they would have found. */
const knownTooLate = ({ entries, ...place }: Series): Problems =>
  entries
    .filter((entry) => entry.terminated !== null && entry.knownFrom > entry.terminated && !isBackwards(entry))
    .map(({ effective, terminated, knownFrom }) =>
      warning(
        place,
        `the entry of ${effective} has ended on ${terminated ?? ''}, before it is known on ${knownFrom}: ` +
          'only claims that come later see it; is knownFrom right?',
      ),
    );
