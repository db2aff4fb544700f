import type { ResponsePricing } from '../claims/response.ts';
import { Money } from '../values/money.ts';
import { Quantity } from '../values/quantity.ts';
import type { AppliedPolicy } from './applied-policy.ts';
import type { Fill } from './state.ts';

/** An amount with what it is. */
export type Line = { readonly label: string; readonly amount: Money };

/** Amounts that add up to another one, or down to it. */
export type Sum = { readonly parts: readonly Line[]; readonly total: Line };

export const line = (label: string, amount: Money): Line => ({ label, amount });
export const less = (label: string, amount: Money): Line => line(label, Money.negate(amount));
export const moves = ({ amount }: Line): boolean => amount !== Money.zero;

/** What every limit that is lower takes away, in their order. */
export function lowered(amount: Money, limits: readonly Line[]): readonly Line[] {
  let left = amount;
  return limits
    .map(({ label, amount: limit }) => {
      const before = left;
      left = Money.lesserOf(left, limit);
      return line(`no more than ${label}: ${Money.toText(limit)}`, Money.subtract(left, before));
    })
    .filter(moves);
}

export const allowedOf = ({ ingredientCostPaid, dispensingFeePaid }: ResponsePricing): Money =>
  Money.add(ingredientCostPaid, dispensingFeePaid);
export const patientPays = ({ pricing }: Fill): Line => line('the patient pays (505-F5)', pricing.patientPayAmount);
const pharmacyIsPaid = ({ pricing }: Fill): Line => line('the pharmacy is paid (509-F9)', pricing.totalAmountPaid);

/** From what the pharmacy has asked for to what it gets in all. */
export function submittedSum(grossAmountDue: Money, pricing: ResponsePricing): Sum {
  const allowed = allowedOf(pricing);
  const difference = Money.subtract(allowed, grossAmountDue);
  const why = difference < 0 ? 'more than the plan allows' : 'less than the plan allows';
  return {
    parts: [line('gross amount due as submitted (430-DU)', grossAmountDue), ...[line(why, difference)].filter(moves)],
    total: line('allowed', allowed),
  };
}

/** From the price list to the allowed amount; without the policy, just the amounts. */
export const allowedSum = (fill: Fill, applied: AppliedPolicy | null): Sum => ({
  parts: [...ingredientLines(fill, applied), line('dispensing fee paid (507-F7)', fill.pricing.dispensingFeePaid)],
  total: line('allowed', allowedOf(fill.pricing)),
});

function ingredientLines({ quantityDispensed, pricing }: Fill, applied: AppliedPolicy | null): readonly Line[] {
  const rules = applied?.version?.rules.reimbursement;
  const price = applied?.prices.find(({ list }) => list === rules?.basis);
  if (!rules || !price || !applied.product) return [line('ingredient cost paid (506-F6)', pricing.ingredientCostPaid)];
  const { packageQuantity } = applied.product;
  const cost = Money.fraction(price.perPackage, [quantityDispensed, packageQuantity], rules.rounding);
  const [dispensed, inPackage] = [quantityDispensed, packageQuantity].map(Quantity.toText);
  const formula = `${price.list} ${Money.toText(price.perPackage)} x ${String(dispensed)} / ${String(inPackage)}`;
  const limit = line(
    'no more than the usual and customary charge (426-DQ)',
    Money.subtract(pricing.ingredientCostPaid, cost),
  );
  return [line(`ingredient cost paid (506-F6): ${formula}`, cost), ...[limit].filter(moves)];
}

/** Leg 2 of a fill that was priced before: on an account that has moved since. */
export const patientSumAsAnswered = (fill: Fill): Sum => ({
  parts: [line('as it was answered first', fill.pricing.patientPayAmount)],
  total: patientPays(fill),
});

/** Leg 1: what is left of the allowed amount, and who bears it where that is more than the programme. */
export const pharmacySums = (fill: Fill): readonly Sum[] => [
  {
    parts: [line('allowed', allowedOf(fill.pricing)), less('the patient pays (505-F5)', fill.pricing.patientPayAmount)],
    total: pharmacyIsPaid(fill),
  },
  ...(fill.pricing.payerShares.length === 0
    ? []
    : [
        {
          parts: fill.pricing.payerShares.map(({ payer, amount }) => line(payer, amount)),
          total: pharmacyIsPaid(fill),
        },
      ]),
];

/** A fill that is taken back: each leg goes back to whom it came from. */
export const reversalSums = ({ pricing, rebate }: Fill): readonly Sum[] => [
  {
    parts: [
      less('the pharmacy gives back (509-F9)', pricing.totalAmountPaid),
      less('the patient gets back (505-F5)', pricing.patientPayAmount),
    ],
    total: less('allowed', allowedOf(pricing)),
  },
  {
    parts: [less('accrual that is taken back', rebate?.rebateAmount ?? Money.zero)],
    total: less('the manufacturer owes', rebate?.rebateAmount ?? Money.zero),
  },
];

/** A later fill whose cap has room again. */
export const repricingSum = (before: Money, after: Money, authorizationNumber: string): Sum => ({
  parts: [
    line('the patient paid', before),
    line('room in the cap that a reversal has made', Money.subtract(after, before)),
  ],
  total: line(`the patient pays for ${authorizationNumber}`, after),
});
