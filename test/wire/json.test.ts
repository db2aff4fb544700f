import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fromJson, type Json, toJson } from '../../src/wire/json.ts';
import { RECORD_NAMES } from '../../src/wire/schema-files.ts';
import { arbitraryRecord } from './arbitrary-record.ts';

const aClaim = { transmissionId: 'T', receivedAt: '2026-08-03T16:00:00Z' };

/** What a claim with these changes is read as: one field of it, or the problems. */
function readWith(changes: { readonly [name: string]: Json }): unknown {
  const read = fromJson('Claim', { ...aClaim, ...changes });
  return read.kind === 'record' ? read.record : read.problems;
}

describe.each(RECORD_NAMES)('JSON of %s', (name) => {
  test('is read back as the record it was written from', () => {
    fc.assert(
      fc.property(arbitraryRecord(name), (record) => {
        const text = JSON.stringify(toJson(name, record));
        expect(fromJson(name, JSON.parse(text))).toEqual({ kind: 'record', record });
      }),
      { numRuns: 50 },
    );
  });
});

test('amounts, quantities, rates, days and times are written for people', () => {
  const read = fromJson('Claim', {
    ...aClaim,
    dateOfService: '2026-08-03',
    claim: { quantityDispensed: '2.4' },
    pricing: { grossAmountDue: '50', patientPaidAmountSubmitted: '-0.05', percentageSalesTaxRateSubmitted: '7.92' },
  });
  expect(read).toMatchObject({
    record: {
      receivedAt: 1_785_772_800_000,
      dateOfService: 20_668,
      claim: { quantityDispensed: 2_400 },
      pricing: { grossAmountDue: 5_000, patientPaidAmountSubmitted: -5, percentageSalesTaxRateSubmitted: 79_200 },
    },
  });
  expect(read.kind === 'record' && toJson('Claim', read.record)).toMatchObject({
    receivedAt: '2026-08-03T16:00:00.000Z',
    dateOfService: '2026-08-03',
    claim: { quantityDispensed: '2.400' },
    pricing: {
      grossAmountDue: '50.00',
      patientPaidAmountSubmitted: '-0.05',
      percentageSalesTaxRateSubmitted: '7.9200',
    },
  });
});

test('what is left out is null, an empty list or the default of the schema', () => {
  expect(readWith({})).toMatchObject({ transactionIndex: 1, insurance: null, diagnosisCodes: [] });
});

describe('JSON is refused with a path and never a value when', () => {
  const SECRET = '1EG4TE5MK73';

  test.each<[string, { readonly [name: string]: Json }, string]>([
    [
      'an amount is a number',
      { pricing: { grossAmountDue: 50.5 } },
      "pricing.grossAmountDue: expected an amount as text such as '0.00'",
    ],
    [
      'an amount has a third decimal',
      { pricing: { grossAmountDue: '1.005' } },
      "pricing.grossAmountDue: expected an amount as text such as '0.00'",
    ],
    [
      'an amount is greater than its decimal',
      { pricing: { grossAmountDue: '10000000000.00' } },
      "pricing.grossAmountDue: expected an amount as text such as '0.00'",
    ],
    [
      'a quantity has a fourth decimal',
      { claim: { quantityDispensed: '2.4001' } },
      "claim.quantityDispensed: expected an amount as text such as '0.000'",
    ],
    ['a day does not exist', { dateOfService: '2026-02-30' }, "dateOfService: expected a day such as '2026-08-03'"],
    [
      'a time has no zone',
      { receivedAt: '2026-08-03T16:00:00' },
      "receivedAt: expected a time such as '2026-08-03T16:00:00Z'",
    ],
    ['a code is a number', { transactionCode: 1 }, 'transactionCode: expected text'],
    ['a count is not whole', { transactionIndex: 1.5 }, 'transactionIndex: expected a whole number'],
    [
      'a count is greater than an int',
      { transactionIndex: 2_147_483_648 },
      'transactionIndex: expected a whole number',
    ],
    ['a list is none', { diagnosisCodes: {} }, 'diagnosisCodes: expected a list'],
    [
      'an item of a list is wrong',
      { diagnosisCodes: [{ code: 'E66' }, { code: 1 }] },
      'diagnosisCodes.1.code: expected text',
    ],
    ['a segment is text', { insurance: SECRET }, 'insurance: expected an object'],
    [
      'a field has a name that the schema does not know',
      { insurance: { cardHolderId: SECRET } },
      'insurance.cardHolderId: no such field',
    ],
    ['a field that has to be there is null', { transmissionId: null }, 'transmissionId: expected text'],
  ])('%s', (_why, changes, problem) => {
    expect(readWith(changes)).toEqual([problem]);
  });

  test('a field that has to be there is not', () => {
    expect(fromJson('Claim', {})).toEqual({
      kind: 'problems',
      problems: ['transmissionId: missing', 'receivedAt: missing'],
    });
  });

  test('it is no object at all', () => {
    expect(fromJson('Claim', [])).toEqual({ kind: 'problems', problems: ['the record: expected an object'] });
  });
});
