import { describe, expect, test } from 'vitest';

import { PAYER_SHEET } from '../../src/adjudication/payer-sheet.ts';
import type { PrescriptionServiceReferenceNumber } from '../../src/claims/ids.ts';
import { REJECTS } from '../../src/claims/reject-codes.ts';
import { Money } from '../../src/values/money.ts';
import { Quantity } from '../../src/values/quantity.ts';
import { aClaim, adjudicate, aPolicy, aContext, day, noonOf, reversalOf, wordOf } from '../builders.ts';

describe('the payer sheet', () => {
  const codes = PAYER_SHEET.flatMap(({ edits }) => edits.flatMap((edit) => edit.codes));

  test('gives its codes in the order of the reject code list', () => {
    // These are given earlier too: 07 and 13 by the syntax, 67 and 69 by the dates of the programme.
    const own: readonly string[] = [...new Set(codes)].filter((code) => !['07', '13', '67', '69'].includes(code));
    expect(REJECTS.map(({ code }) => code).filter((code) => own.includes(code))).toEqual(own);
  });

  test('has no row twice', () => {
    const names = PAYER_SHEET.flatMap(({ edits }) => edits.map(({ edit }) => edit));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a claim for a fill that is paid already is answered with', () => {
  const paid = aClaim();
  const answer = (...claims: Parameters<typeof adjudicate>[0]) =>
    adjudicate([paid, ...claims])
      .decisions.map(wordOf)
      .join(', ');

  test('the first answer, to the letter, when it is the same claim', () => {
    const { decisions, state } = adjudicate([
      paid,
      { ...paid, transmissionId: 'again', receivedAt: noonOf('2026-08-05') },
    ]);
    const [first, second] = decisions;
    expect(second).toEqual({ response: { ...first?.response, status: 'D' }, events: [] });
    expect(state).toEqual(adjudicate([paid]).state);
  });

  test('the first answer when nothing but the policy has changed since', () => {
    const { state, decisions } = adjudicate([paid]);
    const later = adjudicate([paid], aContext({ policy: aPolicy({ cap: { amount: '35.00' } }) }), state);
    expect(later.decisions[0]?.response).toEqual({ ...decisions[0]?.response, status: 'D' });
  });

  test('the first answer although the person is not covered any more', () => {
    const { state } = adjudicate([paid]);
    expect(adjudicate([paid], aContext({ coverage: null }), state).decisions.map(wordOf)).toEqual(['D']);
  });

  test('83 when its content is another', () => {
    expect(answer(aClaim({ quantityDispensed: Quantity.of('6') }))).toBe('P, 83');
    expect(answer(aClaim({ usualAndCustomaryCharge: Money.of('1399.98') }))).toBe('P, 83');
  });

  test('79 when it is another prescription', () => {
    expect(
      answer(aClaim({ prescriptionServiceReferenceNumber: '7001235' as PrescriptionServiceReferenceNumber })),
    ).toBe('P, 79');
  });

  test('P and a number of its own when the fill was taken back', () => {
    const { decisions } = adjudicate([
      paid,
      reversalOf(paid),
      aClaim({ quantityDispensed: Quantity.of('3'), daysSupply: 30 }),
    ]);
    expect(decisions.map(wordOf)).toEqual(['P', 'A', 'P']);
    expect(decisions[2]?.response).toMatchObject({ authorizationNumber: `${paid.identityDigest}02` });
  });

  test('the second answer when it was billed, taken back, billed and sent again', () => {
    const again = { ...paid, transmissionId: 'again' };
    const { decisions } = adjudicate([paid, reversalOf(paid), again, { ...again, transmissionId: 'and again' }]);
    expect(decisions.map(wordOf)).toEqual(['P', 'A', 'P', 'D']);
    expect(decisions[3]?.response).toMatchObject({ authorizationNumber: `${paid.identityDigest}02` });
  });

  test('the first answer when it is a late copy of the message that was taken back since, and nothing moves', () => {
    const { decisions, state } = adjudicate([paid, reversalOf(paid), paid]);
    expect(decisions[2]).toEqual({ response: { ...decisions[0]?.response, status: 'D' }, events: [] });
    expect(state).toEqual(adjudicate([paid, reversalOf(paid)]).state);
  });

  test.each([
    ['D', 'the last day of the filing window', '2026-12-01'],
    ['81', 'the day after', '2026-12-02'],
  ])('%s on %s', (expected, _why, received) => {
    expect(answer({ ...paid, receivedAt: noonOf(received) })).toBe(`P, ${expected}`);
  });

  test('P when the first was rejected', () => {
    const { state } = adjudicate([paid], aContext({ priorAuthorizations: [] }));
    expect(adjudicate([paid], aContext(), state).decisions.map(wordOf)).toEqual(['P']);
  });

  test('P on another day', () => {
    expect(answer(aClaim({ dateOfService: day('2026-08-31'), fillNumber: 1 }))).toBe('P, P');
  });
});
