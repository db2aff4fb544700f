import type {
  CardholderId,
  Ndc,
  PrescriberId,
  PrescriptionServiceReferenceNumber,
  ServiceProviderId,
} from '../claims/ids.ts';
import type { RejectCode } from '../claims/reject-codes.ts';
import type { Money } from '../values/money.ts';
import type { Quantity } from '../values/quantity.ts';
import {
  between,
  dayBetween,
  listOf,
  matching,
  npi,
  oneOf,
  optional,
  type Parse,
  withoutLeadingZeros,
} from './field-parsers.ts';
import type {
  ClaimRecord,
  ClaimSegmentRecord,
  DiagnosisCodeRecord,
  InsuranceSegmentRecord,
  PatientSegmentRecord,
  PrescriberSegmentRecord,
  PricingSegmentRecord,
} from './records.ts';

/** Fields of a segment by their name on the wire: how each is read, and the code of a claim that lacks it or gets it wrong. */
export type FieldTable<Segment> = {
  readonly [Name in keyof Segment]?: { readonly code: RejectCode; readonly parse: Parse<Segment[Name], unknown> };
};

/** What a table reads, once nothing was rejected. */
export type Values<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends { parse: Parse<never, infer Value> } ? Value : never;
};

// Before Part D began, or 150 years ago: not a date any more but a typing error.
const dayOfService = dayBetween('2006-01-01', '2099-12-31');
export const dayOfBirth = dayBetween('1876-01-01', '2099-12-31');
const amount = between<Money>(0, 999_999_999_999);
const name = matching(/^.{1,35}$/);
const cardholder = matching<CardholderId>(/^[!-~]{1,20}$/);
const group = optional(matching(/^[ -~]{1,15}$/));
const ndc = matching<Ndc>(/^\d{11}$/);
const NPI = oneOf('1');
const NATIONAL_DRUG_CODE = oneOf('3');

const prescriptionNumber: Parse<string | null, PrescriptionServiceReferenceNumber> = (sent) => {
  const digits = matching(/^\d{1,12}$/)(sent);
  return digits === undefined || /^0+$/.test(digits)
    ? undefined
    : (withoutLeadingZeros(digits) as PrescriptionServiceReferenceNumber);
};

const clarification: Parse<string, string> = (sent) => {
  const code = matching(/^\d{1,3}$/)(sent);
  return code === undefined ? undefined : withoutLeadingZeros(code);
};

/** ICD-10-CM, with or without its dot, which senders may leave out. */
const diagnosis: Parse<DiagnosisCodeRecord, string> = ({ code }) =>
  matching(/^[A-Z]\d[0-9A-Z]\.?[0-9A-Z]{0,4}$/)(code)?.replace('.', '');

/** The transaction header: fields that every transaction needs. */
export const HEADER = {
  binNumber: { code: '01', parse: matching(/^\d{6}(\d{2})?$/) },
  processorControlNumber: { code: '04', parse: matching(/^[!-~]{1,10}$/) },
  transactionCount: { code: 'A9', parse: optional(between(1, 4)) },
  serviceProviderIdQualifier: { code: 'B2', parse: NPI },
  serviceProviderId: { code: '05', parse: npi<ServiceProviderId>() },
  dateOfService: { code: '15', parse: dayOfService },
} satisfies FieldTable<ClaimRecord>;

export const INSURANCE = {
  cardholderId: { code: '07', parse: cardholder },
  groupId: { code: '06', parse: group },
  personCode: { code: '08', parse: optional(matching(/^[0-9A-Z]{1,3}$/)) },
} satisfies FieldTable<InsuranceSegmentRecord>;

/** Where the cardholder may be found by other means. */
export const OPTIONAL_INSURANCE = {
  cardholderId: { code: '07', parse: optional(cardholder) },
  groupId: { code: '06', parse: group },
} satisfies FieldTable<InsuranceSegmentRecord>;

