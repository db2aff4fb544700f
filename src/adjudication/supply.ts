import type { DrugFamily, ProgrammeId } from '../claims/ids.ts';
import type { RefillRules } from '../policy/programme-rules.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import type { Flag } from './flags.ts';
import { COMPLETION } from './partial-fill.ts';
import type { Fill, MemberState } from './state.ts';

/** As much of a fill as the arithmetic of refills reads. */
export type Supplied = Pick<Fill, 'dateOfService' | 'daysSupply' | 'dispensingStatus' | 'flags'>;

/** What a member has of a drug on the day of the last fill, that fill included. */
export type Supply = {
  readonly filledOn: CalendarDate;
  readonly daysOnHand: number;
  /** Days' supply of the last fill, its completion included. */
  readonly daysSupply: number;
};

/** The paid fills of one drug family, by date of service; of one day, in the order in which they were paid. */
export const fillsOf = (state: MemberState, programme: ProgrammeId, drugFamily: DrugFamily): readonly Fill[] =>
  state.fills
    .filter((fill) => fill.status === 'PAID' && fill.programme === programme && fill.drugFamily === drugFamily)
    .sort((one, other) =>
      one.dateOfService < other.dateOfService ? -1 : Number(one.dateOfService > other.dateOfService),
    );

/** Supply runs down by a day a day and stops at none: an early fill counts until it is used up, a late one owes nothing. */
export function supplyAfter(before: Supply | null, fill: Supplied, { countsOnHand }: RefillRules): Supply {
  const { dateOfService, daysSupply } = fill;
  const completes = fill.dispensingStatus === COMPLETION;
  // After a change of therapy the rest of the old strength is not taken any more. A completion adds to its own fill whatever counts else.
  const startsAnew = !(countsOnHand || completes) || fill.flags.includes('DOSE_CHANGE' satisfies Flag);
  const left =
    before === null || startsAnew
      ? 0
      : Math.max(0, before.daysOnHand - CalendarDate.daysBetween(before.filledOn, dateOfService));
  return {
    filledOn: dateOfService,
    daysOnHand: left + daysSupply,
    daysSupply: daysSupply + (completes ? (before?.daysSupply ?? 0) : 0),
  };
}

export const supplyOf = (fills: readonly Supplied[], refill: RefillRules): Supply | null =>
  fills.reduce<Supply | null>((supply, fill) => supplyAfter(supply, fill, refill), null);

/** The first day on which nothing is left. */
export const runsOutOn = ({ filledOn, daysOnHand }: Supply): CalendarDate =>
  CalendarDate.plusDays(filledOn, daysOnHand);

/**
 * The first day on which what is left is no more than the rule allows: for a single fill its date plus
 * ceil(days' supply x threshold), and later by every day of supply that was on hand before it.
 */
export function nextFillDate(supply: Supply, { thresholdPercent }: RefillRules): CalendarDate {
  const daysToUse = Math.ceil((supply.daysSupply * thresholdPercent) / 100);
  return CalendarDate.plusDays(supply.filledOn, supply.daysOnHand - supply.daysSupply + daysToUse);
}
