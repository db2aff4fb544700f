import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { REJECTS } from '../../src/claims/reject-codes.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import { readClaim } from '../../src/wire/read-claim.ts';
import type { ClaimRecord } from '../../src/wire/records.ts';
import { arbitraryRecord } from './arbitrary-record.ts';
import { aQuestion, aRecord, aReversal, type Changes } from './claim-record.ts';

const day = (text: string): number => CalendarDate.toEpochDay(CalendarDate.of(text));

/** The codes that a claim is rejected with; none when it can be decided. */
const codesOf = (record: ClaimRecord): readonly string[] => {
  const parsed = readClaim(record);
  return parsed.kind === 'rejected' ? parsed.rejects.map(({ code }) => code) : [];
};

const claimOf = (record: ClaimRecord) => {
  const parsed = readClaim(record);
  if (parsed.kind === 'rejected') throw new Error(parsed.rejects.map(({ code }) => code).join());
  return parsed.claim;
};

test('a billing without fault is read field by field', () => {
  expect(claimOf(aRecord())).toEqual({
    transactionCode: 'B1',
    transmissionId: 'T-2026-000001',
    receivedAt: 1_785_772_800_000,
    binNumber: '028918',
    processorControlNumber: 'MEDDGLP1BR',
    groupId: null,
    serviceProviderId: '1234567893',
    dateOfService: '2026-08-03',
    cardholderId: '1EG4TE5MK73',
    patient: { dateOfBirth: '1955-03-12', patientFirstName: 'SAMPLE', patientLastName: 'MEMBER' },
    prescriptionServiceReferenceNumber: '3671354',
    fillNumber: 0,
    ndc: '00169452414',
    quantityDispensed: 3_000,
    daysSupply: 28,
    unitOfMeasure: 'ML',
    compoundCode: '1',
    datePrescriptionWritten: '2026-07-06',
    numberOfRefillsAuthorized: 11,
    submissionClarificationCodes: [],
    otherCoverageCode: null,
    dispensingStatus: null,
    quantityIntendedToBeDispensed: null,
    daysSupplyIntendedToBeDispensed: null,
    associatedPrescriptionServiceReferenceNumber: null,
    associatedPrescriptionServiceDate: null,
    prescriberId: '1679576722',
    diagnosisCodes: ['E66813'],
    basisOfCostDetermination: '01',
    usualAndCustomaryCharge: 139_999,
    grossAmountDue: 135_902,
    identityDigest: expect.stringMatching(/^[0-9A-Z]{16}$/) as string,
    contentDigest: expect.stringMatching(/^[\w-]{16}$/) as string,
  });
});

const OF_A_PART = {
  quantityIntendedToBeDispensed: 6_000,
  daysSupplyIntendedToBeDispensed: 56,
  associatedPrescriptionServiceReferenceNumber: '0071',
  associatedPrescriptionServiceDate: day('2026-08-01'),
};

