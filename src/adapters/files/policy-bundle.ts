import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { PolicyBundle } from '../../policy/policy-bundle.ts';
import { isObject, policyPatch, type JsonObject } from './merge-patch.ts';
import { examinePolicy, type Examined } from './policy-examination.ts';
import { error, sentenceOf, type PolicyProblem, type SharedProblem } from './policy-problem.ts';
import { repeatedKeys } from './repeated-keys.ts';
import { sharedByProducts } from './shared-by-products.ts';

/** Every error of a bundle, at once: whoever writes policy mends it in one go. */
export class PolicyProblems extends Error {
  override readonly name = 'PolicyProblems';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The policy bundle cannot be used:', ...problems].join('\n- '));
    this.problems = problems;
  }
}

const unusable = (problems: readonly SharedProblem[]): PolicyProblems =>
  new PolicyProblems(problems.filter(({ severity }) => severity === 'ERROR').map(lineOf));

const lineOf = (problem: SharedProblem): string =>
  [problem.file, problem.programme, sentenceOf(problem)].filter((part) => part !== null).join(': ');

/** The JSON documents of a folder by file name, not yet validated. */
export type RawPolicy = { readonly [fileName: string]: unknown };

/** Reads and validates the bundle in a folder. Throws PolicyProblems. */
export const loadPolicyBundle = async (folder: string): Promise<PolicyBundle> => usable(await examineFolder(folder));

/** Everything that is wrong with the bundle in a folder, also where its files are no JSON. */
export async function examineFolder(folder: string): Promise<Examined> {
  const { raw, problems } = await readFiles(folder);
  return examinePolicy(raw, problems);
}

/** The documents of a folder as they are written. Throws PolicyProblems. */
export async function readPolicy(folder: string): Promise<RawPolicy> {
  const { raw, problems } = await readFiles(folder);
  if (problems.length > 0) throw unusable(sharedByProducts(problems));
  return raw;
}

/** The bundle of these documents. Its version is a digest of their content, not of how it is laid out. Throws PolicyProblems. */
export const parsePolicyBundle = (raw: RawPolicy): PolicyBundle => usable(examinePolicy(raw));

function usable({ bundle, problems }: Examined): PolicyBundle {
  if (bundle === null) throw unusable(problems);
  return bundle;
}

/** How a claim finds its programme. */
export type Routing = { readonly binNumber: unknown; readonly processorControlNumber: unknown };

/** The same policy with a patch on every version of the programme that a claim is routed to: to try what a rule would change. */
export function patchVersions(raw: RawPolicy, routing: Routing, patch: JsonObject): RawPolicy {
  const document = raw['programmes.json'];
  if (!isObject(document) || !Array.isArray(document['programmes'])) return raw;
  const programmes: unknown[] = document['programmes'];
  return {
    ...raw,
    'programmes.json': {
      ...document,
      programmes: programmes.map((each) => (isRoutedTo(each, routing) ? inEveryVersion(each, patch) : each)),
    },
  };
}

const isRoutedTo = (programme: unknown, { binNumber, processorControlNumber }: Routing): boolean =>
  isObject(programme) &&
  isObject(programme['routing']) &&
  programme['routing']['binNumber'] === binNumber &&
  programme['routing']['processorControlNumber'] === processorControlNumber;

function inEveryVersion(programme: unknown, patch: JsonObject): unknown {
  if (!isObject(programme) || !Array.isArray(programme['versions'])) return programme;
  const versions: unknown[] = programme['versions'];
  return {
    ...programme,
    versions: versions.map((version) => (isObject(version) ? policyPatch(version, patch) : version)),
  };
}

/** The same for the criteria by which that programme decides prior authorizations. */
export function patchCriteria(raw: RawPolicy, routing: Routing, patch: JsonObject): RawPolicy {
  const document = raw['clinical-criteria.json'];
  const ids = listIn(raw['programmes.json'], 'programmes').flatMap((each) =>
    isRoutedTo(each, routing) ? [each['id']] : [],
  );
  const criteria = listIn(document, 'criteria').map((entry) =>
    ids.includes(entry['programme']) ? policyPatch(entry, patch) : entry,
  );
  return isObject(document) ? { ...raw, 'clinical-criteria.json': { ...document, criteria } } : raw;
}

const listIn = (document: unknown, name: string): readonly JsonObject[] =>
  isObject(document) && Array.isArray(document[name]) ? document[name].filter(isObject) : [];

type Files = { readonly raw: RawPolicy; readonly problems: readonly PolicyProblem[] };

async function readFiles(folder: string): Promise<Files> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const read = names.map((name, index) => readFileText(name, texts[index] ?? ''));
  return {
    raw: Object.fromEntries(read.map(({ name, document }) => [name, document])),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function readFileText(file: string, text: string) {
  try {
    const problems = repeatedKeys(text).map(({ key, line }) =>
      error({ file, what: `line ${String(line)}` }, `the key "${key}" is there a second time: strike one out`),
    );
    return { name: file, document: JSON.parse(text) as unknown, problems };
  } catch (fault) {
    return { name: file, document: undefined, problems: [error({ file }, `is not JSON: ${String(fault)}`)] };
  }
}
