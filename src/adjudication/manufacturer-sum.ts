import { invariant } from '../values/invariant.ts';
import { Money } from '../values/money.ts';
import type { AppliedPolicy } from './applied-policy.ts';
import type { Fill, FillRebate } from './state.ts';
import { less, line, moves, type Line, type Sum } from './waterfall-sums.ts';

/** Leg 3, by the formula of the model that it is owed under. Without the policy, as it was accrued. */
export function manufacturerSum(fill: Fill, applied: AppliedPolicy | null): Sum {
  const { rebate, pricing, flags } = fill;
  const total = line('the manufacturer owes', pricing.manufacturerOwedAmount);
  if (rebate === null) {
    const why = flags.includes('340B') ? 'stock bought at the 340B price' : 'no model under which anything is owed';
    return { parts: [line(why, Money.zero)], total };
  }
  const parts = applied ? partsOf({ fill, rebate, applied }) : [line('as it was accrued', rebate.rebateAmount)];
  const exact = Money.add(...parts.map(({ amount }) => amount));
  const rest = Money.subtract(rebate.rebateAmount, exact);
  const why = exact < 0 ? 'but never below nothing' : 'rounded once, for all units';
  return {
    parts: [...parts, ...[line(why, rest)].filter(moves)],
    total: { ...total, label: `${total.label}, under ${rebate.model}` },
  };
}

type Units = { readonly fill: Fill; readonly rebate: FillRebate; readonly applied: AppliedPolicy };

function partsOf(units: Units): readonly Line[] {
  const { fill, rebate, applied } = units;
  const formula = applied.rebates.find(({ model }) => model === rebate.model)?.formula;
  invariant(formula !== undefined, 'a rebate is owed by a rule of the programme');
  switch (formula.kind) {
    case 'NET_PER_MONTH':
      return [
        formula.from === 'WAC'
          ? line('WAC of the units', rebate.wacAmount)
          : line('ingredient cost paid (506-F6)', fill.pricing.ingredientCostPaid),
        less('net price that is guaranteed', rebate.netAmount),
      ];
    case 'SUPPLEMENTAL':
      return rebate.uraAmount === null
        ? [line('nothing yet: no unit rebate amount (URA) is known', Money.zero)]
        : [
            line('WAC of the units', rebate.wacAmount),
            less('their unit rebate amount (URA)', rebate.uraAmount),
            less(`their net price by ${formula.netPrices}`, rebate.netAmount),
          ];
    case 'BENCHMARK':
      return [
        line(`net price of the units by ${formula.netPrices}`, ofUnits(formula.netPrices, units)),
        less(`their benchmark by ${formula.benchmarks}`, rebate.netAmount),
      ];
    case 'PHASE_SHARE':
      return [line('its share of the phases of the benefit', rebate.rebateAmount)];
    case 'NONE':
      return [];
  }
}

function ofUnits(list: string, { fill, applied: { prices, product } }: Units): Money {
  const price = prices.find((each) => each.list === list);
  return price && product
    ? Money.fraction(price.perPackage, [fill.quantityDispensed, product.packageQuantity], 'HALF_UP')
    : Money.zero;
}
