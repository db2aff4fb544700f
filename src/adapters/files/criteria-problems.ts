import { meet } from '../../policy/dated.ts';
import { DENIALS } from '../../policy/clinical-criteria.ts';
import type { PolicyBundle } from '../../policy/policy-bundle.ts';
import type { PolicyDocuments } from './policy-documents.ts';
import { error, warning, type PolicyProblem } from './policy-problem.ts';

const FILE = { file: 'clinical-criteria.json' } as const;

/** What is wrong between the criteria of prior authorization and the rest of the policy. */
export function criteriaProblems(
  documents: PolicyDocuments,
  { messages, products }: PolicyBundle,
): readonly PolicyProblem[] {
  const ids: readonly string[] = documents['programmes.json'].programmes.map(({ id }) => id);
  const families = new Set([...products.values()].flatMap((entries) => entries.map(({ drugFamily }) => drugFamily)));
  return documents['clinical-criteria.json'].criteria.flatMap((entry) => {
    const { programme, drugFamilies, exclusions, terminated, authorizedUntil } = entry;
    return [
      ...(ids.includes(programme) ? [] : [error(FILE, `${programme} is no programme: known are ${ids.join(', ')}`)]),
      ...drugFamilies
        .filter((family) => !families.has(family))
        .map((family) => error(FILE, `no product is of ${family}: known are ${[...families].join(', ')}`)),
      // An authorization that ends before it begins would be an approval that no claim can use.
      ...(authorizedUntil !== null && (terminated === null || terminated > authorizedUntil)
        ? [
            error(
              { ...FILE, programme },
              `decides requests after ${authorizedUntil}, where its authorizations end: end the entry then, or let them last`,
            ),
          ]
        : []),
      ...versionsOf(programme, documents).flatMap((version) => differences(entry, version)),
      ...[...DENIALS, ...exclusions]
        .filter((reason) => !messages.has(`3Y ${reason}`))
        .map((reason) =>
          error({ file: 'messages.json' }, `3Y ${reason} has no text: add what the pharmacy shall read`),
        ),
    ];
  });
}

type Criteria = PolicyDocuments['clinical-criteria.json']['criteria'][number];
type Version = PolicyDocuments['programmes.json']['programmes'][number]['versions'][number];

const versionsOf = (programme: string, documents: PolicyDocuments): readonly Version[] =>
  documents['programmes.json'].programmes.filter(({ id }) => id === programme).flatMap(({ versions }) => versions);

/** A request and the claims that follow it are asked the same: an answer that differs authorizes what no claim is paid for, or less. */
function differences(criteria: Criteria, version: Version): readonly PolicyProblem[] {
  if (!meet(criteria, version)) return [];
  const { clinical, eligibility } = version.rules;
  const years = eligibility.priorGlp1.calendarYears;
  const asked = criteria.partDGlp1?.calendarYears ?? years;
  const place = { ...FILE, programme: criteria.programme };
  return [
    ...(criteria.ageMin === clinical.ageMin
      ? []
      : [
          warning(
            { ...place, what: 'ageMin' },
            `requests are taken from ${String(criteria.ageMin)} years of age on, claims from ${String(clinical.ageMin)} by clinical.ageMin`,
          ),
        ]),
    ...(asked.toSorted().join() === years.toSorted().join()
      ? []
      : [
          warning(
            { ...place, what: 'partDGlp1.calendarYears' },
            `requests look back at ${asked.join(', ') || 'no year'}, claims at ${years.join(', ') || 'no year'} by eligibility.priorGlp1.calendarYears`,
          ),
        ]),
  ];
}
