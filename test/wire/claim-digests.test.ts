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
/** Of a part of a fill there is more to say. */
const part = aClaim({ dispensingStatus: 'P' });

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
  dispensingStatus: 'C',
  quantityIntendedToBeDispensed: Quantity.of('6'),
  daysSupplyIntendedToBeDispensed: 28,
  associatedPrescriptionServiceReferenceNumber: '7001236' as PrescriptionServiceReferenceNumber,
  associatedPrescriptionServiceDate: day('2026-08-01'),
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
  'dispensingStatus',
];
/** Of the fill, and yet a correction of what was dispensed. */
const BOTH = ['dispensingStatus'];
/** Of the message and not of the fill: a claim that is sent again has others. */
const NEITHER = ['transmissionId', 'receivedAt'];

describe.each(Object.keys(CHANGED) as (keyof typeof CHANGED)[])('a part of a fill with another %s', (name) => {
  const changed = { ...part, [name]: CHANGED[name] };
  const isOfContent = BOTH.includes(name) || (!IDENTITY.includes(name) && !NEITHER.includes(name));

  test(IDENTITY.includes(name) ? 'is another fill' : 'is the same fill', () => {
    expect(identityDigest(changed) !== part.identityDigest).toBe(IDENTITY.includes(name));
  });

  test(isOfContent ? 'has another content' : 'has the same content', () => {
    expect(contentDigest(changed) !== part.contentDigest).toBe(isOfContent);
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
