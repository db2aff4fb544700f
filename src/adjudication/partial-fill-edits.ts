import { CalendarDate } from '../values/calendar-date.ts';
import { refuse, type Finding } from './edit.ts';
import { COMPLETION, completionOf, openPartBeside, PART, partCompletedBy } from './partial-fill.ts';
import { fillToReverse, type Reversing } from './reversal-edits.ts';
import type { Billing } from './subject.ts';

/** P (a part) and C (its completion) of 343-HD have a meaning where the policy gives them one. */
export const dispensingStatus = ({ claim, rules: { partialFill } }: Billing): Finding | null =>
  claim.dispensingStatus !== null && partialFill === 'UNSUPPORTED' ? refuse('RK') : null;

export function intendedQuantity({ claim }: Billing): Finding | null {
  const { dispensingStatus: status, quantityDispensed, quantityIntendedToBeDispensed: intended } = claim;
  if (status === null) return null;
  if (intended === null) return refuse('7T');
  return quantityDispensed > intended ? refuse('RN') : null;
}

export function intendedDaysSupply({ claim }: Billing): Finding | null {
  const { dispensingStatus: status, daysSupply, daysSupplyIntendedToBeDispensed: intended } = claim;
  if (status === null) return null;
  if (intended === null) return refuse('7U');
  return daysSupply > intended ? refuse('RN') : null;
}

/** A fill is dispensed in two parts at most: without this, parts that nobody completes would never bear a copay. */
export const severalParts = ({ claim, programme, state }: Billing): Finding | null =>
  claim.dispensingStatus === PART && openPartBeside(claim, programme.id, state) ? refuse('RB') : null;

/** A completion comes after its part, once, before what was intended would be used up, and of the same product. */
export function completion({ claim, programme, state }: Billing): Finding | null {
  if (claim.dispensingStatus !== COMPLETION) return null;
  const part = partCompletedBy(claim, programme.id, state);
  if (part === undefined) return refuse('RJ');
  const daysAfter = CalendarDate.daysBetween(part.dateOfService, claim.dateOfService);
  if (daysAfter === 0) return refuse('RM');
  if (daysAfter < 0 || completionOf(part, state)) return refuse('RF');
  if (part.ndc !== claim.ndc) return refuse('RC');
  const dispensed = part.quantityDispensed + claim.quantityDispensed;
  return dispensed > (claim.quantityIntendedToBeDispensed ?? 0) ? refuse('RN') : null;
}

/** The completion is taken back first: without its part it would complete nothing. */
export function reversedPart(reversing: Reversing): Finding | null {
  const fill = fillToReverse(reversing);
  return fill !== undefined && completionOf(fill, reversing.state) ? refuse('RP') : null;
}
