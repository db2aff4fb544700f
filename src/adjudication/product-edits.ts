import { ofNdc } from '../policy/policy-bundle.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import { note, refuse, type Finding } from './edit.ts';
import { ofProduct, type Billing } from './subject.ts';

/** Compound Code (406-D6): the claim is for a mixture. */
const COMPOUND = '2';

export function productOnFile({ claim, context, product, when }: Billing): Finding | null {
  if (product !== null) return null;
  const known = context.policy.products.get(claim.ndc)?.some(({ knownFrom }) => knownFrom <= when.knownOn);
  return refuse(known === true ? '77' : '54');
}

export const coveredDrug = ofProduct(({ claim, programme, when }, product) => {
  if (product.repackaged) return refuse('645');
  const listing = ofNdc(programme.listings, claim.ndc, when);
  if (listing?.covered !== true) return refuse('70', listing?.reason);
  // A listed drug is covered as its maker made it.
  return claim.compoundCode === COMPOUND ? refuse('70', 'COMPOUND') : null;
});

export const age = ({ claim, rules }: Billing): Finding | null =>
  CalendarDate.ageInYears(claim.patient.dateOfBirth, claim.dateOfService) < rules.clinical.ageMin ? refuse('60') : null;

/** The authorization is the authority; a code on the claim can only contradict it (type 2 diabetes belongs to Part D). */
export function diagnosis({ claim, rules: { clinical } }: Billing): Finding | null {
  const conflicts = claim.diagnosisCodes.some((code) =>
    clinical.conflictingDiagnoses.some((prefix) => code.startsWith(prefix)),
  );
  if (!conflicts) return null;
  return clinical.onConflict === 'REJECT' ? refuse('80') : note('DIAGNOSIS_CONFLICT');
}
