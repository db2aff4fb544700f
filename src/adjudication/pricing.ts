import type { BillingClaim } from '../claims/claim.ts';
import type { AuthorizationNumber, Ndc } from '../claims/ids.ts';
import type { ResponsePricing } from '../claims/response.ts';
import { ofNdc } from '../policy/policy-bundle.ts';
import type { Product } from '../policy/products.ts';
import { monthsOf, type PriceBasis, type ProgrammeRules } from '../policy/programme-rules.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import { invariant } from '../values/invariant.ts';
import { Money } from '../values/money.ts';
import { capRoom } from './cap.ts';
import type { Fill, FillRebate, MemberState } from './state.ts';
import type { Billing } from './subject.ts';

/** What the amounts of one fill come to: legs 1 and 2 in the pricing, leg 3 with what it rests on. */
export type Priced = { readonly pricing: ResponsePricing; readonly rebate: FillRebate | null };

/** Prices a claim that survived every edit. */
export function price(billing: Billing, product: Product, authorizationNumber: AuthorizationNumber): Priced {
  const { claim, programme, rules, state } = billing;
  const ingredientCostPaid = costOf(billing, product, rules.reimbursement.basis);
  const { dispensingFee } = rules.reimbursement;
  const fill = {
    programme: programme.id,
    dateOfService: claim.dateOfService,
    daysSupply: claim.daysSupply,
    usualAndCustomaryCharge: claim.usualAndCustomaryCharge,
  };
  const patientPayAmount = patientShare(fill, Money.add(ingredientCostPaid, dispensingFee), { state, rules });
  const rebate = rebateOf(billing, product, { authorizationNumber, patientPayAmount });
  return {
    pricing: {
      ingredientCostPaid,
      dispensingFeePaid: dispensingFee,
      patientPayAmount,
      amountOfCopay: patientPayAmount,
      // The rest, not a share of its own: the legs of a claim add up to the allowed amount whatever the cap says.
      totalAmountPaid: Money.subtract(Money.add(ingredientCostPaid, dispensingFee), patientPayAmount),
      manufacturerOwedAmount: rebate?.rebateAmount ?? Money.zero,
    },
    rebate,
  };
}

/** Leg 2: what is left of the cap, and never more than the drug costs. */
export function patientShare(
  fill: Pick<Fill, 'programme' | 'dateOfService' | 'daysSupply' | 'usualAndCustomaryCharge'>,
  allowed: Money,
  { state, rules }: { readonly state: MemberState; readonly rules: ProgrammeRules },
): Money {
  const share = Money.lesserOf(capRoom(fill, state, rules), allowed);
  return rules.cap.usualAndCustomary === 'MINIMUM' ? Money.lesserOf(share, fill.usualAndCustomaryCharge) : share;
}

/** Bought at the 340B price (SCC 20 or basis of cost 08): no manufacturer pays twice for one unit. */
export const is340B = ({ submissionClarificationCodes, basisOfCostDetermination }: BillingClaim): boolean =>
  submissionClarificationCodes.includes('20') || basisOfCostDetermination === '08';

/** The package price times quantity over package quantity, exact until one rounding. */
function costOf({ claim, context, when }: Billing, product: Product, basis: PriceBasis): Money {
  const perPackage = ofNdc(context.policy.prices[basis], claim.ndc, when)?.perPackage;
  invariant(perPackage !== undefined, 'a covered drug has a price on every covered day');
  return Money.fraction(perPackage, [claim.quantityDispensed, product.packageQuantity], 'HALF_UP');
}

/** Leg 3: WAC of the units less the guaranteed net, which is per monthly supply and not prorated to its days. */
function rebateOf(
  billing: Billing,
  product: Product,
  { authorizationNumber, patientPayAmount }: { authorizationNumber: AuthorizationNumber; patientPayAmount: Money },
): FillRebate | null {
  const { claim, rules } = billing;
  if (rules.manufacturer === null || is340B(claim)) return null;
  const wacAmount = costOf(billing, product, 'WAC');
  const netAmount = Money.times(rules.manufacturer.netPerMonth, monthsOf(rules, claim.daysSupply));
  return {
    eventId: `ACCRUAL:${authorizationNumber}`,
    labeler: labelerOf(claim.ndc),
    unitOfMeasure: product.unitOfMeasure,
    rebatePeriod: CalendarDate.quarter(claim.dateOfService),
    wacAmount,
    netAmount,
    rebateAmount: Money.greaterOf(Money.zero, Money.subtract(wacAmount, netAmount)),
    patientPayAmount,
  };
}

const labelerOf = (ndc: Ndc): string => ndc.slice(0, 5);
