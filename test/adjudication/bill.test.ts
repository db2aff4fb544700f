import { describe, expect, test } from 'vitest';

import type { DrugFamily, Ndc } from '../../src/claims/ids.ts';
import { Money } from '../../src/values/money.ts';
import { aClaim, aContext, codesOf } from '../builders.ts';
import { answerTo, rows, rules } from './rows.ts';

describe('a claim is routed to a programme and answered', () => {
  rows(
    ['P', 'BIN and PCN are those of the Bridge', {}],
    ['01', 'no programme has the BIN', { binNumber: '015599' }],
    ['04', 'the BIN is known and the PCN is not', { processorControlNumber: 'MEDDPRIME' }],
    ['P', 'any group is taken', { groupId: 'ABC123' }],
    ['51', 'the policy knows groups and this is none of them', { groupId: 'ABC123' }, rules({ groupIds: ['GLP1'] })],
    ['51', 'the policy knows groups and none was sent', {}, rules({ groupIds: ['GLP1'] })],
    ['P', 'the group is one that the policy knows', { groupId: 'GLP1' }, rules({ groupIds: ['GLP1'] })],
  );
});

describe('other coverage is answered with', () => {
  rows(
    ['P', 'the code says not specified', { otherCoverageCode: '0' }],
    ['P', 'there is none', { otherCoverageCode: '1' }],
    ['7M', 'another payer has paid', { otherCoverageCode: '2' }],
    ['7M', 'another payer did not cover', { otherCoverageCode: '3' }],
    ['7M', 'another payer took nothing', { otherCoverageCode: '4' }],
    ['P', 'a coupon is ignored', { otherCoverageCode: '8' }],
    ['7M', 'the policy rejects coupons', { otherCoverageCode: '8' }, rules({ otherCoverage: { coupon: 'REJECT' } })],
  );
});

describe('a refused claim', () => {
  test('tells the edit and the text of each of its rejects and moves nothing', () => {
    const decision = answerTo({ binNumber: '000000' });
    expect(decision).toEqual({
      response: {
        status: 'R',
        rejects: [{ code: '01', edit: 'ROUTING', message: 'BIN NOT OURS. BRIDGE CLAIMS: BIN 028918 PCN MEDDGLP1BR' }],
        policyVersion: aContext().policy.version,
      },
      events: [],
    });
  });

  test('hears nothing of the product while its person is in doubt', () => {
    expect(codesOf(answerTo({ ndc: '00169999999' as Ndc, daysSupply: 90 }, { coverage: null }))).toEqual(['52']);
  });
});

describe('a paid claim', () => {
  test('is answered with what its fill remembers', () => {
    const { response, events } = answerTo({});
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: 'ClaimPaid',
      recordedAt: aClaim().receivedAt,
      fill: { status: 'PAID', drugFamily: 'WEGOVY' as DrugFamily, reversedBy: null },
    });
    expect(response).toEqual({
      status: 'P',
      programme: 'MEDICARE_GLP1_BRIDGE',
      authorizationNumber: `${aClaim().identityDigest}01`,
      pricing: {
        ingredientCostPaid: Money.of('1349.02'),
        dispensingFeePaid: Money.of('10.00'),
        patientPayAmount: Money.of('50.00'),
        amountOfCopay: Money.of('50.00'),
        amountAppliedToPeriodicDeductible: Money.zero,
        amountOfCoinsurance: Money.zero,
        totalAmountPaid: Money.of('1309.02'),
        manufacturerOwedAmount: Money.of('1104.02'),
        payerShares: [],
      },
      flags: [],
      rebillOf: null,
      repriced: [],
      policyVersion: aContext().policy.version,
    });
  });
});
