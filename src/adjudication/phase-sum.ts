import { Money } from '../values/money.ts';
import { phaseLimits, type Phased } from './part-d-phases.ts';
import type { Billing } from './subject.ts';
import { line, lowered, type Line } from './waterfall-sums.ts';

/** The patient's share of a claim under the phases of Part D, with every limit that has cut it and what was left of that. */
export function phaseLines(billing: Billing, phased: Phased): readonly Line[] {
  const { rules, allowed } = phased;
  const { deductibleLeft, outOfPocketLeft, cap, lowIncomeCopay } = phaseLimits(billing, phased);
  const threshold = (left: Money): Line =>
    line(`what is left of the threshold of ${text(rules.outOfPocketThreshold)}`, left);

  const ofDeductible = Money.lesserOf(allowed, deductibleLeft);
  const deductible = Money.lesserOf(ofDeductible, outOfPocketLeft);
  const rest = Money.subtract(allowed, deductible);
  const share = Money.fraction(rest, [rules.coinsurancePercent, 100], billing.rules.cap.rounding);
  const capped = cap === null ? [] : [line(`the cap of the ${cap.of}`, cap.room)];
  const lines = [
    line(`deductible (517-FH): ${text(deductibleLeft)} is left of ${text(rules.deductible)}`, ofDeductible),
    ...lowered(ofDeductible, [threshold(outOfPocketLeft)]),
    line(`coinsurance (572-4U): ${String(rules.coinsurancePercent)} percent of the other ${text(rest)}`, share),
    ...lowered(share, [...capped, threshold(Money.subtract(outOfPocketLeft, deductible))]),
  ];
  const planShare = Money.add(...lines.map(({ amount }) => amount));
  const subsidy = lowIncomeCopay === null ? [] : [line('the copay of the low-income subsidy (518-FI)', lowIncomeCopay)];
  return [...lines, ...lowered(planShare, subsidy)];
}

const text = Money.toText;
