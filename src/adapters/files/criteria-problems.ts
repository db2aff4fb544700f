import { DENIALS } from '../../policy/clinical-criteria.ts';
import type { PolicyBundle } from '../../policy/policy-bundle.ts';
import type { PolicyDocuments } from './policy-documents.ts';

/** What is wrong between the criteria of prior authorization and the rest of the policy. */
export function criteriaProblems(documents: PolicyDocuments, { messages, products }: PolicyBundle): readonly string[] {
  const ids: readonly string[] = documents['programmes.json'].programmes.map(({ id }) => id);
  const families = new Set([...products.values()].flatMap((entries) => entries.map(({ drugFamily }) => drugFamily)));
  const problems = documents['clinical-criteria.json'].criteria.flatMap((entry) => {
    const { programme, drugFamilies, exclusions, terminated, authorizedUntil } = entry;
    return [
      ...(ids.includes(programme) ? [] : [`clinical-criteria.json: ${programme} is no programme`]),
      ...drugFamilies
        .filter((family) => !families.has(family))
        .map((family) => `clinical-criteria.json: no product is of ${family}`),
      // An authorization that ends before it begins would be an approval that no claim can use.
      ...(authorizedUntil !== null && (terminated === null || terminated > authorizedUntil)
        ? [
            `clinical-criteria.json: ${programme} decides requests after ${authorizedUntil}, where its authorizations end`,
          ]
        : []),
      ...[...DENIALS, ...exclusions]
        .filter((reason) => !messages.has(`3Y ${reason}`))
        .map((reason) => `messages.json: 3Y ${reason} has no text`),
    ];
  });
  return [...new Set(problems)];
}
