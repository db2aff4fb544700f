import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decide, step } from '../../src/adjudication/decide.ts';
import { evolve } from '../../src/adjudication/evolve.ts';
import { initialMemberState } from '../../src/adjudication/state.ts';
import { rebateEvents } from '../../src/rebates/rebate-events.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import { Money } from '../../src/values/money.ts';
import { adjudicate, reversalOf } from '../builders.ts';
import {
  capFaults,
  legFaults,
  moveFaults,
  owedFaults,
  paidFills,
  patientPay,
  rebateLedger,
  sameTotals,
} from '../invariants.ts';
import { aHistory, aTreatment, aWorld } from './histories.ts';

const CAP = Money.of('50.00');

describe('for every history of a member', () => {
  test('the legs of a paid claim add up and none is negative', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        for (const { response } of adjudicate(history, context).decisions) {
          if (!('pricing' in response)) continue;
          expect(response.pricing.payerShares).toEqual([]);
          expect(legFaults(response.pricing)).toEqual([]);
        }
      }),
    );
  });

  test('no more than the cap is paid in its scope', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, world) => {
        // Periods that are counted from the first fill begin anew when that one is taken back.
        fc.pre(world.scope !== 'SERVICE_PERIOD' || history.every(({ transactionCode }) => transactionCode === 'B1'));
        const { state } = adjudicate(history, world.context);
        expect(capFaults(paidFills(state), { ...world, amount: CAP })).toEqual([]);
      }),
    );
  });

  test('the totals are those of the fills of their month', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        const decisions = adjudicate(history, context).decisions;
        const events = decisions.flatMap((decision) => decision.events).filter(({ type }) => type !== 'FillsForgotten');
        const remembered = events.reduce(evolve, initialMemberState);
        const byMonth = Map.groupBy(paidFills(remembered), ({ dateOfService }) => CalendarDate.month(dateOfService));
        const totals = [...byMonth]
          .map(([month, fills]) => [month, patientPay(fills)] as const)
          .filter(([, sum]) => sum > 0);
        expect(new Map(remembered.accumulators.map(({ period, amount }) => [period, amount]))).toEqual(new Map(totals));
      }),
    );
  });

  test('a fill that is paid and taken back leaves the totals and the other fills as they were', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        const last = history.at(-1);
        fc.pre(last?.transactionCode === 'B1');
        const before = adjudicate(history.slice(0, -1), context).state;
        const paid = step(last, before, context);
        fc.pre(
          paid.response.status === 'P' && CalendarDate.daysBetween(last.dateOfService, dayOf(last.receivedAt)) <= 90,
        );
        const after = step(reversalOf(last, { receivedAt: last.receivedAt }), paid.state, context);
        expect(after.response.status).toBe('A');
        expect(sameTotals(after.state, before)).toBe(true);
        expect(paidFills(after.state)).toEqual(paidFills(before).filter((fill) => after.state.fills.includes(fill)));
      }),
    );
  });

  test('each answer moves what it says, and no other', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        expect(adjudicate(history, context).decisions.flatMap(moveFaults)).toEqual([]);
      }),
    );
  });

  test('a claim that was paid moves nothing when it is sent again, and gets the same amounts', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        const last = history.at(-1);
        const { decisions, state } = adjudicate(history, context);
        const first = decisions.at(-1)?.response;
        fc.pre(last !== undefined && first?.status === 'P');
        const again = decide({ ...last, transmissionId: 'again' }, state, context);
        expect(again).toEqual({ response: { ...first, status: 'D', repriced: [] }, events: [] });
      }),
    );
  });

  test('the events rebuild the state', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        const { decisions, state } = adjudicate(history, context);
        expect(decisions.flatMap(({ events }) => events).reduce(evolve, initialMemberState)).toEqual(state);
      }),
    );
  });

  test('whoever forgets nothing decides the same', () => {
    fc.assert(
      fc.property(fc.oneof(aHistory, aTreatment), aWorld, (history, { context }) => {
        let remembering = initialMemberState;
        const { decisions } = adjudicate(history, context);
        for (const [index, claim] of history.entries()) {
          const decision = decide(claim, remembering, context);
          const kept = decision.events.filter(({ type }) => type !== 'FillsForgotten');
          expect(decision.response).toEqual(decisions[index]?.response);
          expect(kept).toEqual(decisions[index]?.events.filter(({ type }) => type !== 'FillsForgotten'));
          remembering = kept.reduce(evolve, remembering);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a fill owes its rebate while it is paid and nothing after it was taken back', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        const { decisions } = adjudicate(history, context);
        const claimEvents = decisions.flatMap(({ events }) => events);
        const remembered = claimEvents
          .filter(({ type }) => type !== 'FillsForgotten')
          .reduce(evolve, initialMemberState);
        const rebates = rebateEvents(claimEvents);
        expect(new Set(rebates.map(({ eventId }) => eventId)).size).toBe(rebates.length);
        const ledger = rebateLedger();
        expect(rebates.flatMap((event) => ledger.post(event))).toEqual([]);
        expect(owedFaults(remembered.fills, ledger)).toEqual([]);
        for (const fill of remembered.fills) {
          const own = rebates.filter(({ authorizationNumber }) => authorizationNumber === fill.authorizationNumber);
          const units = fill.status === 'PAID' && fill.rebate ? fill.quantityDispensed : 0;
          expect(own.reduce((sum, event) => sum + event.units, 0)).toBe(units);
          // A fill that was taken back is undone in every amount, also where a repricing moved its patient's share.
          if (fill.status === 'REVERSED') {
            for (const leg of ['wacAmount', 'netAmount', 'totalAmountPaid', 'patientPayAmount'] as const) {
              expect(Money.add(...own.map((event) => event[leg]))).toBe(Money.zero);
            }
          }
        }
      }),
    );
  });
});

const dayOf = (receivedAt: Parameters<typeof CalendarDate.ofInstant>[0]): CalendarDate =>
  CalendarDate.ofInstant(receivedAt, -11);