describe('a field is read into the form that the domain compares', () => {
  test.each<[string, Changes, object]>([
    [
      'names in upper case without blanks',
      { patient: { patientFirstName: ' Ann ', patientLastName: "o'neil" } },
      { patient: { dateOfBirth: '1955-03-12', patientFirstName: 'ANN', patientLastName: "O'NEIL" } },
    ],
    [
      'a cardholder id in upper case',
      { insurance: { cardholderId: ' 1eg4te5mk73 ' } },
      { cardholderId: '1EG4TE5MK73' },
    ],
    [
      'a prescription number without leading zeros',
      { claim: { prescriptionServiceReferenceNumber: '000000000070' } },
      { prescriptionServiceReferenceNumber: '70' },
    ],
    [
      'clarification codes without leading zeros',
      { claim: { submissionClarificationCodes: ['05', '20'] } },
      { submissionClarificationCodes: ['5', '20'] },
    ],
    [
      'an other coverage code without leading zeros',
      { claim: { otherCoverageCode: '08' } },
      { otherCoverageCode: '8' },
    ],
    ['a sent zero as a zero', { claim: { otherCoverageCode: '00' } }, { otherCoverageCode: '0' }],
    [
      'a blank as not sent',
      { insurance: { groupId: '  ' }, claim: { unitOfMeasure: '' } },
      { groupId: null, unitOfMeasure: null },
    ],
    [
      'a diagnosis without its dot',
      { diagnosisCodes: [{ qualifier: '02', code: 'e66.81' }] },
      { diagnosisCodes: ['E6681'] },
    ],
    [
      'what is intended of a part, and what it completes',
      { claim: { dispensingStatus: 'C', ...OF_A_PART } },
      {
        dispensingStatus: 'C',
        quantityIntendedToBeDispensed: 6_000,
        daysSupplyIntendedToBeDispensed: 56,
        associatedPrescriptionServiceReferenceNumber: '71',
        associatedPrescriptionServiceDate: '2026-08-01',
      },
    ],
    [
      'nothing of that where the fill is whole',
      { claim: OF_A_PART },
      {
        quantityIntendedToBeDispensed: null,
        daysSupplyIntendedToBeDispensed: null,
        associatedPrescriptionServiceReferenceNumber: null,
        associatedPrescriptionServiceDate: null,
      },
    ],
    ['an eight-digit BIN of version F6', { sourceVersion: 'F6', binNumber: '02891800' }, { binNumber: '02891800' }],
    [
      'a processor control number without the blanks that fill it',
      { processorControlNumber: 'MEDDGLP1  ' },
      { processorControlNumber: 'MEDDGLP1' },
    ],
  ])('%s', (_what, changes, fields) => {
    expect(claimOf(aRecord(changes))).toMatchObject(fields);
  });
});

const other = (qualifier: string | null, amount: number | null) => ({ qualifier, amount });

