import { describe, expect, test } from 'vitest';

import type { AuthorizationNumber, CardholderId } from '../../src/claims/ids.ts';
import type { RejectCode } from '../../src/claims/reject-codes.ts';
import type { ClaimResponse } from '../../src/claims/response.ts';
import { Money } from '../../src/values/money.ts';
import { writeResponse } from '../../src/wire/claim-response.ts';
import { BRIDGE, day } from '../builders.ts';
import { aQuestion, aRecord, aReversal } from './claim-record.ts';

const policyVersion = 'v1';
const programme = BRIDGE;
const authorizationNumber = '0123456789ABCDEF01' as AuthorizationNumber;
const pricing = {
  ingredientCostPaid: Money.of('1349.02'),
  dispensingFeePaid: Money.of('10.00'),
  patientPayAmount: Money.of('50.00'),
  amountAppliedToPeriodicDeductible: Money.zero,
  amountOfCoinsurance: Money.zero,
  payerShares: [],
  amountOfCopay: Money.of('50.00'),
  totalAmountPaid: Money.of('1309.02'),
  manufacturerOwedAmount: Money.of('1104.02'),
};
const rejected = (...codes: readonly [RejectCode, ...RejectCode[]]): ClaimResponse => {
  const [first, ...rest] = codes.map((code) => ({ code, edit: 'an-edit', message: 'why' }));
  if (first === undefined) throw new Error('no codes');
  return { status: 'R', rejects: [first, ...rest], policyVersion };
};

/** What every answer repeats of the claim it belongs to. */
const echo = {
  transmissionId: 'T-2026-000001',
  transactionIndex: 1,
  transactionCode: 'B1',
  serviceProviderIdQualifier: '01',
  serviceProviderId: '1234567893',
  dateOfService: 20_668,
  prescriptionServiceReferenceNumberQualifier: '1',
  prescriptionServiceReferenceNumber: '000003671354',
};
const nothing = {
  headerResponseStatus: 'A',
  authorizationNumber: null,
  programme: null,
  rejects: [],
  pricing: null,
  flags: [],
  rebillOf: null,
  repriced: [],
  eligibility: null,
  policyVersion,
};

test.each(['P', 'D'] as const)('an answer %s carries the prices, the flags and the authorization number', (status) => {
  const paid = { status, programme, authorizationNumber, pricing, flags: ['340B'], policyVersion };
  const response: ClaimResponse = { ...paid, rebillOf: null, repriced: [] };
  expect(writeResponse({ record: aRecord(), response })).toEqual({
    ...echo,
    ...nothing,
    transactionResponseStatus: status,
    authorizationNumber,
    programme,
    pricing,
    flags: ['340B'],
  });
});

test('an answer to a rebill carries the number of the fill it took back and what it has repriced', () => {
  const rebillOf = '0123456789ABCDEF00' as AuthorizationNumber;
  const repriced = [{ authorizationNumber, patientPayBefore: Money.zero, patientPayAfter: Money.of('50.00') }];
  const paid = { programme, authorizationNumber, pricing, flags: [], rebillOf, repriced, policyVersion };
  const record = aRecord({ transactionCode: 'B3' });
  expect(writeResponse({ record, response: { status: 'P', ...paid } })).toEqual({
    ...echo,
    ...nothing,
    ...paid,
    transactionCode: 'B3',
    transactionResponseStatus: 'P',
  });
  const refused = rejected('70');
  if (refused.status !== 'R') throw new Error('a refusal');
  const reversed: ClaimResponse = { ...refused, programme, rebillOf, repriced };
  expect(writeResponse({ record, response: reversed })).toMatchObject({
    transactionCode: 'B3',
    transactionResponseStatus: 'R',
    headerResponseStatus: 'A',
    authorizationNumber: null,
    programme,
    rejects: [{ rejectCode: '70' }],
    rebillOf,
    repriced,
  });
});

test.each(['A', 'S'] as const)('an answer %s to a reversal carries what it has repriced', (status) => {
  const repriced = [{ authorizationNumber, patientPayBefore: Money.zero, patientPayAfter: Money.of('50.00') }];
  const response: ClaimResponse = { status, programme, authorizationNumber, repriced, policyVersion };
  expect(writeResponse({ record: aReversal(), response })).toEqual({
    ...echo,
    ...nothing,
    transactionCode: 'B2',
    transactionResponseStatus: status,
    authorizationNumber,
    programme,
    repriced,
  });
});

test.each([
  [null, null],
  [day('2026-12-31'), 20_818],
])('an answer to a question carries the plan, to the last day %s', (terminated, epochDay) => {
  const eligibility = {
    cardholderId: '1EG4TE5MK73' as CardholderId,
    planType: 'PDP',
    effective: day('2026-01-01'),
    terminated,
  };
  const response: ClaimResponse = { status: 'A', programme, eligibility, policyVersion };
  expect(writeResponse({ record: aQuestion(), response })).toMatchObject({
    transactionResponseStatus: 'A',
    headerResponseStatus: 'A',
    authorizationNumber: null,
    prescriptionServiceReferenceNumber: null,
    eligibility: { cardholderId: '1EG4TE5MK73', planType: 'PDP', effective: 20_454, terminated: epochDay },
  });
});

test('a refusal carries its rejects in their order, and no prices', () => {
  expect(writeResponse({ record: aRecord(), response: rejected('21', '19') })).toEqual({
    ...echo,
    ...nothing,
    transactionResponseStatus: 'R',
    rejects: ['21', '19'].map((rejectCode) => ({
      rejectCode,
      rejectFieldOccurrenceIndicator: null,
      edit: 'an-edit',
      message: 'why',
    })),
  });
});

describe('the header is', () => {
  test.each<[string, string, RejectCode]>([
    ['R', 'its version is missing', '02'],
    ['R', 'its version is not supported', '1R'],
    ['R', 'its transaction code is missing', '03'],
    ['R', 'its transaction code is not supported', '1S'],
    ['A', 'a claim is for another BIN', '01'],
    ['A', 'a claim is refused', '79'],
  ])('%s when %s', (status, _why, code) => {
    expect(writeResponse({ record: aRecord(), response: rejected(code) }).headerResponseStatus).toBe(status);
  });
});

test('a claim without its fields is answered all the same', () => {
  const record = aRecord({ serviceProviderId: null, dateOfService: null, transactionCode: null, claim: null });
  expect(writeResponse({ record, response: rejected('03') })).toMatchObject({
    transmissionId: 'T-2026-000001',
    transactionCode: null,
    serviceProviderId: null,
    dateOfService: null,
    prescriptionServiceReferenceNumber: null,
  });
});
