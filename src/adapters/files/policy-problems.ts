import type { PolicyBundle } from '../../policy/policy-bundle.ts';
import { criteriaProblems } from './criteria-problems.ts';
import { dateProblems } from './policy-date-problems.ts';
import type { PolicyDocuments } from './policy-documents.ts';
import { listingProblems } from './policy-listing-problems.ts';
import { priceProblems } from './policy-price-problems.ts';
import type { PolicyProblem } from './policy-problem.ts';
import { nameProblems } from './policy-name-problems.ts';
import { ruleProblems } from './policy-rule-problems.ts';
import { textProblems } from './policy-text-problems.ts';

type DocumentName = keyof PolicyDocuments;
export type Policy = { readonly documents: PolicyDocuments; readonly bundle: PolicyBundle };

/** A look at entries that are each well written. It is left out while a document that it needs is not. */
type Check = {
  readonly needs: readonly DocumentName[];
  readonly problemsOf: (policy: Policy) => readonly PolicyProblem[];
};

const CHECKS: readonly Check[] = [
  { needs: ['programmes.json'], problemsOf: ({ documents }) => ruleProblems(documents) },
  // A document that cannot be read has no entries, and so none with bad dates.
  { needs: [], problemsOf: ({ documents }) => dateProblems(documents) },
  { needs: ['programmes.json', 'products.json'], problemsOf: ({ documents }) => nameProblems(documents) },
  {
    needs: ['programmes.json', 'products.json', 'covered-drugs.json'],
    problemsOf: ({ documents }) => listingProblems(documents),
  },
  {
    needs: ['programmes.json', 'products.json', 'covered-drugs.json', 'prices.json'],
    problemsOf: ({ bundle }) => priceProblems(bundle),
  },
  {
    needs: ['programmes.json', 'products.json', 'clinical-criteria.json', 'messages.json'],
    problemsOf: ({ documents, bundle }) => criteriaProblems(documents, bundle),
  },
  { needs: ['covered-drugs.json', 'messages.json'], problemsOf: ({ documents }) => textProblems(documents) },
];

/** What is wrong between the entries of a policy. `unread` are documents that are empty here because they could not be read. */
export const problemsBetween = (policy: Policy, unread: readonly string[]): readonly PolicyProblem[] =>
  CHECKS.filter(({ needs }) => !needs.some((name) => unread.includes(name))).flatMap(({ problemsOf }) =>
    problemsOf(policy),
  );
