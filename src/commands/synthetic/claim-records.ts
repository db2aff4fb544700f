import { invariant } from '../../values/invariant.ts';
import { fromJson } from '../../wire/json.ts';
import type {
  ClaimRecord,
  ClaimSegmentRecord,
  InsuranceSegmentRecord,
  PatientSegmentRecord,
  PrescriberSegmentRecord,
  PricingSegmentRecord,
} from '../../wire/records.ts';
import type { SyntheticMember } from './members.ts';
import type { SyntheticProduct } from './products.ts';

/** A B1 with its segments. */
export type BillingRecord = ClaimRecord & {
  readonly patient: PatientSegmentRecord;
  readonly insurance: InsuranceSegmentRecord;
  readonly claim: ClaimSegmentRecord;
  readonly prescriber: PrescriberSegmentRecord;
  readonly pricing: PricingSegmentRecord;
};

/** One message of the gateway, received at an epoch millisecond. */
export type Transmission = { readonly transmissionId: string; readonly receivedAt: number };

/** A package that a member is handed. Days are epoch days. */
export type Fill = {
  readonly member: SyntheticMember;
  readonly product: SyntheticProduct;
  readonly dateOfService: number;
  readonly prescription: string;
  readonly fillNumber: number;
  readonly written: number;
  /** Of stock that the manufacturer has discounted already, so that it owes nothing more. */
  readonly is340B: boolean;
};

const DISPENSING_FEE = 1_000;
const STOCK_340B = ['20'];
const NO_CODES: readonly string[] = [];

/** A billing that the Medicare GLP-1 Bridge pays, if the member may have the drug. */
export function billingRecord({ member, product, ...fill }: Fill, transmission: Transmission): BillingRecord {
  return {
    ...BILLING,
    ...transmission,
    serviceProviderId: member.serviceProviderId,
    dateOfService: fill.dateOfService,
    patient: {
      ...BILLING.patient,
      dateOfBirth: member.dateOfBirth,
      patientFirstName: member.firstName,
      patientLastName: member.lastName,
    },
    insurance: { ...BILLING.insurance, cardholderId: member.cardholderId },
    claim: {
      ...BILLING.claim,
      prescriptionServiceReferenceNumber: fill.prescription,
      fillNumber: fill.fillNumber,
      productServiceId: product.ndc,
      quantityDispensed: product.quantity,
      daysSupply: product.daysSupply,
      datePrescriptionWritten: fill.written,
      submissionClarificationCodes: fill.is340B ? STOCK_340B : NO_CODES,
      unitOfMeasure: product.unitOfMeasure,
    },
    prescriber: { ...BILLING.prescriber, prescriberId: member.prescriberId },
    pricing: {
      ...BILLING.pricing,
      ingredientCostSubmitted: product.cost,
      dispensingFeeSubmitted: DISPENSING_FEE,
      grossAmountDue: product.cost + DISPENSING_FEE,
    },
  };
}

/** The same billing with a correction that no price depends on, and another one each time. */
export const correctedRecord = (billing: BillingRecord, transmission: Transmission): BillingRecord => ({
  ...billing,
  ...transmission,
  pricing: { ...billing.pricing, usualAndCustomaryCharge: (billing.pricing.usualAndCustomaryCharge ?? 0) + 1 },
});

/** The reversal of a billing: what names the fill, and the cardholder, whose key it needs. */
export function reversalRecord(
  { claim, insurance, ...billing }: BillingRecord,
  { transmissionId, receivedAt }: Transmission,
): ClaimRecord {
  return {
    ...REVERSAL,
    transmissionId,
    receivedAt,
    serviceProviderId: billing.serviceProviderId,
    dateOfService: billing.dateOfService,
    insurance,
    claim: {
      ...REVERSAL.claim,
      prescriptionServiceReferenceNumber: claim.prescriptionServiceReferenceNumber,
      fillNumber: claim.fillNumber,
      productServiceIdQualifier: claim.productServiceIdQualifier,
      productServiceId: claim.productServiceId,
    },
  };
}

/** Fields that are left out take the schema's defaults: not sent. */
function template(json: object): ClaimRecord {
  const read = fromJson('Claim', { ...HEADER, ...json });
  invariant(read.kind === 'record', 'the template of a synthetic claim is a claim');
  return read.record;
}

const HEADER = {
  transmissionId: '',
  transactionCount: 1,
  receivedAt: '2026-07-01T00:00:00Z',
  sourceVersion: 'D0',
  binNumber: '028918',
  processorControlNumber: 'MEDDGLP1BR',
  softwareVendorCertificationId: 'SYNTHETIC',
  serviceProviderIdQualifier: '01',
};

const BILLING = template({
  transactionCode: 'B1',
  patient: {},
  insurance: {},
  claim: {
    prescriptionServiceReferenceNumberQualifier: '1',
    productServiceIdQualifier: '03',
    compoundCode: '1',
    dispenseAsWrittenProductSelectionCode: '0',
    numberOfRefillsAuthorized: 11,
    prescriptionOriginCode: '3',
  },
  prescriber: { prescriberIdQualifier: '01' },
  pricing: { usualAndCustomaryCharge: '1399.99', basisOfCostDetermination: '01' },
  diagnosisCodes: [{ qualifier: '02', code: 'E66.813' }],
}) as BillingRecord;

const REVERSAL = template({
  transactionCode: 'B2',
  claim: { prescriptionServiceReferenceNumberQualifier: '1' },
}) as Pick<BillingRecord, 'claim'> & ClaimRecord;
