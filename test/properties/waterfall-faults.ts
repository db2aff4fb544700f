import type { Trace } from '../../src/adjudication/trace.ts';
import type { ClaimResponse } from '../../src/claims/response.ts';
import { Money } from '../../src/values/money.ts';

/** One price for all units instead of a price for each of them: that is rounded once, and may move a cent for each amount. */
const ROUNDED_MAX = 2;

/** What is wrong with the sums of a trace: they have to add up, and to come to the amounts of the answer. */
export function waterfallFaults({ waterfall }: Trace, response: ClaimResponse): readonly string[] {
  const faults = waterfall.flatMap(({ parts, total }) => {
    const sum = Money.add(...parts.map(({ amount }) => amount));
    const rounded = parts.filter(({ label, amount }) => label.startsWith('rounded') && Math.abs(amount) > ROUNDED_MAX);
    return [
      ...(sum === total.amount ? [] : [`${total.label} is ${Money.toText(total.amount)} and not ${Money.toText(sum)}`]),
      ...rounded.map(({ label, amount }) => `${label} ${Money.toText(amount)}`),
    ];
  });
  if (!('pricing' in response)) return faults;
  const { pricing } = response;
  const amounts: readonly (readonly [string, Money])[] = [
    ['allowed', Money.add(pricing.ingredientCostPaid, pricing.dispensingFeePaid)],
    ['the patient pays (505-F5)', pricing.patientPayAmount],
    ['the pharmacy is paid (509-F9)', pricing.totalAmountPaid],
    ['the manufacturer owes', pricing.manufacturerOwedAmount],
  ];
  const missing = amounts.filter(
    ([name, wanted]) => !waterfall.some(({ total }) => total.label.split(',')[0] === name && total.amount === wanted),
  );
  return [...faults, ...missing.map(([name, wanted]) => `no sum comes to ${name} ${Money.toText(wanted)}`)];
}
