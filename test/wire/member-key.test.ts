import { createHmac } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { memberKeys } from '../../src/wire/member-key.ts';
import { aRequest } from '../builders.ts';
import { aQuestion, aRecord, aReversal, type Changes } from './claim-record.ts';

const SECRET = 'a secret for tests';
const keys = memberKeys(SECRET);
const hmac = (text: string): string =>
  createHmac('sha256', SECRET).update(text).digest().subarray(0, 16).toString('hex');

const CARDHOLDER = hmac('CARDHOLDER|1EG4TE5MK73');
const SEARCH = hmac('SEARCH|MEMBER|1955-03-12|0000');

test('the key of a cardholder is the beginning of an HMAC, in hex', () => {
  expect(keys.ofCardholder('1EG4TE5MK73')).toBe(CARDHOLDER);
  expect(CARDHOLDER).toMatch(/^[0-9a-f]{32}$/);
});

test('another secret makes another key', () => {
  expect(memberKeys('another secret').ofCardholder('1EG4TE5MK73')).not.toBe(CARDHOLDER);
});

test('blanks and letter case do not make another member', () => {
  expect(keys.ofCardholder(' 1eg4te5mk73 ')).toBe(CARDHOLDER);
  expect(keys.ofSearch({ lastName: ' Member', dateOfBirth: '1955-03-12', ssnLast4: '0000' })).toBe(SEARCH);
});

describe('the key of a claim is that of', () => {
  test.each([
    ['the cardholder of a billing', aRecord(), CARDHOLDER],
    ['the cardholder of a billing that cannot be read', aRecord({ transactionCode: '??', claim: null }), CARDHOLDER],
    ['the cardholder of a reversal', aReversal({ insurance: { cardholderId: '1EG4TE5MK73' } }), CARDHOLDER],
    ['the cardholder of a question', aQuestion({ insurance: { cardholderId: '1EG4TE5MK73' } }), CARDHOLDER],
    ['the search of a question without a cardholder', aQuestion(), SEARCH],
    [
      'the search by a whole social security number',
      aQuestion({ patient: { patientIdQualifier: '01', patientId: '000000000' } }),
      SEARCH,
    ],
  ])('%s', (_whose, record, key) => {
    expect(keys.ofClaim(record)).toBe(key);
  });
});

test('the key of a request for prior authorization is that of its cardholder, and without one it does not tell', () => {
  expect(keys.ofRequest(aRequest())).toBe(CARDHOLDER);
  expect(keys.ofRequest({ ...aRequest(), cardholderId: ' ' })).toBeNull();
  expect(keys.ofRequest({ ...aRequest(), cardholderId: null })).toBeNull();
});

describe('a claim does not tell its key when', () => {
  const ssn = { patientIdQualifier: '01', patientId: '0000' };

  test.each<[string, ReturnType<typeof aRecord>]>([
    ['a reversal has no cardholder', aReversal()],
    ['a billing has no cardholder', aRecord({ insurance: { cardholderId: ' ' } })],
    ['a billing has a social security number instead', aRecord({ insurance: null, patient: ssn })],
    ...(
      [
        ['last name', { patientLastName: null }],
        ['birthday', { dateOfBirth: null }],
        ['birthday of this millennium or the last', { dateOfBirth: 2 ** 31 - 1 }],
        ['social security number', { patientIdQualifier: '06' }],
        ['four digits', { patientId: '12345' }],
      ] as const
    ).map(([what, change]): [string, ReturnType<typeof aRecord>] => [
      `a question has no ${what}`,
      aQuestion({ patient: { ...ssn, ...change } } satisfies Changes),
    ]),
  ])('%s', (_why, record) => {
    expect(keys.ofClaim(record)).toBeNull();
  });
});
