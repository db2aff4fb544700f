import type { Claim } from '../claims/claim.ts';
import type { ProgrammeRules, RefillRules } from '../policy/programme-rules.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import type { ClaimEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Fill, MemberState } from './state.ts';
import type { Route } from './subject.ts';
import { fillsOf, runsOutOn, supplyAfter, type Supply } from './supply.ts';
import { lastDayOfReceipt } from './timeliness-edits.ts';

/** A month has at most this many days. */
const MONTH_DAYS = 31;

/** What a claim has done to a member, and by whose rules. */
type Done = {
  readonly claim: Claim;
  /** The one before. */
  readonly state: MemberState;
  readonly routed: Pick<Route, 'programme' | 'rules'>;
};

/**
 * These events, and behind them the forgetting of what no rule can look at any more: fills that can be neither billed again nor taken
 * back nor share a cap with one that can, and whose supply ran out before the next fill. Whoever remembered them would decide the same.
 */
export function withForgetting(
  events: readonly ClaimEvent[],
  { claim, state, routed: { programme, rules } }: Done,
): readonly ClaimEvent[] {
  // Service periods are counted from the very first fill, so that it and the periods it began are kept.
  if (rules.cap.scope === 'SERVICE_PERIOD') return events;
  const horizon = horizonOf(claim, rules);
  const isOld = (fill: Fill): boolean => fill.programme === programme.id && fill.dateOfService < horizon;
  // What is billed now is younger, and most members have nothing older.
  if (!state.fills.some(isOld)) return events;
  const after = events.reduce(evolve, state);
  const old = after.fills.filter(isOld);
  const usedUp = new Set(
    [...new Set(old.map(({ drugFamily }) => drugFamily))].flatMap((family) =>
      usedUpBy(horizon, fillsOf(after, programme.id, family), rules.refill),
    ),
  );
  const forgotten = old.filter((fill) => fill.status === 'REVERSED' || usedUp.has(fill));
  if (forgotten.length === 0) return events;
  const authorizationNumbers = forgotten.map(({ authorizationNumber }) => authorizationNumber);
  return [...events, { type: 'FillsForgotten', recordedAt: claim.receivedAt, authorizationNumbers }];
}

/** Fills before this day are outside of every window, also that of a claim which was received earlier and is handled later. */
function horizonOf(claim: Claim, rules: ProgrammeRules): CalendarDate {
  const { timeliness, reversal, cap, memory, partialFill, supply } = rules;
  const window = Math.max(timeliness.filingDays, reversal.windowDays);
  // A completion looks back at its part for as long as what was intended lasts.
  const completable = partialFill === 'UNSUPPORTED' ? [] : supply.daysAllowed;
  return CalendarDate.plusDays(
    lastDayOfReceipt(claim, rules),
    -(window + Math.max(cap.days, MONTH_DAYS, ...completable) + memory.marginDays),
  );
}

/** The longest row of fills at whose end nothing was left on the horizon, nor on the day of the fill that follows. */
function usedUpBy(horizon: CalendarDate, fills: readonly Fill[], refill: RefillRules): readonly Fill[] {
  let supply: Supply | null = null;
  let usedUp = 0;
  for (const [index, fill] of fills.entries()) {
    supply = supplyAfter(supply, fill, refill);
    const next = fills[index + 1];
    const emptyOn = runsOutOn(supply);
    if (emptyOn > horizon) break;
    if (next === undefined || emptyOn <= next.dateOfService) usedUp = index + 1;
  }
  return fills.slice(0, usedUp);
}
