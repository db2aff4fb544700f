import type { Claim } from '../claims/claim.ts';
import type { Rejects } from '../claims/response.ts';
import { Instant } from '../values/calendar-date.ts';
import { BILLING_CHECKS, ELIGIBILITY_CHECKS, TRANSMISSION_CHECKS } from './claim-checks.ts';
import { contentDigest, identityDigest } from './claim-digests.ts';
import {
  BILLED_CLAIM,
  CLINICAL,
  HEADER,
  INSURANCE,
  OPTIONAL_INSURANCE,
  PATIENT,
  PRESCRIBER,
  PRICING,
  REVERSED_CLAIM,
  type Values,
} from './claim-fields.ts';
import { upperText } from './field-parsers.ts';
import { FieldReader } from './field-reader.ts';
import type { ClaimRecord } from './records.ts';

/** A claim whose every field is well formed, or the answer to one that is not. */
export type Parsed =
  { readonly kind: 'claim'; readonly claim: Claim } | { readonly kind: 'rejected'; readonly rejects: Rejects };

/** The syntax stage. Every field is read before the answer, so that a pharmacy can mend all of them at once. */
export function readClaim(record: ClaimRecord): Parsed {
  const reader = new FieldReader();
  reader.check(record, TRANSMISSION_CHECKS);
  const unreadable = reader.rejects();
  if (unreadable !== null) return { kind: 'rejected', rejects: unreadable };
  const build = BUILDERS[upperText(record.transactionCode) as Claim['transactionCode']](record, reader);
  const rejects = reader.rejects();
  return rejects === null ? { kind: 'claim', claim: build() } : { kind: 'rejected', rejects };
}

/** Reads the fields and answers how to build the claim from them, which is possible once nothing was rejected. */
type Builder = (record: ClaimRecord, reader: FieldReader) => () => Claim;

/** A billing and a rebill have the same fields. */
const billed =
  (transactionCode: 'B1' | 'B3'): Builder =>
  (record, reader) => {
    const header = reader.read(record, HEADER);
    const { cardholderId, groupId } = reader.require(record.insurance, 'PJ', INSURANCE);
    const patient = reader.require(record.patient, 'PK', PATIENT);
    const claim = reader.require(record.claim, 'PC', BILLED_CLAIM);
    const pricing = reader.require(record.pricing, 'PP', PRICING);
    const { prescriberId } = reader.require(record.prescriber, 'PN', PRESCRIBER);
    const { diagnosisCodes } = reader.read(record, CLINICAL);
    reader.check(record, BILLING_CHECKS);
    return () => {
      const undigested = {
        transactionCode,
        ...ours(record),
        ...routing(header, groupId),
        cardholderId,
        patient: identity(patient),
        prescriptionServiceReferenceNumber: claim.prescriptionServiceReferenceNumber,
        fillNumber: claim.fillNumber,
        ndc: claim.productServiceId,
        quantityDispensed: claim.quantityDispensed,
        daysSupply: claim.daysSupply,
        unitOfMeasure: claim.unitOfMeasure,
        compoundCode: claim.compoundCode,
        datePrescriptionWritten: claim.datePrescriptionWritten,
        numberOfRefillsAuthorized: claim.numberOfRefillsAuthorized,
        submissionClarificationCodes: claim.submissionClarificationCodes,
        otherCoverageCode: claim.otherCoverageCode,
        dispensingStatus: claim.dispensingStatus,
        ...(claim.dispensingStatus === null ? A_WHOLE_FILL : partOf(claim)),
        prescriberId,
        diagnosisCodes,
        basisOfCostDetermination: pricing.basisOfCostDetermination,
        usualAndCustomaryCharge: pricing.usualAndCustomaryCharge,
        grossAmountDue: pricing.grossAmountDue,
      } as const;
      return {
        ...undigested,
        identityDigest: identityDigest(undigested),
        contentDigest: contentDigest(undigested),
      };
    };
  };

const BUILDERS: Readonly<Record<Claim['transactionCode'], Builder>> = {
  B1: billed('B1'),
  B3: billed('B3'),
  B2: (record, reader) => {
    const header = reader.read(record, HEADER);
    const { groupId } = reader.read(record.insurance ?? NO_INSURANCE, OPTIONAL_INSURANCE);
    const claim = reader.require(record.claim, 'PC', REVERSED_CLAIM);
    return () => ({
      transactionCode: 'B2',
      ...ours(record),
      ...routing(header, groupId),
      prescriptionServiceReferenceNumber: claim.prescriptionServiceReferenceNumber,
      fillNumber: claim.fillNumber,
      ndc: claim.productServiceId,
    });
  },
  E1: (record, reader) => {
    const header = reader.read(record, HEADER);
    const { cardholderId, groupId } = reader.read(record.insurance ?? NO_INSURANCE, OPTIONAL_INSURANCE);
    const patient = reader.require(record.patient, 'PK', PATIENT);
    reader.check(record, ELIGIBILITY_CHECKS);
    return () => ({
      transactionCode: 'E1',
      ...ours(record),
      ...routing(header, groupId),
      cardholderId,
      patient: identity(patient),
    });
  },
};

/** What is intended is told of a part alone: of a whole fill it says nothing. */
const A_WHOLE_FILL = {
  quantityIntendedToBeDispensed: null,
  daysSupplyIntendedToBeDispensed: null,
  associatedPrescriptionServiceReferenceNumber: null,
  associatedPrescriptionServiceDate: null,
};

const partOf = (claim: Values<typeof BILLED_CLAIM>) => ({
  quantityIntendedToBeDispensed: claim.quantityIntendedToBeDispensed,
  daysSupplyIntendedToBeDispensed: claim.daysSupplyIntendedToBeDispensed,
  associatedPrescriptionServiceReferenceNumber: claim.associatedPrescriptionServiceReferenceNumber,
  associatedPrescriptionServiceDate: claim.associatedPrescriptionServiceDate,
});

const NO_INSURANCE = { cardholderId: null, groupId: null };

const ours = ({ transmissionId, receivedAt }: ClaimRecord) => ({
  transmissionId,
  receivedAt: Instant.ofEpochMs(receivedAt),
});

const routing = (header: Values<typeof HEADER>, groupId: string | null) => ({
  binNumber: header.binNumber,
  processorControlNumber: header.processorControlNumber,
  groupId,
  serviceProviderId: header.serviceProviderId,
  dateOfService: header.dateOfService,
});

const identity = ({ dateOfBirth, patientFirstName, patientLastName }: Values<typeof PATIENT>) => ({
  dateOfBirth,
  patientFirstName,
  patientLastName,
});
