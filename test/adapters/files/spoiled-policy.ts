import { isObject } from '../../../src/adapters/files/merge-patch.ts';
import type { RawPolicy } from '../../../src/adapters/files/policy-bundle.ts';
import { policyDocuments } from '../../builders.ts';

export type Json = Record<string, unknown>;

type Path = readonly (string | number)[];

/** A change of one place of a document: `path` leads to an object whose fields are set. */
export type Spoiling = (raw: RawPolicy) => RawPolicy;

export const spoiling =
  (file: string, path: Path, fields: Json): Spoiling =>
  (from) => {
    const raw = structuredClone(from);
    Object.assign(placeIn(raw[file], path), fields);
    return raw;
  };

/** A changed copy of an entry beside it. */
export const doubling =
  (file: string, path: Path, fields: Json): Spoiling =>
  (from) => {
    const raw = structuredClone(from);
    const list = placeIn(raw[file], path.slice(0, -1)) as unknown as Json[];
    list.push({ ...structuredClone(placeIn(raw[file], path)), ...fields });
    return raw;
  };

/** The deployed documents with one place of them changed. */
export const spoiled = (file: string, path: Path, fields: Json): RawPolicy =>
  spoiling(file, path, fields)(policyDocuments());

/** The deployed documents with a changed copy of an entry beside it. */
export const doubled = (file: string, path: Path, fields: Json): RawPolicy =>
  doubling(file, path, fields)(policyDocuments());

export function placeIn(document: unknown, path: readonly (string | number)[]): Json {
  const place = path.reduce<unknown>((at, step) => (at as Json)[step], document);
  if (!isObject(place) && !Array.isArray(place)) throw new Error('there is nothing at that path');
  return place as Json;
}