describe('a billing is rejected with', () => {
  test.each<[string, string, Changes]>([
    ['02', 'its version is missing', { sourceVersion: null }],
    ['02', 'its version is unreadable', { sourceVersion: '??' }],
    ['1R', 'its version is one that we do not read', { sourceVersion: '51' }],
    ['03', 'its transaction code is missing', { transactionCode: null }],
    ['03', 'its transaction code is unknown', { transactionCode: 'N1' }],
    ['01', 'the BIN is missing', { binNumber: null }],
    ['01', 'the BIN has seven digits', { binNumber: '0289180' }],
    ['04', 'the processor control number is blank', { processorControlNumber: '          ' }],
    ['04', 'the processor control number has eleven characters', { processorControlNumber: 'MEDDGLP1BRX' }],
    ['A9', 'there are five transactions', { transactionCount: 5 }],
    ['A9', 'there are no transactions', { transactionCount: 0 }],
    ['B2', 'the pharmacy is not named by an NPI', { serviceProviderIdQualifier: '07' }],
    ['05', 'the pharmacy is missing', { serviceProviderId: null }],
    ['05', 'the check digit of the pharmacy is wrong', { serviceProviderId: '1234567894' }],
    ['05', 'the pharmacy has nine digits', { serviceProviderId: '123456789' }],
    ['05', 'the pharmacy begins with a digit that no NPI begins with', { serviceProviderId: '3234567899' }],
    ['15', 'the day of service is missing', { dateOfService: null }],
    ['15', 'the day of service is in another century', { dateOfService: day('2100-01-01') }],
    ['PJ', 'there is no insurance segment', { insurance: null }],
    ['PK', 'there is no patient segment', { patient: null }],
    ['PC', 'there is no claim segment', { claim: null }],
    ['PP', 'there is no pricing segment', { pricing: null }],
    ['PN', 'there is no prescriber segment', { prescriber: null }],
    ['06', 'the group has sixteen characters', { insurance: { groupId: 'G'.repeat(16) } }],
    ['07', 'the cardholder is missing', { insurance: { cardholderId: null } }],
    ['07', 'the cardholder id has 21 characters', { insurance: { cardholderId: '1'.repeat(21) } }],
    ['08', 'the person code has four characters', { insurance: { personCode: '0001' } }],
    ['09', 'the birthday is missing', { patient: { dateOfBirth: null } }],
    ['09', 'the birthday is the day after the service', { patient: { dateOfBirth: day('2026-08-04') } }],
    ['09', 'the birthday is 151 years ago', { patient: { dateOfBirth: day('1875-12-31') } }],
    ['10', 'the gender code is unknown', { patient: { patientGenderCode: '7' } }],
    ['CA', 'the first name is missing', { patient: { patientFirstName: null } }],
    ['CB', 'the last name is blank', { patient: { patientLastName: ' ' } }],
    [
      'EM',
      'it is for a service and not for a prescription',
      { claim: { prescriptionServiceReferenceNumberQualifier: '2' } },
    ],
    ['16', 'the prescription number is missing', { claim: { prescriptionServiceReferenceNumber: null } }],
    ['16', 'the prescription number is zero', { claim: { prescriptionServiceReferenceNumber: '000' } }],
    ['16', 'the prescription number has a letter', { claim: { prescriptionServiceReferenceNumber: '12A' } }],
    [
      '16',
      'the prescription number has thirteen digits',
      { claim: { prescriptionServiceReferenceNumber: '1'.repeat(13) } },
    ],
    ['17', 'the fill number is missing', { claim: { fillNumber: null } }],
    ['17', 'the fill number is 100', { claim: { fillNumber: 100 } }],
    ['E1', 'the product is not named by an NDC', { claim: { productServiceIdQualifier: '01' } }],
    ['21', 'the NDC has ten digits', { claim: { productServiceId: '0169452414' } }],
    ['21', 'the NDC has hyphens', { claim: { productServiceId: '00169-4524-14' } }],
    ['E7', 'the quantity is missing', { claim: { quantityDispensed: null } }],
    ['E7', 'the quantity is zero', { claim: { quantityDispensed: 0 } }],
    ['E7', 'the quantity is negative', { claim: { quantityDispensed: -3_000 } }],
    ['19', "the days' supply is zero", { claim: { daysSupply: 0 } }],
    ['19', "the days' supply has four digits", { claim: { daysSupply: 1_000 } }],
    ['20', 'the compound code is missing', { claim: { compoundCode: null } }],
    ['20', 'the compound code is not specified', { claim: { compoundCode: '0' } }],
    ['22', 'the product selection code is a letter', { claim: { dispenseAsWrittenProductSelectionCode: 'A' } }],
    ['28', 'the day of prescribing is missing', { claim: { datePrescriptionWritten: null } }],
    ['AB', 'it was prescribed the day after the service', { claim: { datePrescriptionWritten: day('2026-08-04') } }],
    ['29', 'the refills are negative', { claim: { numberOfRefillsAuthorized: -1 } }],
    ['33', 'the origin of the prescription is unknown', { claim: { prescriptionOriginCode: '6' } }],
    ['34', 'a clarification code has a letter', { claim: { submissionClarificationCodes: ['5', 'X'] } }],
    ['34', 'there are four clarification codes', { claim: { submissionClarificationCodes: ['1', '2', '3', '4'] } }],
    ['13', 'the other coverage code is no longer in use', { claim: { otherCoverageCode: '05' } }],
    ['26', 'the unit of measure is unknown', { claim: { unitOfMeasure: 'MG' } }],
    ['HD', 'the dispensing status is unknown', { claim: { dispensingStatus: 'X' } }],
    ['HF', 'the quantity intended is zero', { claim: { quantityIntendedToBeDispensed: 0 } }],
    ['HG', "the days' supply intended is zero", { claim: { daysSupplyIntendedToBeDispensed: 0 } }],
    [
      'EN',
      'the associated prescription has a letter',
      { claim: { associatedPrescriptionServiceReferenceNumber: 'A' } },
    ],
    ['EP', 'the associated day is in another century', { claim: { associatedPrescriptionServiceDate: 0 } }],
    ['EZ', 'the prescriber is named by a DEA number', { prescriber: { prescriberIdQualifier: '12' } }],
    ['25', 'the prescriber is missing', { prescriber: { prescriberId: null } }],
    ['25', 'the check digit of the prescriber is wrong', { prescriber: { prescriberId: '1679576723' } }],
    ['WE', 'a diagnosis is of ICD-9', { diagnosisCodes: [{ qualifier: '01', code: 'E66' }] }],
    ['39', 'a diagnosis is no code', { diagnosisCodes: [{ qualifier: '02', code: 'OBESE' }] }],
    ['39', 'a diagnosis is missing', { diagnosisCodes: [{ qualifier: '02', code: null }] }],
    [
      '39',
      'there are six diagnoses',
      { diagnosisCodes: Array.from({ length: 6 }, () => ({ qualifier: '02', code: 'E66' })) },
    ],
    ['23', 'the ingredient cost is negative', { pricing: { ingredientCostSubmitted: -1, grossAmountDue: 999 } }],
    ['DC', 'the dispensing fee is negative', { pricing: { dispensingFeeSubmitted: -1, grossAmountDue: 134_901 } }],
    ['DN', 'the basis of cost has three characters', { pricing: { basisOfCostDetermination: '001' } }],
    ['DQ', 'the usual and customary charge is missing', { pricing: { usualAndCustomaryCharge: null } }],
    ['DU', 'the gross amount due is missing', { pricing: { grossAmountDue: null } }],
    ['DX', 'the patient paid a negative amount', { pricing: { patientPaidAmountSubmitted: -1 } }],
    ['R9', 'the gross amount due is a cent too much', { pricing: { grossAmountDue: 135_903 } }],
    ['R9', 'the gross amount due leaves out an other amount', { pricing: { otherAmountsClaimed: [other('01', 1)] } }],
  ])('%s when %s', (code, _why, changes) => {
    expect(codesOf(aRecord(changes))).toEqual([code]);
  });
});

