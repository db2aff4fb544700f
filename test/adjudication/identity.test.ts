import { describe, expect, test } from 'vitest';

import { authorizationNumberFor } from '../../src/adjudication/identity.ts';
import { initialMemberState, type MemberState } from '../../src/adjudication/state.ts';
import { aClaim, adjudicate } from '../builders.ts';

const claim = aClaim();
const [fill] = adjudicate([claim]).state.fills;
const livedBefore = (times: number): MemberState => ({
  ...initialMemberState,
  fills: Array(times).fill(fill) as MemberState['fills'],
});

describe('the authorization number', () => {
  test.each([
    ['01', 0],
    ['02', 1],
    ['0A', 9],
    ['10', 35],
    ['ZZ', 1294],
    ['100', 1295],
  ])('ends in %s after %i lives of a fill', (generation, times) => {
    expect(authorizationNumberFor(claim, livedBefore(times))).toBe(`${claim.identityDigest}${generation}`);
  });

  test('has room for 20 characters', () => {
    expect(authorizationNumberFor(claim, livedBefore(36 ** 3 - 1)).length).toBe(20);
  });

  test('does not count the lives of other fills', () => {
    expect(authorizationNumberFor(aClaim({ fillNumber: 1 }), livedBefore(3))).toMatch(/01$/);
  });
});
