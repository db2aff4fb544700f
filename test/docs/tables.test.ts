import { describe, expect, test } from 'vitest';

import { isObject, type JsonObject } from '../../src/adapters/files/merge-patch.ts';
import { readPolicy } from '../../src/adapters/files/policy-bundle.ts';
import { EXIT } from '../../src/commands/exit-codes.ts';
import { DEAD_LETTER_REASONS } from '../../src/stream/ports.ts';
import { documentText, rowsOf, sectionOf } from './document.ts';

describe('operations.md tells of', () => {
  const told = (section: string): readonly string[] => [...rowsOf(sectionOf('docs/operations.md', section)).keys()];

  test('every reason of a dead letter and no other', () => {
    expect(told('Dead letters').toSorted()).toEqual(DEAD_LETTER_REASONS.toSorted());
  });

  test('every exit code and no other', () => {
    expect(told('Exit codes').map(Number)).toEqual([0, ...Object.values(EXIT)]);
  });
});

describe('policy.md tells of', async () => {
  const policy = await readPolicy('deploy/policy');
  const told = rowsOf(documentText('docs/policy.md'));
  const programmes = policy['programmes.json'] as {
    readonly programmes: readonly [{ readonly versions: readonly [{ readonly rules: JsonObject }] }];
  };
  const { rules } = programmes.programmes[0].versions[0];

  test('every key of the bundle and no other', () => {
    const keys = new Set(Object.values(policy).flatMap((document) => keysOf(document)));
    expect([...told.keys()].sort()).toEqual([...keys].sort());
  });

  test.each([...valuesOf(rules)])('%s with its value', (key, value) => {
    expect(told.get(key)?.[0]).toBe(value.length > 40 ? 'in the file' : `\`${value}\``);
  });
});

/** Paths of the values in a document. The rules of a programme stand for themselves, and so do the dates of every entry. */
function keysOf(document: unknown): readonly string[] {
  const paths = [...new Set(pathsOf(document, ''))]
    .filter((path) => !/(^|\.)note$/.test(path))
    .map((path) => path.replace(/^programmes\[\]\.versions\[\]\.rules\./, ''))
    // A table by class or level has a row for all of them.
    .map((path) => path.replace(/\.[A-Z][A-Z0-9_]+(?=\.|$)/g, '[]'))
    .map((path) => path.replace(/^.*\]\.(effective|terminated|knownFrom|source)$/, '$1'))
    .map((path) => path.replace(/^messages.*/, 'messages'));
  return [...new Set(paths)];
}

function pathsOf(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value) && value.some(isObject)) return value.flatMap((item) => pathsOf(item, `${path}[]`));
  if (!isObject(value)) return [path];
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, path === '' ? name : `${path}.${name}`));
}

/** Single values and lists of them, as text. */
function* valuesOf(value: unknown, path = ''): Generator<readonly [key: string, text: string]> {
  if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      if (name !== 'note') yield* valuesOf(inner, path === '' ? name : `${path}.${name}`);
    }
  } else if (!Array.isArray(value) || !value.some(isObject)) {
    yield [path, typeof value === 'string' ? value : JSON.stringify(value)];
  }
}
