import type { RejectCode } from '../claims/reject-codes.ts';
import type { ClaimResponse, Eligibility } from '../claims/response.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import type { ClaimRecord, ClaimResponseRecord, EligibilityRecord } from './records.ts';

/** Without a version or a transaction code that we take, it is the header that is rejected (501-F1 R). */
const HEADER_CODES: ReadonlySet<RejectCode> = new Set<RejectCode>(['02', '1R', '03', '1S']);

const NOTHING = {
  headerResponseStatus: 'A',
  authorizationNumber: null,
  programme: null,
  rejects: [],
  pricing: null,
  flags: [],
  rebillOf: null,
  repriced: [],
  eligibility: null,
};

/** The answer to a claim, with what the pharmacy and the gateway match it by as it was sent. */
export const writeResponse = ({
  record,
  response,
}: {
  readonly record: ClaimRecord;
  readonly response: ClaimResponse;
}): ClaimResponseRecord => ({
  transmissionId: record.transmissionId,
  transactionIndex: record.transactionIndex,
  transactionCode: record.transactionCode,
  serviceProviderIdQualifier: record.serviceProviderIdQualifier,
  serviceProviderId: record.serviceProviderId,
  dateOfService: record.dateOfService,
  prescriptionServiceReferenceNumberQualifier: record.claim?.prescriptionServiceReferenceNumberQualifier ?? null,
  prescriptionServiceReferenceNumber: record.claim?.prescriptionServiceReferenceNumber ?? null,
  transactionResponseStatus: response.status,
  policyVersion: response.policyVersion,
  ...NOTHING,
  ...answer(response),
});

function answer(response: ClaimResponse): Partial<ClaimResponseRecord> {
  switch (response.status) {
    case 'P':
    case 'D':
      return {
        programme: response.programme,
        authorizationNumber: response.authorizationNumber,
        pricing: response.pricing,
        flags: response.flags,
        rebillOf: response.rebillOf,
        repriced: response.repriced,
      };
    case 'A':
    case 'S':
      return 'eligibility' in response
        ? { programme: response.programme, eligibility: eligibilityRecord(response.eligibility) }
        : {
            programme: response.programme,
            authorizationNumber: response.authorizationNumber,
            repriced: response.repriced,
          };
    case 'R':
      return {
        ...('rebillOf' in response && {
          programme: response.programme,
          rebillOf: response.rebillOf,
          repriced: response.repriced,
        }),
        headerResponseStatus: response.rejects.some(({ code }) => HEADER_CODES.has(code)) ? 'R' : 'A',
        rejects: response.rejects.map(({ code, edit, message }) => ({
          rejectCode: code,
          rejectFieldOccurrenceIndicator: null,
          edit,
          message,
        })),
      };
  }
}

const eligibilityRecord = ({ cardholderId, planType, effective, terminated }: Eligibility): EligibilityRecord => ({
  cardholderId,
  planType,
  effective: CalendarDate.toEpochDay(effective),
  terminated: terminated === null ? null : CalendarDate.toEpochDay(terminated),
});
