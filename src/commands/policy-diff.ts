import { parsePolicyBundle, readPolicy } from '../adapters/files/policy-bundle.ts';
import { sharedByProducts } from '../adapters/files/shared-by-products.ts';
import { policyChanges } from './policy-changes.ts';
import { changeInWords } from './policy-change-words.ts';

export type PolicyDiffOptions = {
  readonly before: string;
  readonly after: string;
  /** Whether notes and sources count too. */
  readonly notes: boolean;
  readonly json: boolean;
  /** Takes one line of standard output. */
  readonly print: (line: string) => void;
};

/** Says what one policy says otherwise than another. Answers whether they say the same. Throws PolicyProblems. */
export async function policyDiff({ before, after, notes, json, print }: PolicyDiffOptions): Promise<boolean> {
  const [old, current] = [await readPolicy(before), await readPolicy(after)];
  const [oldVersion, version] = [parsePolicyBundle(old).version, parsePolicyBundle(current).version];
  const changes = sharedByProducts(policyChanges(old, current, notes));
  if (json) {
    const sides = { before: { directory: before, version: oldVersion }, after: { directory: after, version } };
    print(JSON.stringify({ ...sides, changes }));
    return changes.length === 0;
  }
  for (const change of changes) print(changeInWords(change));
  if (changes.length === 0 && version !== oldVersion)
    print(`the same but for notes and layout (${oldVersion}, ${version})`);
  return changes.length === 0;
}