describe('a billing is read when', () => {
  test.each<[string, Changes]>([
    ['it was prescribed on the day of service', { claim: { datePrescriptionWritten: day('2026-08-03') } }],
    ['the patient was born on the day of service', { patient: { dateOfBirth: day('2026-08-03') } }],
    [
      'it is the first day of Part D',
      { dateOfService: day('2006-01-01'), claim: { datePrescriptionWritten: day('2006-01-01') } },
    ],
    ['the fill number is 99', { claim: { fillNumber: 99 } }],
    ["the days' supply is 999", { claim: { daysSupply: 999 } }],
    ['the quantity is a thousandth', { claim: { quantityDispensed: 1 } }],
    [
      'there are five diagnoses',
      { diagnosisCodes: Array.from({ length: 5 }, () => ({ qualifier: '2', code: 'E66' })) },
    ],
    ['there is no diagnosis', { diagnosisCodes: [] }],
    ['there are four transactions', { transactionCount: 4 }],
    ['nobody counted the transactions', { transactionCount: null }],
    [
      'no product of it costs anything',
      { pricing: { ingredientCostSubmitted: 0, dispensingFeeSubmitted: null, grossAmountDue: 0 } },
    ],
    [
      'every part of the gross amount due is in it, and what the patient paid is not',
      {
        pricing: {
          professionalServiceFeeSubmitted: 1,
          incentiveAmountSubmitted: 10,
          otherAmountsClaimed: [other('01', 100), other('02', null)],
          flatSalesTaxAmountSubmitted: 1_000,
          percentageSalesTaxAmountSubmitted: 10_000,
          patientPaidAmountSubmitted: 5_000,
          grossAmountDue: 147_013,
        },
      },
    ],
  ])('%s', (_why, changes) => {
    expect(codesOf(aRecord(changes))).toEqual([]);
  });
});

describe('the answer to several faults', () => {
  test('names them in the order of the code table', () => {
    const record = aRecord({
      binNumber: null,
      claim: { productServiceId: '1', daysSupply: 0 },
      pricing: { grossAmountDue: 1 },
    });
    expect(codesOf(record)).toEqual(['01', '21', '19', 'R9']);
  });

  test('has room for the first five', () => {
    expect(
      codesOf(
        aRecord({ binNumber: null, patient: null, claim: null, pricing: null, prescriber: null, insurance: null }),
      ),
    ).toEqual(['01', 'PJ', 'PK', 'PC', 'PP']);
  });

  test('says nothing of fields when the version or the transaction code is unreadable', () => {
    expect(codesOf(aRecord({ transactionCode: 'ZZ', binNumber: null }))).toEqual(['03']);
  });

  test('carries the text of the code table and the name of the stage', () => {
    const parsed = readClaim(aRecord({ claim: { productServiceId: '1' } }));
    const text = REJECTS.find(({ code }) => code === '21')?.text;
    expect(parsed).toEqual({ kind: 'rejected', rejects: [{ code: '21', edit: 'syntax', message: text }] });
  });
});

