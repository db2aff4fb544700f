import { hash } from 'node:crypto';

import type { BillingClaim } from '../claims/claim.ts';

/** A billing and a rebill alike: a rebill that corrects nothing is the claim that was paid. */
type Undigested = Omit<BillingClaim, 'transactionCode' | 'identityDigest' | 'contentDigest'>;

/**
 * What makes two claims the same fill: routing, pharmacy, prescription, day and fill number. Not the quantity: a corrected one is the
 * same fill. A part of a fill and its completion are two.
 */
export function identityDigest(claim: Undigested): string {
  const identity = [
    claim.binNumber,
    claim.processorControlNumber,
    claim.serviceProviderId,
    claim.prescriptionServiceReferenceNumber,
    claim.dateOfService,
    claim.fillNumber,
    ...(claim.dispensingStatus === null ? [] : [claim.dispensingStatus]),
  ].join('|');
  // 80 bits: among a thousand million fills no two are expected to share them.
  return BigInt(`0x${hash('sha256', identity).slice(0, 20)}`)
    .toString(32)
    .padStart(16, '0')
    .toUpperCase();
}

/** Everything a pharmacy may correct, by name: a field that is added to the claim has to be added here too, or be left out on purpose. */
export const contentDigest = (claim: Undigested): string =>
  hash(
    'sha256',
    JSON.stringify([
      claim.groupId,
      claim.cardholderId,
      claim.patient.dateOfBirth,
      claim.patient.patientFirstName,
      claim.patient.patientLastName,
      claim.ndc,
      claim.quantityDispensed,
      claim.daysSupply,
      claim.unitOfMeasure,
      claim.compoundCode,
      claim.datePrescriptionWritten,
      claim.numberOfRefillsAuthorized,
      claim.submissionClarificationCodes,
      claim.otherCoverageCode,
      claim.dispensingStatus,
      claim.prescriberId,
      claim.diagnosisCodes,
      claim.basisOfCostDetermination,
      claim.usualAndCustomaryCharge,
      claim.grossAmountDue,
      ...(claim.dispensingStatus === null ? [] : partOf(claim)),
    ]),
    'base64url',
  ).slice(0, 16);

/** A whole fill has none of these, and keeps the digest that it had before there were parts. */
const partOf = (claim: Undigested) => [
  claim.quantityIntendedToBeDispensed,
  claim.daysSupplyIntendedToBeDispensed,
  claim.associatedPrescriptionServiceReferenceNumber,
  claim.associatedPrescriptionServiceDate,
];
