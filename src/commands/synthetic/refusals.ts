import type { ClaimRecord } from '../../wire/records.ts';
import { reversalRecord } from './claim-records.ts';
import type { BillingRecord } from './claim-records.ts';
import { PRECLUDED_PRESCRIBER, SUSPENDED_PHARMACY } from './members.ts';
import { NOT_COVERED_NDC, UNKNOWN_NDC } from './products.ts';

/** A claim that is refused with `code` (511-FB), made of a billing of the day for somebody who was handed the same drug lately. */
export type Refusal = { readonly code: string; readonly record: (billing: BillingRecord) => ClaimRecord };

const of = (code: string, changes: (billing: BillingRecord) => Partial<ClaimRecord>): Refusal => ({
  code,
  record: (billing) => ({ ...billing, ...changes(billing) }),
});

const ofClaimSegment = (code: string, changes: Partial<BillingRecord['claim']>): Refusal =>
  of(code, ({ claim }) => ({ claim: { ...claim, ...changes } }));

/** In the order of the edits, so that none of them hides behind an earlier one. */
export const REFUSALS: readonly [Refusal, ...Refusal[]] = [
  of('15', () => ({ dateOfService: null })),
  ofClaimSegment('21', { productServiceId: '0169452414' }),
  ofClaimSegment('E7', { quantityDispensed: null }),
  of('04', () => ({ processorControlNumber: 'MEDDPRIME' })),
  of('82', ({ dateOfService }) => ({ dateOfService: (dateOfService ?? 0) + 30 })),
  of('07', ({ insurance }) => ({ insurance: { ...insurance, cardholderId: '123456789' } })),
  // The right form, and the last of all numbers: nobody has it.
  of('52', ({ insurance }) => ({ insurance: { ...insurance, cardholderId: '1EG4YY9YY99' } })),
  of('7D', ({ patient }) => ({ patient: { ...patient, dateOfBirth: (patient.dateOfBirth ?? 0) + 1 } })),
  of('62', ({ patient }) => ({ patient: { ...patient, patientFirstName: 'NICKNAME' } })),
  ofClaimSegment('7M', { otherCoverageCode: '2' }),
  of('827', () => ({ serviceProviderId: SUSPENDED_PHARMACY })),
  of('71', ({ prescriber }) => ({ prescriber: { ...prescriber, prescriberId: PRECLUDED_PRESCRIBER } })),
  ofClaimSegment('54', { productServiceId: UNKNOWN_NDC }),
  ofClaimSegment('70', { productServiceId: NOT_COVERED_NDC }),
  of('80', () => ({ diagnosisCodes: [{ qualifier: '02', code: 'E11.9' }] })),
  ofClaimSegment('RK', { dispensingStatus: 'P' }),
  ofClaimSegment('7X', { daysSupply: 90 }),
  ofClaimSegment('891', { daysSupply: 14 }),
  ofClaimSegment('9E', { unitOfMeasure: 'GM' }),
  of('79', () => ({})),
  { code: '31', record: (billing) => reversalRecord(billing, billing) },
];