test('a rebill is read as the billing that it is, digests included', () => {
  expect(claimOf(aRecord({ transactionCode: 'B3' }))).toEqual({ ...claimOf(aRecord()), transactionCode: 'B3' });
});

describe('a rebill is rejected with', () => {
  test.each<[string, string, Changes]>([
    ['PJ', 'there is no insurance segment', { insurance: null }],
    ['PP', 'there is no pricing segment', { pricing: null }],
    ['17', 'the fill number is missing, unlike in a reversal', { claim: { fillNumber: null } }],
    ['R9', 'its amounts do not add up', { pricing: { grossAmountDue: 1 } }],
  ])('%s when %s', (code, _why, changes) => {
    expect(codesOf(aRecord({ ...changes, transactionCode: 'B3' }))).toEqual([code]);
  });
});

test('a reversal is read from what it has to carry', () => {
  expect(claimOf(aReversal())).toEqual({
    transactionCode: 'B2',
    transmissionId: 'T-2026-000001',
    receivedAt: 1_785_772_800_000,
    binNumber: '028918',
    processorControlNumber: 'MEDDGLP1BR',
    groupId: null,
    serviceProviderId: '1234567893',
    dateOfService: '2026-08-03',
    prescriptionServiceReferenceNumber: '3671354',
    fillNumber: 0,
    ndc: '00169452414',
  });
});

test('a reversal may leave out the fill number, the product and the qualifiers', () => {
  const claim = {
    fillNumber: null,
    productServiceId: null,
    productServiceIdQualifier: null,
    prescriptionServiceReferenceNumberQualifier: null,
  };
  expect(claimOf(aReversal({ claim }))).toMatchObject({ fillNumber: null, ndc: null });
});

describe('a reversal is rejected with', () => {
  test.each<[string, string, Changes]>([
    ['15', 'the day of service is before Part D', { dateOfService: day('2005-12-31') }],
    ['PC', 'there is no claim segment', { claim: null }],
    ['05', 'the pharmacy is wrong', { serviceProviderId: '1234567890' }],
    ['16', 'the prescription number is missing', { claim: { prescriptionServiceReferenceNumber: null } }],
    ['17', 'the fill number is no fill number', { claim: { fillNumber: -1 } }],
    ['21', 'the product is no NDC', { claim: { productServiceId: '123' } }],
  ])('%s when %s', (code, _why, changes) => {
    expect(codesOf(aReversal(changes))).toEqual([code]);
  });
});

test('an eligibility question is read with the patient and without a cardholder', () => {
  expect(claimOf(aQuestion())).toMatchObject({
    transactionCode: 'E1',
    cardholderId: null,
    patient: { dateOfBirth: '1955-03-12', patientFirstName: 'SAMPLE', patientLastName: 'MEMBER' },
  });
});

describe('an eligibility question is rejected with', () => {
  test.each<[string, string, Changes]>([
    ['PK', 'there is no patient segment', { patient: null, insurance: { cardholderId: '1EG4TE5MK73' } }],
    [
      '07',
      'there is neither a cardholder nor a social security number',
      { patient: { patientIdQualifier: null, patientId: null } },
    ],
    [
      '07',
      'the number of the patient is not a social security number',
      { patient: { patientIdQualifier: '99', patientId: '0000' } },
    ],
    ['09', 'the birthday is missing', { patient: { patientIdQualifier: '01', patientId: '0000', dateOfBirth: null } }],
  ])('%s when %s', (code, _why, changes) => {
    expect(codesOf(aQuestion(changes))).toEqual([code]);
  });
});

test('whatever record the schema allows has an answer: a claim, or one to five rejects', () => {
  const code = fc.constantFrom('B1', 'B2', 'B3', 'E1', '0B1', ' b1 ', 'constructor', null);
  fc.assert(
    fc.property(arbitraryRecord('Claim'), code, (record, transactionCode) => {
      const parsed = readClaim({ ...record, sourceVersion: 'D0', transactionCode });
      const rejects = parsed.kind === 'claim' ? 1 : parsed.rejects.length;
      expect(rejects).toBeGreaterThanOrEqual(1);
      expect(rejects).toBeLessThanOrEqual(5);
    }),
  );
});
