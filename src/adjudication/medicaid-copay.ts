import type { MedicaidCopay } from '../policy/cost-share-rules.ts';
import type { Listing } from '../policy/products.ts';
import type { HouseholdCeiling } from '../policy/reference.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import { Money } from '../values/money.ts';
import type { MemberState } from './state.ts';
import type { Billing } from './subject.ts';

type Priced = { readonly listing: Listing; readonly allowed: Money; readonly rules: MedicaidCopay };

/** The state's copay, never above the federal maximum nor what the household may still be asked for; nothing for exempt groups. */
export function medicaidCopay(billing: Billing, priced: Priced): Money {
  const { listing, rules } = priced;
  const { exemptGroups, household, incomePercentOfFpl } = billing.context.coverage?.medicaid ?? NOTHING_KNOWN;
  if (exemptGroups.some((group) => rules.exemptGroups.includes(group))) return Money.zero;
  const copay = Money.lesserOf(
    listing.preferred ? rules.preferred : rules.nonPreferred,
    federalMaximum(priced, incomePercentOfFpl),
  );
  if (household === null || rules.householdCeiling === 'IGNORE') return copay;
  return Money.lesserOf(copay, householdRoom(household, billing));
}

export const NOTHING_KNOWN = { exemptGroups: [], household: null, incomePercentOfFpl: null } as const;

/** 42 CFR 447.53(b). An income that nobody knows is taken for a low one. */
export function federalMaximum({ listing, allowed, rules }: Priced, incomePercentOfFpl: number | null): Money {
  const { preferred, nonPreferred, aboveFplPercent, sharePercent } = rules.federalMaximum;
  if (listing.preferred) return preferred;
  return incomePercentOfFpl !== null && incomePercentOfFpl > aboveFplPercent
    ? Money.fraction(allowed, [sharePercent, 100], 'DOWN')
    : nonPreferred;
}

/** What is left of the household's ceiling in the period of the date of service: the state reports the others, the member is our accumulator. */
export function householdRoom(
  { amount, period, spentByOthers }: HouseholdCeiling,
  { claim, programme, state }: Billing,
): Money {
  const { dateOfService } = claim;
  const name = period === 'MONTH' ? CalendarDate.month(dateOfService) : CalendarDate.quarter(dateOfService);
  const others = spentByOthers.filter((spent) => spent.period === name).map((spent) => spent.amount);
  const months = period === 'MONTH' ? [name] : CalendarDate.monthsOfQuarter(dateOfService);
  const own = ownSpending(state, programme.household, months);
  return Money.greaterOf(Money.zero, Money.subtract(amount, Money.add(...others, ...own)));
}

const ownSpending = (
  { accumulators }: MemberState,
  programmes: Billing['programme']['household'],
  months: readonly string[],
): readonly Money[] =>
  accumulators
    .filter(
      ({ kind, programme, period }) =>
        kind === 'PATIENT_PAY' && programmes.includes(programme) && months.includes(period),
    )
    .map(({ amount }) => amount);
