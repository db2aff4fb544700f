import type { Product } from '../policy/products.ts';
import { monthsOf } from '../policy/programme-rules.ts';
import { note, refuse, type Finding } from './edit.ts';
import { ofProduct, type Billing } from './subject.ts';

/** A monthly package is dispensed whole: P (partial) and C (completion) of 343-HD have no meaning here. */
export const dispensingStatus = ({ claim }: Billing): Finding | null =>
  claim.dispensingStatus === null ? null : refuse('RK');

export const daysSupply = ofProduct(({ claim, rules: { supply } }, product) => {
  const days = claim.daysSupply;
  if (days > Math.max(...supply.daysAllowed)) return refuse('7X');
  if (days < Math.min(...supply.daysAllowed)) return refuse('891');
  if (!supply.daysAllowed.includes(days)) return refuse('AG');
  return supply.daysBy === 'EACH_PRODUCT' && days !== product.daysSupply ? refuse('AG') : null;
});

/** Billing units, not doses: a KwikPen with four doses is 2.4 ML, not 4. */
export const quantity = ofProduct(({ claim, rules }, product) => {
  const { quantityDispensed: dispensed, unitOfMeasure } = claim;
  if (unitOfMeasure !== null && unitOfMeasure !== product.unitOfMeasure) return refuse('9E');
  const packagesAreWhole = dispensed % product.packageQuantity === 0;
  if (!packagesAreWhole && !maySplit(dispensed, product, rules.supply.packageSplit)) return refuse('9E');
  const packagesMax = rules.supply.packagesPerMonth * monthsOf(rules, claim.daysSupply);
  if (dispensed > packagesMax * product.packageQuantity) return refuse('76');
  return packagesAreWhole ? null : note('PACKAGE_SPLIT');
});

/** Tablets can be counted out of a bottle, but not broken; a pen cannot be taken out of its carton. */
const maySplit = (dispensed: number, product: Product, packageSplit: 'FLAG' | 'REJECT'): boolean =>
  product.breakable && packageSplit === 'FLAG' && (product.unitOfMeasure !== 'EA' || dispensed % 1000 === 0);
