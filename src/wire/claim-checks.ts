import type { FieldName } from '../claims/field-ids.ts';
import type { RejectCode } from '../claims/reject-codes.ts';
import { matching, oneOf, upperText } from './field-parsers.ts';
import { lastFourOfSsn } from './member-key.ts';
import type { ClaimRecord, PricingSegmentRecord } from './records.ts';

/** A rule between fields. It holds while one of them is missing: that is another code's business. */
export type Check = {
  readonly code: RejectCode;
  readonly fields: readonly FieldName[];
  readonly holds: (record: ClaimRecord) => boolean;
};

const VERSION = matching(/^[0-9A-Z]{2}$/);
const VERSION_WE_READ = oneOf('D0', 'F6');
const TRANSACTION_CODE = matching(/^(B[123]|E1)$/);

/** Without these nothing else of the claim can be read. */
export const TRANSMISSION_CHECKS: readonly Check[] = [
  { code: '02', fields: ['sourceVersion'], holds: ({ sourceVersion }) => VERSION(sourceVersion) !== undefined },
  {
    code: '1R',
    fields: ['sourceVersion'],
    holds: ({ sourceVersion }) => VERSION(sourceVersion) === undefined || VERSION_WE_READ(sourceVersion) !== undefined,
  },
  {
    code: '03',
    fields: ['transactionCode'],
    holds: ({ transactionCode }) => TRANSACTION_CODE(transactionCode) !== undefined,
  },
];

const bornByThen: Check = {
  code: '09',
  fields: ['dateOfBirth', 'dateOfService'],
  holds: ({ patient, dateOfService }) => notAfter(patient?.dateOfBirth, dateOfService),
};

const ICD_10 = oneOf('2');

export const BILLING_CHECKS: readonly Check[] = [
  bornByThen,
  {
    code: 'AB',
    fields: ['datePrescriptionWritten', 'dateOfService'],
    holds: ({ claim, dateOfService }) => notAfter(claim?.datePrescriptionWritten, dateOfService),
  },
  {
    code: 'WE',
    fields: ['diagnosisCodes'],
    holds: ({ diagnosisCodes }) => diagnosisCodes.every(({ qualifier }) => ICD_10(qualifier) !== undefined),
  },
  {
    code: 'R9',
    fields: ['ingredientCostSubmitted', 'dispensingFeeSubmitted', 'grossAmountDue'],
    holds: ({ pricing }) => (pricing?.grossAmountDue ?? null) === null || addsUp(pricing),
  },
];

export const ELIGIBILITY_CHECKS: readonly Check[] = [
  bornByThen,
  {
    code: '07',
    fields: ['cardholderId'],
    holds: (record) => upperText(record.insurance?.cardholderId ?? null) !== null || lastFourOfSsn(record) !== null,
  },
];

const notAfter = (earlier: number | null | undefined, later: number | null): boolean =>
  later === null || (earlier ?? later) <= later;

/** Gross Amount Due (430-DU) is D9 + DC + BE + E3 + the sum of H9 + HA + GE; what the patient paid is no part of it. */
function addsUp(pricing: PricingSegmentRecord | null): boolean {
  if (pricing === null) return true;
  const parts = [
    pricing.ingredientCostSubmitted,
    pricing.dispensingFeeSubmitted,
    pricing.professionalServiceFeeSubmitted,
    pricing.incentiveAmountSubmitted,
    ...pricing.otherAmountsClaimed.map(({ amount }) => amount),
    pricing.flatSalesTaxAmountSubmitted,
    pricing.percentageSalesTaxAmountSubmitted,
  ];
  return parts.reduce<number>((sum, part) => sum + (part ?? 0), 0) === pricing.grossAmountDue;
}
