import { describe, expect, test } from 'vitest';

import { prove } from '../../../src/commands/demo/proof.ts';
import type { Evidence, LedgerOutput, Output } from '../../../src/commands/demo/proof.ts';

const answer = (at: string): Output => ({ at, json: `answer ${at}` });
const accrual = (at: string): LedgerOutput => ({ at, json: `accrual ${at}`, amounts: [110_402, -110_402] });

/** Three claims, of which two are paid: everything as it has to be. */
const sound: Evidence = {
  sent: 3,
  claims: ['0/0', '0/1', '4/0'],
  answers: [answer('0/0'), answer('0/1'), answer('4/0')],
  rebateEvents: [accrual('0/0'), accrual('4/0')],
  deadLetters: 0,
  expected: new Map([
    ['0/0', ['answer 0/0', 'accrual 0/0']],
    ['0/1', ['answer 0/1']],
    ['4/0', ['answer 4/0', 'accrual 4/0']],
  ]),
};

test('a run in which every claim has its answer and its rebate events proves it', () => {
  expect(prove(sound)).toEqual({
    claims: 3,
    answers: 3,
    duplicates: 0,
    missing: 0,
    deadLetters: 0,
    rebateEvents: 2,
    ledgerSum: '0.00',
    differences: 0,
    holds: true,
  });
});

describe('the proof fails and says', () => {
  const answers = sound.answers;
  const events = sound.rebateEvents;
  const other = { at: '0/1', json: 'another answer' };
  const crooked = { ...accrual('4/0'), amounts: [110_402, -110_401] };
  test.each<[string, object, Partial<Evidence>]>([
    ['1 missing when an answer is lost', { missing: 1, differences: 1 }, { answers: answers.slice(1) }],
    ['1 missing when a claim that was sent is on no topic', { missing: 1 }, { sent: 4 }],
    ['1 duplicate when an answer stands twice', { duplicates: 1 }, { answers: [...answers, answer('0/1')] }],
    ['1 duplicate when an answer belongs to no claim', { duplicates: 1 }, { answers: [...answers, answer('7/7')] }],
    [
      '1 missing and 1 duplicate when a lost answer hides behind a doubled one',
      { missing: 1, duplicates: 1, differences: 2 },
      { answers: [answer('0/0'), answer('0/0'), answer('4/0')] },
    ],
    ['1 difference when an answer is another', { differences: 1 }, { answers: [answer('0/0'), other, answer('4/0')] }],
    ['1 difference when a rebate event is lost', { differences: 1 }, { rebateEvents: events.slice(1) }],
    [
      '1 difference when a rebate event stands twice',
      { differences: 1 },
      { rebateEvents: [...events, accrual('0/0')] },
    ],
    [
      '1 difference when a rebate event belongs to no claim',
      { differences: 1 },
      { rebateEvents: [...events, accrual('9/9')] },
    ],
    ['what the ledger is off by', { ledgerSum: '0.01' }, { rebateEvents: [accrual('0/0'), crooked] }],
    ['1 dead letter', { deadLetters: 1 }, { deadLetters: 1 }],
    [
      'nothing at all when nothing was sent',
      { claims: 0 },
      { sent: 0, claims: [], answers: [], rebateEvents: [], expected: new Map() },
    ],
  ])('%s', (_what, said, changes) => {
    expect(prove({ ...sound, ...changes })).toMatchObject({ ...said, holds: false });
  });
});
