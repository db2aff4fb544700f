import { createHmac, createSecretKey } from 'node:crypto';

import type { MemberKey } from '../claims/ids.ts';
import { dayOfBirth } from './claim-fields.ts';
import { upperText } from './field-parsers.ts';
import type { ClaimRecord, PriorAuthorizationRequestRecord } from './records.ts';

/** Who an eligibility question without a cardholder id asks about. */
export type MemberSearch = {
  readonly lastName: string;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth: string;
  readonly ssnLast4: string;
};

/** Makes the key of a member: an HMAC, so that it can stand in topics, tools and traces without naming anybody. */
export type MemberKeys = {
  readonly ofCardholder: (cardholderId: string) => MemberKey;
  readonly ofSearch: (search: MemberSearch) => MemberKey;
  /** The key that a claim has to be sent with; null where the claim does not tell, such as a reversal without a cardholder. */
  readonly ofClaim: (record: ClaimRecord) => MemberKey | null;
  /** The same of a request for prior authorization. */
  readonly ofRequest: (record: PriorAuthorizationRequestRecord) => MemberKey | null;
};

/** HMAC-SHA-256 of `idType|id` under the deployment's secret, first 16 bytes in hex. */
export function memberKeys(secret: string): MemberKeys {
  const key = createSecretKey(secret, 'utf8');
  const keyOf = (text: string) => createHmac('sha256', key).update(text).digest('hex').slice(0, 32) as MemberKey;
  const ofCardholder = (cardholderId: string) => keyOf(`CARDHOLDER|${cardholderId.trim().toUpperCase()}`);
  const ofSearch = ({ lastName, dateOfBirth, ssnLast4 }: MemberSearch) =>
    keyOf(`SEARCH|${lastName.trim().toUpperCase()}|${dateOfBirth}|${ssnLast4}`);
  return {
    ofCardholder,
    ofSearch,
    ofClaim: (record) => {
      const cardholderId = upperText(record.insurance?.cardholderId ?? null);
      if (cardholderId !== null) return ofCardholder(cardholderId);
      const search = record.transactionCode === 'E1' ? searchOf(record) : null;
      return search === null ? null : ofSearch(search);
    },
    ofRequest: (record) => {
      const cardholderId = upperText(record.cardholderId);
      return cardholderId === null ? null : ofCardholder(cardholderId);
    },
  };
}

function searchOf(record: ClaimRecord): MemberSearch | null {
  const lastName = upperText(record.patient?.patientLastName ?? null);
  const dateOfBirth = dayOfBirth(record.patient?.dateOfBirth ?? null);
  const ssnLast4 = lastFourOfSsn(record);
  if (lastName === null || dateOfBirth === undefined || ssnLast4 === null) return null;
  return { lastName, dateOfBirth, ssnLast4 };
}

/** Of Patient ID (332-CY) where its qualifier (331-CX) says Social Security Number, whole or just its end. */
export function lastFourOfSsn({ patient }: ClaimRecord): string | null {
  if (upperText(patient?.patientIdQualifier ?? null) !== '01') return null;
  return /^(?:\d{5})?(\d{4})$/.exec(patient?.patientId?.trim() ?? '')?.[1] ?? null;
}
