import type { Product } from '../policy/products.ts';
import { monthsOf } from '../policy/programme-rules.ts';
import { Quantity } from '../values/quantity.ts';
import { note, refuse } from './edit.ts';
import { wholeDaysSupply, wholeQuantity } from './partial-fill.ts';
import { ofProduct } from './subject.ts';

/** Of a part what counts is the fill that it is a part of. */
export const daysSupply = ofProduct(({ claim, rules: { supply } }, product) => {
  const days = wholeDaysSupply(claim);
  if (days > Math.max(...supply.daysAllowed)) return refuse('7X');
  if (days < Math.min(...supply.daysAllowed)) return refuse('891');
  if (!supply.daysAllowed.includes(days)) return refuse('AG');
  return supply.daysBy === 'EACH_PRODUCT' && days !== product.daysSupply ? refuse('AG') : null;
});

/** Billing units, not doses: a KwikPen with four doses is 2.4 ML, not 4. */
export const quantity = ofProduct(({ claim, rules }, product) => {
  const { unitOfMeasure } = claim;
  if (unitOfMeasure !== null && unitOfMeasure !== product.unitOfMeasure) return refuse('9E');
  const dispensed = wholeQuantity(claim);
  if ([claim.quantityDispensed, dispensed].some((units) => isBroken(units, product))) return refuse('9E');
  const packagesAreWhole = dispensed % product.packageQuantity === 0;
  // A tablet can be counted out of its bottle, a pen cannot be taken out of its carton.
  if (!packagesAreWhole && !(product.breakable && rules.supply.packageSplit === 'FLAG')) return refuse('9E');
  const packagesMax = rules.supply.packagesPerMonth * monthsOf(rules, wholeDaysSupply(claim));
  if (dispensed > packagesMax * product.packageQuantity) return refuse(rules.supply.overQuantity);
  return packagesAreWhole ? null : note('PACKAGE_SPLIT');
});

/** Half a tablet: a unit that is counted cannot be broken. */
const isBroken = (units: Quantity, { unitOfMeasure }: Product): boolean =>
  unitOfMeasure === 'EA' && units % Quantity.of('1') !== 0;
