import type { BillingClaim } from '../claims/claim.ts';
import type { ProgrammeId } from '../claims/ids.ts';
import type { PartialFill } from '../policy/programme-rules.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import type { Fill, MemberState } from './state.ts';

/** Dispensing Status (343-HD). */
export const PART = 'P';
export const COMPLETION = 'C';

type OfDays = Pick<Fill, 'daysSupply' | 'daysSupplyIntendedToBeDispensed'>;

/** The days' supply of the fill that a claim is a part of, or of the claim itself. */
export const wholeDaysSupply = ({ daysSupply, daysSupplyIntendedToBeDispensed }: OfDays): number =>
  daysSupplyIntendedToBeDispensed ?? daysSupply;

/** The quantity of the fill that a claim is a part of, or of the claim itself. */
export const wholeQuantity = ({ quantityDispensed, quantityIntendedToBeDispensed }: BillingClaim) =>
  quantityIntendedToBeDispensed ?? quantityDispensed;

const BEARERS = {
  UNSUPPORTED: null,
  COPAY_ON_PARTIAL: PART,
  COPAY_ON_COMPLETION: COMPLETION,
} as const satisfies Record<PartialFill, string | null>;

/** Copay and fee belong to a fill and not to its quantity, so that one of two parts bears them. */
export const bearsPerFill = ({ dispensingStatus }: Pick<Fill, 'dispensingStatus'>, partialFill: PartialFill): boolean =>
  dispensingStatus === null || dispensingStatus === BEARERS[partialFill];

/** The paid fill that completes a part, in whichever of its lives the part was completed. */
export const completionOf = ({ identityDigest }: Pick<Fill, 'identityDigest'>, { fills }: MemberState) =>
  fills.find(({ status, completes }) => status === 'PAID' && completes === identityDigest);

/** A part whose intended supply would be used up is past completing, whether it is still remembered or not. */
const canBeCompletedOn = (day: CalendarDate, part: Fill): boolean =>
  CalendarDate.daysBetween(part.dateOfService, day) <= wholeDaysSupply(part);

/** The paid part that a completion names, by prescription and day (456-EN, 457-EP) or else by its own prescription and fill number. */
export function partCompletedBy(claim: BillingClaim, programme: ProgrammeId, state: MemberState): Fill | undefined {
  const prescription = claim.associatedPrescriptionServiceReferenceNumber ?? claim.prescriptionServiceReferenceNumber;
  const day = claim.associatedPrescriptionServiceDate;
  const named = partsOf(claim, programme, state).filter(
    (part) =>
      part.prescriptionServiceReferenceNumber === prescription &&
      canBeCompletedOn(claim.dateOfService, part) &&
      (day === null ? part.fillNumber === claim.fillNumber : part.dateOfService === day),
  );
  return named.find((part) => completionOf(part, state) === undefined) ?? named.at(-1);
}

/** A part of the same fill that nothing has completed. */
export const openPartBeside = (claim: BillingClaim, programme: ProgrammeId, state: MemberState): Fill | undefined =>
  partsOf(claim, programme, state).find(
    (part) =>
      part.prescriptionServiceReferenceNumber === claim.prescriptionServiceReferenceNumber &&
      part.fillNumber === claim.fillNumber &&
      canBeCompletedOn(claim.dateOfService, part) &&
      completionOf(part, state) === undefined,
  );

/** The paid parts that a pharmacy has dispensed. */
const partsOf = (
  { serviceProviderId }: BillingClaim,
  programme: ProgrammeId,
  { fills }: MemberState,
): readonly Fill[] =>
  fills.filter(
    (fill) =>
      fill.status === 'PAID' &&
      fill.dispensingStatus === PART &&
      fill.programme === programme &&
      fill.serviceProviderId === serviceProviderId,
  );
