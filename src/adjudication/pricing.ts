import type { AuthorizationNumber } from '../claims/ids.ts';
import type { ResponsePricing } from '../claims/response.ts';
import { pricePerPackage } from '../policy/policy-bundle.ts';
import type { Product } from '../policy/products.ts';
import type { PriceListId } from '../policy/rebate-rules.ts';
import { invariant } from '../values/invariant.ts';
import { Money } from '../values/money.ts';
import { costShare } from './cost-share.ts';
import { bearsPerFill } from './partial-fill.ts';
import { rebateOf } from './rebate.ts';
import type { Fill, FillRebate } from './state.ts';
import type { Billing } from './subject.ts';

/** What the amounts of one fill come to: legs 1 and 2 in the pricing, leg 3 with what it rests on. */
export type Priced = Pick<Fill, 'benefit'> & { readonly pricing: ResponsePricing; readonly rebate: FillRebate | null };

/** Prices a claim that survived every edit. */
export function price(billing: Billing, product: Product, authorizationNumber: AuthorizationNumber): Priced {
  const { listing } = billing;
  invariant(listing !== null, 'a claim for a product without a listing is rejected');
  const { ingredientCostPaid, dispensingFeePaid } = paidFor(billing, product);
  const allowed = Money.add(ingredientCostPaid, dispensingFeePaid);
  const share = costShare(billing, listing, allowed);
  const rebate = rebateOf(billing, product, { authorizationNumber, ingredientCostPaid, share });
  return {
    pricing: {
      ingredientCostPaid,
      dispensingFeePaid,
      patientPayAmount: share.patientPayAmount,
      amountOfCopay: share.copay,
      amountAppliedToPeriodicDeductible: share.deductible,
      amountOfCoinsurance: share.coinsurance,
      // The rest, not a share of its own: the legs of a claim add up to the allowed amount whatever the cap says.
      totalAmountPaid: Money.subtract(allowed, share.patientPayAmount),
      manufacturerOwedAmount: rebate?.rebateAmount ?? Money.zero,
      payerShares: share.payerShares,
    },
    rebate,
    benefit: share.counts,
  };
}

type Allowed = Pick<ResponsePricing, 'ingredientCostPaid' | 'dispensingFeePaid'>;

/** By the price list and the fee or, where the policy takes the lowest, no more than the pharmacy asks of anybody else. */
function paidFor(billing: Billing, product: Product): Allowed {
  const { claim, rules } = billing;
  const { basis, dispensingFee, usualAndCustomary } = rules.reimbursement;
  const cost = costOf(billing, product, basis);
  const fee = bearsPerFill(claim, rules.partialFill) ? dispensingFee : Money.zero;
  if (usualAndCustomary === 'IGNORE') return { ingredientCostPaid: cost, dispensingFeePaid: fee };
  const dispensingFeePaid = Money.lesserOf(fee, claim.usualAndCustomaryCharge);
  const restOfCharge = Money.subtract(claim.usualAndCustomaryCharge, dispensingFeePaid);
  return { ingredientCostPaid: Money.lesserOf(cost, restOfCharge), dispensingFeePaid };
}

/** The package price times quantity over package quantity, exact until one rounding. */
function costOf({ claim, context, rules, when }: Billing, product: Product, list: PriceListId): Money {
  const perPackage = pricePerPackage(context.policy, list, { ndc: claim.ndc, when });
  invariant(perPackage !== null, 'a covered drug has a price on every covered day');
  return Money.fraction(perPackage, [claim.quantityDispensed, product.packageQuantity], rules.reimbursement.rounding);
}
