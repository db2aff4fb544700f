import { describe, expect, test } from 'vitest';

import type { BillingClaim } from '../../src/claims/claim.ts';
import type {
  CardholderId,
  Ndc,
  PrescriberId,
  PrescriptionServiceReferenceNumber,
  ServiceProviderId,
} from '../../src/claims/ids.ts';
import { Instant } from '../../src/values/calendar-date.ts';
import { Money } from '../../src/values/money.ts';
import { Quantity } from '../../src/values/quantity.ts';
import { contentDigest, identityDigest } from '../../src/wire/claim-digests.ts';
import { aClaim, day } from '../builders.ts';

const claim = aClaim();
const { patient } = claim;

/** A new value for every field of a billing but its digests; the compiler asks for a line when a field is added. */
const CHANGED: Omit<BillingClaim, 'transactionCode' | 'identityDigest' | 'contentDigest'> = {
  transmissionId: 'another',
  receivedAt: Instant.ofEpochMs(1),
  binNumber: '028919',
  processorControlNumber: 'OTHER',
  groupId: 'G',
  serviceProviderId: '1679576722' as ServiceProviderId,
  dateOfService: day('2026-08-04'),
  cardholderId: '1EG4TE5MK72' as CardholderId,
  patient: { ...patient, patientFirstName: 'OTHER' },
  prescriptionServiceReferenceNumber: '7001235' as PrescriptionServiceReferenceNumber,
  fillNumber: 1,
  ndc: '00169452514' as Ndc,
  quantityDispensed: Quantity.of('6'),
  daysSupply: 30,
  unitOfMeasure: null,
  compoundCode: '2',
  datePrescriptionWritten: day('2026-07-07'),
  numberOfRefillsAuthorized: null,
  submissionClarificationCodes: ['5'],
  otherCoverageCode: '1',
  dispensingStatus: 'P',
  prescriberId: '1234567893' as PrescriberId,
  diagnosisCodes: [],
  basisOfCostDetermination: '08',
  usualAndCustomaryCharge: Money.of('1399.98'),
  grossAmountDue: Money.of('1359.01'),
};

const IDENTITY = [
  'binNumber',
  'processorControlNumber',
  'serviceProviderId',
  'dateOfService',
  'prescriptionServiceReferenceNumber',
  'fillNumber',
];
/** Of the message and not of the fill: a claim that is sent again has others. */
const NEITHER = ['transmissionId', 'receivedAt'];

describe.each(Object.keys(CHANGED) as (keyof typeof CHANGED)[])('a claim with another %s', (name) => {
  const changed = { ...claim, [name]: CHANGED[name] };

  test(IDENTITY.includes(name) ? 'is another fill' : 'is the same fill', () => {
    expect(identityDigest(changed) !== claim.identityDigest).toBe(IDENTITY.includes(name));
  });

  test(IDENTITY.includes(name) || NEITHER.includes(name) ? 'has the same content' : 'has another content', () => {
    expect(contentDigest(changed) !== claim.contentDigest).toBe(!IDENTITY.includes(name) && !NEITHER.includes(name));
  });
});

test.each([
  { ...patient, patientLastName: 'OTHER' },
  { ...patient, dateOfBirth: day('1955-03-13') },
])('a claim for another patient has another content', (other) => {
  expect(contentDigest({ ...claim, patient: other })).not.toBe(claim.contentDigest);
});

test('an identity is 80 bits of a SHA-256 in base 32, for ever: authorization numbers are made of it', () => {
  // printf '028918|MEDDGLP1BR|1234567893|7001234|2026-08-03|0' | sha256sum | cut -c-20
  expect(BigInt('0x76d2a3030aedd07e01d5').toString(32).toUpperCase()).toBe('ER9A60OATN87S0EL');
  expect(claim.identityDigest).toBe('ER9A60OATN87S0EL');
});

test('a content is sixteen characters of base 64', () => {
  expect(claim.contentDigest).toMatch(/^[\w-]{16}$/);
});