export const PATIENT = {
  dateOfBirth: { code: '09', parse: dayOfBirth },
  patientGenderCode: { code: '10', parse: optional(oneOf('0', '1', '2')) },
  patientFirstName: { code: 'CA', parse: name },
  patientLastName: { code: 'CB', parse: name },
} satisfies FieldTable<PatientSegmentRecord>;

export const BILLED_CLAIM = {
  prescriptionServiceReferenceNumberQualifier: { code: 'EM', parse: oneOf('1') },
  prescriptionServiceReferenceNumber: { code: '16', parse: prescriptionNumber },
  fillNumber: { code: '17', parse: between(0, 99) },
  productServiceIdQualifier: { code: 'E1', parse: NATIONAL_DRUG_CODE },
  productServiceId: { code: '21', parse: ndc },
  quantityDispensed: { code: 'E7', parse: between<Quantity>(1, 9_999_999_999) },
  daysSupply: { code: '19', parse: between(1, 999) },
  compoundCode: { code: '20', parse: oneOf('1', '2') },
  dispenseAsWrittenProductSelectionCode: { code: '22', parse: optional(matching(/^\d$/)) },
  datePrescriptionWritten: { code: '28', parse: dayOfService },
  numberOfRefillsAuthorized: { code: '29', parse: optional(between(0, 99)) },
  prescriptionOriginCode: { code: '33', parse: optional(oneOf('0', '1', '2', '3', '4', '5')) },
  submissionClarificationCodes: { code: '34', parse: listOf(clarification, 3) },
  otherCoverageCode: { code: '13', parse: optional(oneOf('0', '1', '2', '3', '4', '8')) },
  unitOfMeasure: { code: '26', parse: optional(oneOf('EA', 'GM', 'ML')) },
  dispensingStatus: { code: 'HD', parse: optional(oneOf('P', 'C')) },
  quantityIntendedToBeDispensed: { code: 'HF', parse: optional(between<Quantity>(1, 9_999_999_999)) },
  daysSupplyIntendedToBeDispensed: { code: 'HG', parse: optional(between(1, 999)) },
  associatedPrescriptionServiceReferenceNumber: { code: 'EN', parse: optional(prescriptionNumber) },
  associatedPrescriptionServiceDate: { code: 'EP', parse: optional(dayOfService) },
} satisfies FieldTable<ClaimSegmentRecord>;

/** What names the fill to take back. The product is a check and the fill number only needed between two fills of one day. */
export const REVERSED_CLAIM = {
  prescriptionServiceReferenceNumberQualifier: { code: 'EM', parse: optional(oneOf('1')) },
  prescriptionServiceReferenceNumber: { code: '16', parse: prescriptionNumber },
  fillNumber: { code: '17', parse: optional(between(0, 99)) },
  productServiceIdQualifier: { code: 'E1', parse: optional(NATIONAL_DRUG_CODE) },
  productServiceId: { code: '21', parse: optional(ndc) },
} satisfies FieldTable<ClaimSegmentRecord>;

export const PRESCRIBER = {
  prescriberIdQualifier: { code: 'EZ', parse: NPI },
  prescriberId: { code: '25', parse: npi<PrescriberId>() },
} satisfies FieldTable<PrescriberSegmentRecord>;

export const CLINICAL = {
  diagnosisCodes: { code: '39', parse: listOf(diagnosis, 5) },
} satisfies FieldTable<ClaimRecord>;

export const PRICING = {
  ingredientCostSubmitted: { code: '23', parse: amount },
  dispensingFeeSubmitted: { code: 'DC', parse: optional(amount) },
  patientPaidAmountSubmitted: { code: 'DX', parse: optional(amount) },
  basisOfCostDetermination: { code: 'DN', parse: optional(matching(/^[0-9A-Z]{2}$/)) },
  usualAndCustomaryCharge: { code: 'DQ', parse: amount },
  grossAmountDue: { code: 'DU', parse: amount },
} satisfies FieldTable<PricingSegmentRecord>;
