import { createHash } from 'node:crypto';

import type { ProgrammeId } from '../../claims/ids.ts';
import type { PolicyBundle } from '../../policy/policy-bundle.ts';
import { isObject } from './merge-patch.ts';
import { DOCUMENT_NAMES, DOCUMENTS, type PolicyDocuments } from './policy-documents.ts';
import { indexPolicy } from './policy-index.ts';
import { error, type PolicyProblem, type SharedProblem } from './policy-problem.ts';
import { problemsBetween } from './policy-problems.ts';
import { sharedByProducts } from './shared-by-products.ts';

/** A bundle with all that is to be said about it; without one where an error is among that. */
export type Examined = { readonly problems: readonly SharedProblem[]; readonly bundle: PolicyBundle | null };

type Raw = { readonly [fileName: string]: unknown };

/** Stands in for a document that cannot be read, so that the others are looked at all the same. */
const EMPTY: PolicyDocuments = {
  'programmes.json': { programmes: [] },
  'products.json': { products: [] },
  'covered-drugs.json': { listings: [] },
  'clinical-criteria.json': { criteria: [] },
  'prices.json': { prices: [] },
  'messages.json': { messages: {} },
};

/** Everything that is wrong with these documents. `found` are problems of their files, met while they were read. */
export function examinePolicy(raw: Raw, found: readonly PolicyProblem[] = []): Examined {
  const read = DOCUMENT_NAMES.map((name) => ({ name, ...DOCUMENTS[name].safeParse(raw[name]) }));
  const documents = {
    ...EMPTY,
    ...Object.fromEntries(read.filter(({ success }) => success).map(({ name, data }) => [name, data])),
  };
  const bundle = indexPolicy(documents, versionOf(raw));
  const unread = read.filter(({ success }) => !success).map(({ name }) => name);
  const isBroken = (name: string): boolean => raw[name] === undefined && found.some(({ file }) => file === name);
  const problems = [
    ...found,
    ...strangers(raw),
    ...read.filter(({ name }) => !isBroken(name)).flatMap(({ name, error: fault }) => shapeProblems(raw, name, fault)),
    ...problemsBetween({ documents, bundle }, unread),
  ];
  const isUsable = problems.every(({ severity }) => severity === 'WARNING');
  return { problems: sharedByProducts(problems), bundle: isUsable ? bundle : null };
}

const strangers = (raw: Raw): readonly PolicyProblem[] =>
  Object.keys(raw)
    .filter((name) => !DOCUMENT_NAMES.some((known) => known === name))
    .map((file) => error({ file }, `is no document of a policy bundle: they are ${DOCUMENT_NAMES.join(', ')}`));

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

function shapeProblems(
  raw: Raw,
  file: string,
  fault: { readonly issues: readonly Issue[] } | undefined,
): readonly PolicyProblem[] {
  if (raw[file] === undefined) return [error({ file }, 'is missing')];
  return (fault?.issues ?? []).map(({ path, message }) =>
    error({ file, programme: programmeAt(raw[file], path) }, `${path.join('.')} ${message}`.trim()),
  );
}

/** The programme that a path of a document leads through: the entry of one, or an entry that names one. */
function programmeAt(document: unknown, path: readonly PropertyKey[]): ProgrammeId | null {
  let [at, found]: [unknown, unknown] = [document, null];
  for (const [depth, step] of path.entries()) {
    at = isObject(at) || Array.isArray(at) ? (at as Readonly<Record<PropertyKey, unknown>>)[step] : undefined;
    if (!isObject(at)) continue;
    found = at['programme'] ?? (path[depth - 1] === 'programmes' ? at['id'] : undefined) ?? found;
  }
  return typeof found === 'string' ? (found as ProgrammeId) : null;
}

/** First twelve hex digits of the SHA-256 of the content. */
const versionOf = (raw: Raw): string =>
  createHash('sha256')
    .update(JSON.stringify(DOCUMENT_NAMES.map((name) => raw[name])))
    .digest('hex')
    .slice(0, 12);
