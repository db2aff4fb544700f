import { describe, expect, test } from 'vitest';

import { mergePatch, policyPatch, type JsonObject } from '../../../src/adapters/files/merge-patch.ts';

describe('a patch', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['changes what it names and nothing else', { a: { b: 2 } }, { a: { b: 2, c: 1 }, d: 1 }],
    ['replaces a list', { d: [2] }, { a: { b: 1, c: 1 }, d: [2] }],
    ['adds what is not there', { e: { f: 1 } }, { a: { b: 1, c: 1 }, d: 1, e: { f: 1 } }],
  ])('%s', (_what, patch, expected) => {
    const target = { a: { b: 1, c: 1 }, d: 1 };
    expect(mergePatch(target, patch)).toEqual(expected);
    expect(policyPatch(target, patch)).toEqual(expected);
  });

  test('of a record removes by null, of a policy sets null', () => {
    expect(mergePatch({ a: { b: 1 } }, { a: null })).toEqual({});
    expect(policyPatch({ a: { b: 1 } }, { a: null })).toEqual({ a: null });
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['replaces an object of another kind', { kind: 'B', d: 1 }, { kind: 'B', d: 1 }],
    ['changes one of its kind', { kind: 'A', d: 1 }, { kind: 'A', c: 1, d: 1 }],
    ['changes one whose kind it does not name', { d: 1 }, { kind: 'A', c: 1, d: 1 }],
  ])('of a policy %s', (_what, share, expected) => {
    expect(policyPatch({ share: { kind: 'A', c: 1 } }, { share })).toEqual({ share: expected });
  });
});
