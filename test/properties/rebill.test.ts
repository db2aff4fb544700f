import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decide, step } from '../../src/adjudication/decide.ts';
import type { Decision } from '../../src/adjudication/decision.ts';
import type { ClaimEvent } from '../../src/adjudication/events.ts';
import { evolve } from '../../src/adjudication/evolve.ts';
import { initialMemberState, type Fill, type MemberState } from '../../src/adjudication/state.ts';
import type { BillingClaim, Claim, RebillClaim } from '../../src/claims/claim.ts';
import type { PrescriberId } from '../../src/claims/ids.ts';
import { rebateEvents } from '../../src/rebates/rebate-events.ts';
import { Money } from '../../src/values/money.ts';
import { adjudicate, rebillOf, reversalOf, wordOf } from '../builders.ts';
import { owedFaults, paidFills, rebateLedger } from '../invariants.ts';
import { aHistory, aWorld, type World } from './histories.ts';

const OTHER_PRESCRIBER = { prescriberId: '1234567893' as PrescriberId };

const isRebill = (claim: Claim): claim is RebillClaim => claim.transactionCode === 'B3';
const unforgotten = ({ events }: Decision): readonly ClaimEvent[] =>
  events.filter(({ type }) => type !== 'FillsForgotten');
const namesOf = ({ events }: Decision): readonly string[] => events.map(({ type }) => type);
const keepsOriginals = ({ context }: World): boolean =>
  [...context.policy.programmes.values()].every((byPcn) =>
    [...byPcn.values()].every(({ versions }) =>
      versions.every(({ rules }) => rules.rebill.onReject === 'KEEP_ORIGINAL'),
    ),
  );

/** Every rebill of a history with the member before it and the decision about it. */
function rebillsIn(history: readonly Claim[], { context }: World) {
  let state: MemberState = initialMemberState;
  return history.flatMap((claim) => {
    const before = state;
    const { state: after, ...decision } = step(claim, before, context);
    state = after;
    return isRebill(claim) ? [{ claim, before, after, decision }] : [];
  });
}

describe('for every history with rebills', () => {
  test('a fill is paid at most once at a time, and has one accrual then', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        const events = adjudicate(history, context).decisions.flatMap(unforgotten);
        const state = events.reduce(evolve, initialMemberState);
        const paid = paidFills(state);
        expect(new Set(paid.map(({ identityDigest }) => identityDigest)).size).toBe(paid.length);
        const ledger = rebateLedger();
        expect(rebateEvents(events).flatMap((event) => ledger.post(event))).toEqual([]);
        expect(owedFaults(state.fills, ledger)).toEqual([]);
      }),
    );
  });

  test('a rebilled fill names one that was taken back for it, and nobody else does', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        const { fills } = adjudicate(history, context)
          .decisions.flatMap(unforgotten)
          .reduce(evolve, initialMemberState);
        const rebilled = fills.filter(({ rebillOf: original }) => original !== null);
        expect(new Set(rebilled.map(({ rebillOf: original }) => original)).size).toBe(rebilled.length);
        for (const fill of rebilled) {
          const original = fills.find(({ authorizationNumber }) => authorizationNumber === fill.rebillOf);
          expect(original).toMatchObject({
            status: 'REVERSED',
            reversedBy: fill.transmissionId,
            identityDigest: fill.identityDigest,
          });
        }
      }),
    );
  });

  test('a refused rebill moves nothing, or what the policy wants', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, world) => {
        for (const { before, after, decision } of rebillsIn(history, world)) {
          if (decision.response.status !== 'R') continue;
          const { rebillOf: original = null } = 'rebillOf' in decision.response ? decision.response : {};
          if (keepsOriginals(world)) expect(original).toBeNull();
          if (original === null) expect([decision.events, after]).toEqual([[], before]);
          else {
            expect(namesOf(decision)).toContain('ClaimReversed');
            expect(namesOf(decision)).not.toContain('ClaimPaid');
            expect(fillNamed(original, before)?.status).toBe('PAID');
            expect(fillNamed(original, after)?.status).toBe('REVERSED');
          }
        }
      }),
    );
  });

  test('a rebill comes to what a reversal and a billing come to', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, world) => {
        fc.pre(keepsOriginals(world));
        for (const { claim, before, decision } of rebillsIn(history, world)) {
          if (decision.response.status !== 'P') continue;
          const billing: BillingClaim = { ...claim, transactionCode: 'B1' };
          const takeBack = { ...reversalOf(billing, { transmissionId: 'reversal', ndc: null }) };
          const apart = adjudicate([takeBack, billing], world.context, before).decisions;
          expect(apart.map(wordOf)).toEqual(['A', 'P']);
          expect(unforgotten(decision).map(unlinked)).toEqual(apart.flatMap(unforgotten).map(unlinked));
        }
      }),
    );
  });

  test('a correction without a price nets to zero: totals, other fills and rebates', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        const last = history.at(-1);
        fc.pre(last?.transactionCode === 'B1');
        const { decisions, state } = adjudicate(history, context);
        fc.pre(decisions.at(-1)?.response.status === 'P');
        const correction = rebillOf(last, { transmissionId: 'correction', ...OTHER_PRESCRIBER });
        const rebilled = step(correction, state, context);
        // It was paid late, when it could not be taken back any more.
        fc.pre(wordOf(rebilled) !== '30');
        expect(rebilled.response.status).toBe('P');
        expect([...rebilled.state.accumulators].sort(byPeriod)).toEqual([...state.accumulators].sort(byPeriod));
        expect(namesOf({ ...rebilled, events: unforgotten(rebilled) })).toEqual(['ClaimReversed', 'ClaimPaid']);
        const rebates = rebateEvents(rebilled.events);
        for (const leg of ['wacAmount', 'netAmount', 'rebateAmount', 'totalAmountPaid', 'patientPayAmount'] as const) {
          expect(Money.add(...rebates.map((event) => event[leg]))).toBe(Money.zero);
        }
      }),
    );
  });

  test('a copy of a rebill moves nothing, whatever has happened to its fill since', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, world) => {
        const { state } = adjudicate(history, world.context);
        for (const { claim, decision } of rebillsIn(history, world)) {
          const { response } = decision;
          if (response.status !== 'P') continue;
          const copy = decide(claim, state, world.context);
          if (!state.fills.some(({ authorizationNumber }) => authorizationNumber === response.authorizationNumber))
            continue;
          expect(copy.response).toMatchObject({ status: 'D', authorizationNumber: response.authorizationNumber });
          expect(copy.events).toEqual([]);
        }
      }),
    );
  });
});

const fillNamed = (name: string, { fills }: MemberState): Fill | undefined =>
  fills.find(({ authorizationNumber }) => authorizationNumber === name);

const byPeriod = (one: { period: string }, other: { period: string }): number => (one.period < other.period ? -1 : 1);

/** An event of a rebill without what names the other half; who took a fill back is the message, one or two. */
function unlinked(event: ClaimEvent): ClaimEvent {
  switch (event.type) {
    case 'ClaimPaid':
      return { ...event, fill: { ...event.fill, rebillOf: null } };
    case 'ClaimReversed':
      return { ...event, reversedBy: '' };
    case 'ClaimRepriced':
    case 'FillsForgotten':
      return event;
  }
}
