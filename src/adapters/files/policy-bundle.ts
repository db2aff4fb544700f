import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { PolicyBundle } from '../../policy/policy-bundle.ts';
import { isObject, mergePatch, type JsonObject } from './merge-patch.ts';
import { DOCUMENT_NAMES, DOCUMENTS, type PolicyDocuments } from './policy-documents.ts';
import { indexPolicy } from './policy-index.ts';
import { problemsBetween } from './policy-problems.ts';

/** Everything that is wrong with a bundle, at once: whoever writes policy mends it in one go. */
export class PolicyProblems extends Error {
  override readonly name = 'PolicyProblems';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The policy bundle cannot be used:', ...problems].join('\n- '));
    this.problems = problems;
  }
}

/** The JSON documents of a folder by file name, not yet validated. */
export type RawPolicy = { readonly [fileName: string]: unknown };

/** Reads and validates the bundle in a folder. Throws PolicyProblems. */
export const loadPolicyBundle = async (folder: string): Promise<PolicyBundle> =>
  parsePolicyBundle(await readPolicy(folder));

export async function readPolicy(folder: string): Promise<RawPolicy> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const read = names.map((name, index) => ({ name, document: parseJson(texts[index] ?? '') }));
  const broken = read.filter(({ document }) => document === undefined);
  if (broken.length > 0) throw new PolicyProblems(broken.map(({ name }) => `${name}: is not JSON`));
  return Object.fromEntries(read.map(({ name, document }) => [name, document]));
}

/** The bundle of these documents. Its version is a digest of their content, not of how it is laid out. Throws PolicyProblems. */
export function parsePolicyBundle(raw: RawPolicy): PolicyBundle {
  const strangers = Object.keys(raw).filter((name) => !DOCUMENT_NAMES.some((known) => known === name));
  const read = DOCUMENT_NAMES.map((name) => ({ name, ...DOCUMENTS[name].safeParse(raw[name]) }));
  const problems = [
    ...strangers.map((name) => `${name}: is no document of a policy bundle`),
    ...read.flatMap(({ name, error }) =>
      (error?.issues ?? []).map((issue) => `${name}: ${issue.path.join('.')} ${issue.message}`),
    ),
  ];
  if (problems.length > 0) throw new PolicyProblems(problems);

  const documents = Object.fromEntries(read.map(({ name, data }) => [name, data])) as PolicyDocuments;
  const bundle = indexPolicy(documents, versionOf(raw));
  const between = problemsBetween(documents, bundle);
  if (between.length > 0) throw new PolicyProblems(between);
  return bundle;
}

/** How a claim finds its programme. */
export type Routing = { readonly binNumber: unknown; readonly processorControlNumber: unknown };

/** The same policy with a JSON merge patch on every version of the programme that a claim is routed to: to try what a rule would change. */
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
    versions: versions.map((version) => (isObject(version) ? mergePatch(version, patch) : version)),
  };
}

/** The same for the criteria by which that programme decides prior authorizations. */
export function patchCriteria(raw: RawPolicy, routing: Routing, patch: JsonObject): RawPolicy {
  const document = raw['clinical-criteria.json'];
  const ids = listIn(raw['programmes.json'], 'programmes').flatMap((each) =>
    isRoutedTo(each, routing) ? [each['id']] : [],
  );
  const criteria = listIn(document, 'criteria').map((entry) =>
    ids.includes(entry['programme']) ? mergePatch(entry, patch) : entry,
  );
  return isObject(document) ? { ...raw, 'clinical-criteria.json': { ...document, criteria } } : raw;
}

const listIn = (document: unknown, name: string): readonly JsonObject[] =>
  isObject(document) && Array.isArray(document[name]) ? document[name].filter(isObject) : [];

const versionOf = (raw: RawPolicy): string =>
  createHash('sha256')
    .update(JSON.stringify(DOCUMENT_NAMES.map((name) => raw[name])))
    .digest('hex')
    .slice(0, 12);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
