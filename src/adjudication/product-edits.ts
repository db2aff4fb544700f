import { CalendarDate } from '../values/calendar-date.ts';
import { note, refuse, type Finding } from './edit.ts';
import { isUnderModel } from './participation.ts';
import { ofProduct, type Billing } from './subject.ts';

/** Compound Code (406-D6): the claim is for a mixture. */
const COMPOUND = '2';

export function productOnFile({ claim, context, product, when }: Billing): Finding | null {
  if (product !== null) return null;
  const known = context.policy.products.get(claim.ndc)?.some(({ knownFrom }) => knownFrom <= when.knownOn);
  return refuse(known === true ? '77' : '54');
}

export const coveredDrug = ofProduct((billing, product) => {
  const { claim, listing } = billing;
  if (listing === null) return refuse(product.repackaged ? '645' : '70');
  if (!listing.covered) return refuse(listing.reject, listing.reason);
  if (listing.model !== null && !isUnderModel(billing, listing.model)) return refuse('70', 'MODEL');
  // A listed drug is covered as its maker made it.
  return claim.compoundCode === COMPOUND ? refuse('70', 'COMPOUND') : null;
});

export function age({ claim, rules: { clinical }, product }: Billing): Finding | null {
  const onLabel = clinical.labelAge === 'REQUIRE' ? (product?.labelAgeMin ?? 0) : 0;
  const ageMin = Math.max(clinical.ageMin, onLabel);
  return CalendarDate.ageInYears(claim.patient.dateOfBirth, claim.dateOfService) < ageMin ? refuse('60') : null;
}

/** Support that the manufacturer offers beside the drug; where a state makes it a condition, whoever declines it is not covered. */
export function lifestyleSupport({ context, rules: { clinical } }: Billing): Finding | null {
  if (context.coverage?.medicaid?.lifestyleSupport !== 'DECLINED') return null;
  return clinical.lifestyleDeclined === 'REJECT'
    ? refuse('70', 'LIFESTYLE_SUPPORT')
    : note('LIFESTYLE_SUPPORT_DECLINED');
}

/** The authorization is the authority; a code on the claim can only contradict it (type 2 diabetes belongs to Part D). */
export function diagnosis({ claim, rules: { clinical } }: Billing): Finding | null {
  const conflicts = claim.diagnosisCodes.some((code) =>
    clinical.conflictingDiagnoses.some((prefix) => code.startsWith(prefix)),
  );
  if (!conflicts) return null;
  return clinical.onConflict === 'REJECT' ? refuse('80') : note('DIAGNOSIS_CONFLICT');
}
