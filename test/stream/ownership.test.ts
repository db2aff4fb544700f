import { describe, expect, test } from 'vitest';

import { Fault } from '../../src/stream/fault.ts';
import { advance, requireWholeView } from '../../src/stream/ownership.ts';
import type { Ownership } from '../../src/stream/ownership.ts';
import type { Fetched, ViewMark } from '../../src/stream/ports.ts';

const owned = (): Ownership => ({
  epoch: 'mine',
  positions: {
    claims: new Map([[0, 10]]),
    authorizationRequests: new Map([[0, 0]]),
    accounts: new Map([[0, 7]]),
    coverage: new Map([[0, 3]]),
    priorAuthorizations: new Map([[0, 0]]),
    participation: new Map([[0, 2]]),
  },
  applied: {
    accounts: new Map([[0, 7]]),
    coverage: new Map([[0, 3]]),
    priorAuthorizations: new Map([[0, null]]),
    participation: new Map([[0, 2]]),
  },
  authorized: new Map(),
  putOff: new Map(),
});
const answer = (from: number, next: number): Fetched => ({
  source: 'claims',
  partition: 0,
  records: [],
  from,
  next,
  end: next,
});

describe('an answer of the log', () => {
  test('moves the position on when it begins there', () => {
    const ownership = owned();
    expect(advance(ownership, [answer(10, 15)])).toHaveLength(1);
    expect(ownership.positions.claims.get(0)).toBe(15);
  });

  test.each([
    ['it begins before: it was asked for earlier', 8, 12],
    ['it begins behind: something is missing', 12, 14],
  ])('is dropped when %s', (_why, from, next) => {
    const ownership = owned();
    expect(advance(ownership, [answer(from, next)])).toEqual([]);
    expect(ownership.positions.claims.get(0)).toBe(10);
  });
});

describe('the view is', () => {
  const whole: ViewMark = {
    epoch: 'mine',
    positions: { accounts: 7, coverage: 3, priorAuthorizations: null, participation: 2 },
  };
  const look = (mark: ViewMark) => () => {
    requireWholeView(owned(), { members: new Map(), participants: new Map(), marks: new Map([[0, mark]]) });
  };

  test('whole when its mark is the one that the owner left', () => {
    expect(look(whole)).not.toThrow();
  });

  test.each([
    ['another owner has it', { ...whole, epoch: 'theirs' }],
    [
      'it was wiped',
      { epoch: null, positions: { accounts: null, coverage: null, priorAuthorizations: null, participation: null } },
    ],
    ['it lacks accounts', { ...whole, positions: { ...whole.positions, accounts: 6 } }],
    ['it lacks coverage', { ...whole, positions: { ...whole.positions, coverage: 2 } }],
    ['it lacks participation', { ...whole, positions: { ...whole.positions, participation: 1 } }],
    ['it knows more than its owner', { ...whole, positions: { ...whole.positions, priorAuthorizations: 1 } }],
  ])('not whole when %s', (_why, mark) => {
    expect(look(mark)).toThrow(Fault);
  });
});
