import type { BillingClaim } from '../claims/claim.ts';
import type { AuthorizationNumber } from '../claims/ids.ts';
import { labelerOf } from '../policy/participation-keys.ts';
import { pricePerPackage } from '../policy/policy-bundle.ts';
import type { Product } from '../policy/products.ts';
import { monthsOf, type ProgrammeRules } from '../policy/programme-rules.ts';
import { rebateRulesAsOf, type PriceListId, type RebateFormula } from '../policy/rebate-rules.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import { invariant } from '../values/invariant.ts';
import { Money } from '../values/money.ts';
import { wholeDaysSupply, wholeQuantity } from './partial-fill.ts';
import { takesPart } from './participation.ts';
import type { Share } from './share.ts';
import type { FillRebate } from './state.ts';
import type { Billing } from './subject.ts';

type Paid = {
  readonly authorizationNumber: AuthorizationNumber;
  readonly ingredientCostPaid: Money;
  readonly share: Share;
};

/** What a formula comes to, with what it started from. */
type Owed = Pick<FillRebate, 'wacAmount' | 'uraAmount' | 'netAmount' | 'rebateAmount'>;

/** Leg 3. Several models may want a rebate for the same unit; it earns one: a manufacturer never pays twice for a unit. */
export function rebateOf(billing: Billing, product: Product, paid: Paid): FillRebate | null {
  const { claim, rules, when } = billing;
  if (is340B(claim) && rules.stock340B === 'NO_REBATE') return null;
  let best: FillRebate | null = null;
  for (const rule of rebateRulesAsOf(rules.rebates, when)) {
    const owed = takesPart(billing, rule) ? owedUnder(rule.formula, { billing, product, paid }) : null;
    if (owed === null || (best !== null && !replaces(owed, best, rules.rebateChoice))) continue;
    best = {
      model: rule.model,
      eventId: `ACCRUAL:${paid.authorizationNumber}`,
      labeler: labelerOf(claim.ndc),
      unitOfMeasure: product.unitOfMeasure,
      rebatePeriod: CalendarDate.quarter(claim.dateOfService),
      state: billing.programme.state,
      utilization: billing.programme.utilization,
      wacAmount: owed.wacAmount,
      uraAmount: owed.uraAmount,
      netAmount: owed.netAmount,
      rebateAmount: owed.rebateAmount,
      patientPayAmount: paid.share.patientPayAmount,
    };
  }
  return best;
}

const replaces = (owed: Owed, earlier: Owed, choice: ProgrammeRules['rebateChoice']): boolean =>
  choice === 'GREATEST' && owed.rebateAmount > earlier.rebateAmount;

/** Bought at the 340B price (SCC 20 or basis of cost 08): no manufacturer pays twice for one unit. */
export const is340B = ({ submissionClarificationCodes, basisOfCostDetermination }: BillingClaim): boolean =>
  submissionClarificationCodes.includes('20') || basisOfCostDetermination === '08';

type Units = { readonly billing: Billing; readonly product: Product; readonly paid: Paid };

function owedUnder(formula: RebateFormula, units: Units): Owed | null {
  switch (formula.kind) {
    case 'NET_PER_MONTH':
      return lessNetPerMonth(formula, units);
    case 'SUPPLEMENTAL':
      return supplemental(formula, units);
    case 'BENCHMARK': {
      const wacAmount = ofUnits(perPackage(units, 'WAC'), units);
      const net = perPackage(units, formula.netPrices);
      const benchmark = perPackage(units, formula.benchmarks);
      return {
        wacAmount,
        uraAmount: null,
        netAmount: ofUnits(benchmark, units),
        rebateAmount: excess(net, [benchmark], units),
      };
    }
    case 'PHASE_SHARE': {
      const wacAmount = ofUnits(perPackage(units, 'WAC'), units);
      const share = units.paid.share.payerShares.find(({ payer }) => payer === 'MANUFACTURER');
      return share === undefined
        ? null
        : {
            wacAmount,
            uraAmount: null,
            netAmount: Money.subtract(wacAmount, share.amount),
            rebateAmount: share.amount,
          };
    }
    case 'NONE':
      return null;
  }
}

/** The guaranteed net is per monthly supply and not prorated to its days. A part of a fill has its part of it. */
function lessNetPerMonth({ from, netPerMonth }: Extract<RebateFormula, { kind: 'NET_PER_MONTH' }>, units: Units): Owed {
  const { billing, paid } = units;
  const wacAmount = ofUnits(perPackage(units, 'WAC'), units);
  const { claim, rules } = billing;
  const netAmount = Money.fraction(
    Money.times(netPerMonth, monthsOf(rules, wholeDaysSupply(claim))),
    [claim.quantityDispensed, wholeQuantity(claim)],
    'HALF_UP',
  );
  const cost = from === 'WAC' ? wacAmount : paid.ingredientCostPaid;
  return { wacAmount, uraAmount: null, netAmount, rebateAmount: positive(Money.subtract(cost, netAmount)) };
}

/** Without a unit rebate amount the units are told and owe nothing yet: the amount comes with the rate (CMS-R-144, zero URA). */
function supplemental({ netPrices }: Extract<RebateFormula, { kind: 'SUPPLEMENTAL' }>, units: Units): Owed {
  const { context, claim, when } = units.billing;
  const wac = perPackage(units, 'WAC');
  const net = perPackage(units, netPrices);
  const ura = pricePerPackage(context.policy, 'URA', { ndc: claim.ndc, when });
  return {
    wacAmount: ofUnits(wac, units),
    uraAmount: ura === null ? null : ofUnits(ura, units),
    netAmount: ofUnits(net, units),
    rebateAmount: ura === null ? Money.zero : excess(wac, [ura, net], units),
  };
}

/** What a package costs above other prices of it, for the units dispensed: rounded once, at the end. */
const excess = (price: Money, others: readonly Money[], units: Units): Money =>
  ofUnits(positive(Money.subtract(price, Money.add(...others))), units);

function perPackage({ billing: { claim, context, when } }: Units, list: PriceListId): Money {
  const price = pricePerPackage(context.policy, list, { ndc: claim.ndc, when });
  invariant(price !== null, 'a product with a rebate has every price that its formula names');
  return price;
}

const ofUnits = (perPackageAmount: Money, { billing: { claim }, product }: Units): Money =>
  Money.fraction(perPackageAmount, [claim.quantityDispensed, product.packageQuantity], 'HALF_UP');

const positive = (amount: Money): Money => Money.greaterOf(Money.zero, amount);
