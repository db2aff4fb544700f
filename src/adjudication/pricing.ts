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
  const { rules, listing } = billing;
  invariant(listing !== null, 'a claim for a product without a listing is rejected');
  const ingredientCostPaid = costOf(billing, product, rules.reimbursement.basis);
  const dispensingFee = bearsPerFill(claim, rules.partialFill) ? rules.reimbursement.dispensingFee : Money.zero;
  const allowed = Money.add(ingredientCostPaid, dispensingFee);
  const share = costShare(billing, listing, allowed);
  const rebate = rebateOf(billing, product, { authorizationNumber, ingredientCostPaid, share });
  return {
    pricing: {
      ingredientCostPaid,
      dispensingFeePaid: dispensingFee,
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
    benefit: share.outOfPocketAmount === null ? null : { outOfPocketAmount: share.outOfPocketAmount },
  };
}

/** The package price times quantity over package quantity, exact until one rounding. */
function costOf({ claim, context, rules, when }: Billing, product: Product, list: PriceListId): Money {
  const perPackage = pricePerPackage(context.policy, list, { ndc: claim.ndc, when });
  invariant(perPackage !== null, 'a covered drug has a price on every covered day');
  return Money.fraction(perPackage, [claim.quantityDispensed, product.packageQuantity], rules.reimbursement.rounding);
}
