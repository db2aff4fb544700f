import { describe, expect, test } from 'vitest';

import type { ClaimEvent } from '../../src/adjudication/events.ts';
import { evolve } from '../../src/adjudication/evolve.ts';
import { initialMemberState, type Fill, type MemberState } from '../../src/adjudication/state.ts';
import type { AuthorizationNumber, ProgrammeId } from '../../src/claims/ids.ts';
import { InvariantBroken } from '../../src/values/invariant.ts';
import { Money } from '../../src/values/money.ts';
import { aClaim, adjudicate, BRIDGE, day, noonOf } from '../builders.ts';

const fillOf = (date: string, changes: Partial<Fill> = {}): Fill => {
  const [fill] = adjudicate([aClaim({ dateOfService: day(date) })]).state.fills;
  if (fill === undefined) throw new Error('the claim of the builders is paid');
  return { ...fill, ...changes };
};
const recordedAt = noonOf('2026-08-03');
const paid = (fill: Fill): ClaimEvent => ({ type: 'ClaimPaid', recordedAt, fill });
const reversed = (fill: Fill): ClaimEvent => ({ type: 'ClaimReversed', recordedAt, fill, reversedBy: 'R' });
const repriced = (fill: Fill, after: string): ClaimEvent => ({
  type: 'ClaimRepriced',
  recordedAt,
  programme: BRIDGE,
  authorizationNumber: fill.authorizationNumber,
  patientPayBefore: fill.pricing.patientPayAmount,
  patientPayAfter: Money.of(after),
});
const after = (...events: readonly ClaimEvent[]): MemberState => events.reduce(evolve, initialMemberState);
const totals = ({ accumulators }: MemberState): readonly string[] =>
  accumulators.map(({ programme, kind, period, amount }) => [programme, kind, period, Money.toText(amount)].join(' '));

const july = fillOf('2026-07-03');
const august = fillOf('2026-08-03');

describe('the totals of a member', () => {
  test('are kept by programme and month of the date of service', () => {
    const elsewhere = {
      ...august,
      programme: 'OTHER' as ProgrammeId,
      authorizationNumber: 'OTHER' as AuthorizationNumber,
    };
    expect(totals(after(paid(july), paid(august), paid(elsewhere), paid(fillOf('2026-08-24'))))).toEqual([
      `${BRIDGE} PATIENT_PAY 2026-07 50.00`,
      `${BRIDGE} PATIENT_PAY 2026-08 100.00`,
      'OTHER PATIENT_PAY 2026-08 50.00',
    ]);
  });

  test('give a reversal back to the month of its fill, and are gone when nothing is left', () => {
    expect(totals(after(paid(july), paid(august), reversed(july)))).toEqual([`${BRIDGE} PATIENT_PAY 2026-08 50.00`]);
  });

  test('move by the difference when a fill is repriced', () => {
    expect(totals(after(paid(august), repriced(august, '20.00')))).toEqual([`${BRIDGE} PATIENT_PAY 2026-08 20.00`]);
  });

  test('do not know a fill that cost the patient nothing', () => {
    const free = fillOf('2026-08-03', { pricing: { ...august.pricing, patientPayAmount: Money.zero } });
    expect(totals(after(paid(free)))).toEqual([]);
  });

  test('are never negative', () => {
    const cheap = { ...august, pricing: { ...august.pricing, patientPayAmount: Money.of('20.00') } };
    expect(() => after(paid(cheap), reversed(august))).toThrow(InvariantBroken);
  });
});

describe('the fills of a member', () => {
  test('stay in the order in which they were paid', () => {
    expect(after(paid(august), paid(july)).fills).toEqual([august, july]);
  });

  test('have a rebilled one in the place of its original, behind every life of that fill', () => {
    const life = (name: string, changes: Partial<Fill> = {}) =>
      ({ ...july, authorizationNumber: name as AuthorizationNumber, ...changes }) satisfies Fill;
    const second = life('second');
    const third = life('third', { rebillOf: second.authorizationNumber });
    const { fills } = after(paid(july), reversed(july), paid(second), paid(august), reversed(second), paid(third));
    expect(fills.map(({ authorizationNumber, status }) => [authorizationNumber, status])).toEqual([
      [july.authorizationNumber, 'REVERSED'],
      ['second', 'REVERSED'],
      ['third', 'PAID'],
      [august.authorizationNumber, 'PAID'],
    ]);
  });

  test('know who took them back', () => {
    expect(after(paid(july), paid(august), reversed(july)).fills).toEqual([
      { ...july, status: 'REVERSED', reversedBy: 'R' },
      august,
    ]);
  });

  test('keep the allowed amount and the first rebate when they are repriced', () => {
    const [fill] = after(paid(august), repriced(august, '20.00')).fills;
    expect(fill?.pricing).toEqual({
      ...august.pricing,
      patientPayAmount: Money.of('20.00'),
      amountOfCopay: Money.of('20.00'),
      totalAmountPaid: Money.of('1339.02'),
    });
    expect(fill?.rebate).toEqual(august.rebate);
  });

  test('are forgotten by their numbers, and the totals are not', () => {
    const state = after(paid(july), paid(august), {
      type: 'FillsForgotten',
      recordedAt,
      authorizationNumbers: [july.authorizationNumber],
    });
    expect(state.fills).toEqual([august]);
    expect(totals(state)).toHaveLength(2);
  });
});
