import { describe, expect, test } from 'vitest';

import type { ClaimEvent } from '../../src/adjudication/events.ts';
import type { AuthorizationNumber } from '../../src/claims/ids.ts';
import { rebateEvents } from '../../src/rebates/rebate-events.ts';
import { Money } from '../../src/values/money.ts';
import { Quantity } from '../../src/values/quantity.ts';
import {
  aClaim,
  aContext,
  adjudicate,
  aPolicy,
  BRIDGE,
  day,
  NDC,
  netPerMonth,
  noonOf,
  reversalOf,
} from '../builders.ts';

const paid = aClaim();
const number = `${paid.identityDigest}01`;
const eventsOf = (...claims: Parameters<typeof adjudicate>[0]) =>
  adjudicate(claims).decisions.flatMap(({ events }) => rebateEvents(events));

const ACCRUAL = {
  eventId: `ACCRUAL:${number}`,
  type: 'ACCRUAL',
  reverses: null,
  programme: BRIDGE,
  authorizationNumber: number,
  labeler: '00169',
  ndc: NDC.wegovy24,
  units: Quantity.of('3'),
  unitOfMeasure: 'ML',
  rebatePeriod: '2026Q3',
  wacAmount: Money.of('1349.02'),
  uraAmount: null,
  netAmount: Money.of('245.00'),
  rebateAmount: Money.of('1104.02'),
  totalAmountPaid: Money.of('1309.02'),
  patientPayAmount: Money.of('50.00'),
  state: null,
  utilization: null,
  entries: [
    { account: 'MANUFACTURER_RECEIVABLE', amount: Money.of('1104.02') },
    { account: 'PROGRAMME_COST', amount: Money.of('-1104.02') },
  ],
  is340B: false,
  effectiveAt: day('2026-08-03'),
  recordedAt: noonOf('2026-08-03'),
  policyVersion: aContext().policy.version,
};

describe('rebate events', () => {
  test('accrue what the manufacturer owes for a paid fill', () => {
    expect(eventsOf(paid)).toEqual([ACCRUAL]);
  });

  test('mirror the accrual in its own quarter when the fill is taken back in the next', () => {
    const receivedAt = noonOf('2026-10-15');
    expect(eventsOf(paid, reversalOf(paid, { receivedAt }))[1]).toEqual({
      ...ACCRUAL,
      eventId: `REVERSAL:${number}`,
      type: 'REVERSAL',
      reverses: ACCRUAL.eventId,
      units: Quantity.negate(Quantity.of('3')),
      wacAmount: Money.of('-1349.02'),
      netAmount: Money.of('-245.00'),
      rebateAmount: Money.of('-1104.02'),
      totalAmountPaid: Money.of('-1309.02'),
      patientPayAmount: Money.of('-50.00'),
      entries: [
        { account: 'MANUFACTURER_RECEIVABLE', amount: Money.of('-1104.02') },
        { account: 'PROGRAMME_COST', amount: Money.of('1104.02') },
      ],
      recordedAt: receivedAt,
    });
  });

  test('mirror what was accrued when policy has changed or the fill was repriced since', () => {
    const before = aContext({
      policy: aPolicy({ cap: { scope: 'CALENDAR_MONTH' }, reversal: { onReversal: 'REPROCESS' } }),
    });
    const after = aContext({ policy: aPolicy({ rebates: [] }) });
    const early = aClaim({ dateOfService: day('2026-08-01') });
    const late = aClaim({ dateOfService: day('2026-08-24') });
    const first = adjudicate([early, late, reversalOf(early, { receivedAt: late.receivedAt })], before);
    const second = adjudicate([reversalOf(late)], after, first.state);
    const [, accrual, , reversal] = [...first.decisions, ...second.decisions].flatMap(({ events }) =>
      rebateEvents(events),
    );
    expect(accrual?.patientPayAmount).toBe(Money.zero);
    expect(reversal).toMatchObject({
      reverses: accrual?.eventId,
      rebateAmount: Money.of('-1104.02'),
      totalAmountPaid: Money.of('-1359.02'),
      patientPayAmount: Money.zero,
      policyVersion: accrual?.policyVersion,
    });
  });

  test('have new names when the fill is billed again', () => {
    const names = eventsOf(paid, reversalOf(paid), { ...paid, transmissionId: 'again' }).map(({ eventId }) => eventId);
    expect(names).toEqual([`ACCRUAL:${number}`, `REVERSAL:${number}`, `ACCRUAL:${paid.identityDigest}02`]);
  });

  test('report the units of a fill for which 0.00 is owed', () => {
    const context = aContext({ policy: aPolicy(netPerMonth('2000.00')) });
    const events = adjudicate([paid], context).decisions.flatMap((decision) => rebateEvents(decision.events));
    expect(events).toMatchObject([
      { units: Quantity.of('3'), rebateAmount: Money.zero, entries: [{ amount: Money.zero }, { amount: Money.zero }] },
    ]);
  });

  test.each<[string, Parameters<typeof adjudicate>[0]]>([
    ['a fill from 340B stock', [aClaim({ submissionClarificationCodes: ['20'] })]],
    ['a fill from 340B stock that is taken back', [aClaim({ basisOfCostDetermination: '08' }), reversalOf(paid)]],
    ['a refused claim', [aClaim({ daysSupply: 90 })]],
    ['a reversal of nothing', [reversalOf(paid)]],
  ])('are not made of %s', (_what, claims) => {
    expect(eventsOf(...claims)).toEqual([]);
  });

  test('are not made again of a claim or a reversal that comes twice', () => {
    const takeBack = reversalOf(paid);
    expect(eventsOf(paid, paid, takeBack, takeBack)).toHaveLength(2);
  });

  test.each<ClaimEvent>([
    {
      type: 'ClaimRepriced',
      recordedAt: paid.receivedAt,
      programme: BRIDGE,
      authorizationNumber: number as AuthorizationNumber,
      patientPayBefore: Money.zero,
      patientPayAfter: Money.of('50.00'),
    },
    { type: 'FillsForgotten', recordedAt: paid.receivedAt, authorizationNumbers: [number as AuthorizationNumber] },
  ])('are not made of $type', (event) => {
    expect(rebateEvents([event])).toEqual([]);
  });
});
