import type { ProgrammeId } from '../claims/ids.ts';
import { monthsOf, type CapRules, type ProgrammeRules } from '../policy/programme-rules.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import { Money } from '../values/money.ts';
import { bearsPerFill, wholeDaysSupply } from './partial-fill.ts';
import type { Fill, MemberState } from './state.ts';

/** As much of a fill as its place in the scopes of a cap depends on. */
export type Capped = Pick<Fill, 'programme' | 'dateOfService' | 'daysSupply' | 'daysSupplyIntendedToBeDispensed'>;

/** A fill as far as the limits of its patient's share depend on it. */
export type Limited = Capped & Pick<Fill, 'usualAndCustomaryCharge' | 'dispensingStatus'>;

/** A share is never more than the cap has room for, than the drug costs and, where the policy says so, than anybody else would pay. */
export function withinLimits(
  fill: Limited,
  { share, allowed }: { readonly share: Money; readonly allowed: Money },
  { state, rules }: { readonly state: MemberState; readonly rules: ProgrammeRules },
): Money {
  if (!bearsPerFill(fill, rules.partialFill)) return Money.zero;
  const limited = Money.lesserOf(share, allowed, capRoom(fill, state, rules) ?? allowed);
  return rules.cap.usualAndCustomary === 'MINIMUM' ? Money.lesserOf(limited, fill.usualAndCustomaryCharge) : limited;
}

/** What the cap still leaves to be asked for a fill: that of its monthly supplies, less what its scope has used; null without a cap. */
export function capRoom(fill: Capped, state: MemberState, rules: ProgrammeRules): Money | null {
  const { amount, prorateShort, rounding } = rules.cap;
  if (amount === null) return null;
  const monthDays = MONTH_DAYS[prorateShort];
  const days = wholeDaysSupply(fill);
  const cap =
    days < monthDays ? Money.fraction(amount, [days, monthDays], rounding) : Money.times(amount, monthsOf(rules, days));
  return Money.greaterOf(Money.zero, Money.subtract(cap, usedInScope(fill, state, rules.cap)));
}

/** How long a month is to which a shorter supply is held. */
const MONTH_DAYS = { NONE: 0, BY_28_DAYS: 28, BY_30_DAYS: 30 } as const satisfies Record<
  CapRules['prorateShort'],
  number
>;

function usedInScope(fill: Capped, state: MemberState, cap: CapRules): Money {
  switch (cap.scope) {
    case 'PER_FILL':
      return Money.zero;
    case 'CALENDAR_MONTH':
      return paidInMonth(fill, state, [fill.programme, ...cap.sharedWith]);
    case 'ROLLING_DAYS':
      return paidInBusiestWindow(fill, paidFills(fill, state), cap.days);
    case 'SERVICE_PERIOD': {
      const fills = paidFills(fill, state);
      return patientPay(fills.filter((other) => sharesCap(fill, other, { cap, fills })));
    }
  }
}

/** Whether two fills of one programme draw on the same cap. */
export function sharesCap(
  one: Capped,
  other: Capped,
  { cap, fills }: { cap: CapRules; fills: readonly Fill[] },
): boolean {
  switch (cap.scope) {
    case 'PER_FILL':
      return false;
    case 'CALENDAR_MONTH':
      return CalendarDate.month(one.dateOfService) === CalendarDate.month(other.dateOfService);
    case 'ROLLING_DAYS':
      return Math.abs(CalendarDate.daysBetween(one.dateOfService, other.dateOfService)) < cap.days;
    case 'SERVICE_PERIOD':
      return servicePeriod(one, fills, cap.days) === servicePeriod(other, fills, cap.days);
  }
}

/** The paid fills of a fill's programme, in the order in which they were paid. */
export const paidFills = ({ programme }: Capped, { fills }: MemberState): readonly Fill[] =>
  fills.filter((fill) => fill.status === 'PAID' && fill.programme === programme);

/** The accumulators of the month of the date of service, whenever the fills in it were billed. */
const paidInMonth = (
  { dateOfService }: Capped,
  { accumulators }: MemberState,
  programmes: readonly ProgrammeId[],
): Money =>
  Money.add(
    ...accumulators
      .filter(
        ({ programme, kind, period }) =>
          programmes.includes(programme) && kind === 'PATIENT_PAY' && period === CalendarDate.month(dateOfService),
      )
      .map(({ amount }) => amount),
  );

/** A window ends on the day of the fill or, for one that is billed late, on that of a later fill: the fullest one decides. */
function paidInBusiestWindow({ dateOfService }: Capped, fills: readonly Fill[], days: number): Money {
  const after = fills
    .map((fill) => fill.dateOfService)
    .filter((day) => day > dateOfService && CalendarDate.daysBetween(dateOfService, day) < days);
  const paidUpTo = (last: CalendarDate): Money => {
    const first = CalendarDate.plusDays(last, 1 - days);
    return patientPay(fills.filter((fill) => first <= fill.dateOfService && fill.dateOfService <= last));
  };
  return Money.greaterOf(paidUpTo(dateOfService), ...after.map(paidUpTo));
}

/** Periods are counted from the fill that was paid first; a fill before it is in a period with a negative number. */
const servicePeriod = ({ dateOfService }: Capped, [first]: readonly Fill[], days: number): number =>
  first === undefined ? 0 : Math.floor(CalendarDate.daysBetween(first.dateOfService, dateOfService) / days);

const patientPay = (fills: readonly Fill[]): Money =>
  Money.add(...fills.map(({ pricing }) => pricing.patientPayAmount));
