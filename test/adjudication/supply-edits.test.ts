import { describe, expect, test } from 'vitest';

import { Quantity } from '../../src/values/quantity.ts';
import { authorizationFor, NDC, type Given } from '../builders.ts';
import { answerTo, rows, rules } from './rows.ts';

const tablets = { ndc: NDC.foundayo9, unitOfMeasure: 'EA' };
const forTablets: Given = { priorAuthorizations: [authorizationFor('FOUNDAYO')] };

describe('the supply is answered with', () => {
  const one = (text: string) => ({ quantityDispensed: Quantity.of(text) });
  const eachProduct = rules({ supply: { daysBy: 'EACH_PRODUCT' } });
  rows(
    ['RK', 'it is a part of a fill', { dispensingStatus: 'P', ...one('1.5') }],
    ['RK', 'it completes a fill', { dispensingStatus: 'C' }],
    ['891', 'it is for 27 days', { daysSupply: 27 }],
    ['AG', 'it is for 29 days', { daysSupply: 29 }],
    ['P', 'it is for 30 days', { daysSupply: 30 }],
    ['7X', 'it is for 31 days', { daysSupply: 31 }],
    ['7X', 'it is for 56 days, and the quantity is not looked at', { daysSupply: 56, ...one('6') }],
    ['891', 'it is for 14 days, and the quantity is not looked at', { daysSupply: 14, ...one('1.5') }],
    ['AG', 'a carton for 28 days is billed as 30 and the policy goes by product', { daysSupply: 30 }, eachProduct],
    ['P', 'a carton for 28 days is billed as 28 and the policy goes by product', {}, eachProduct],
    ['9E', 'pens are counted as pieces', { ...one('4'), unitOfMeasure: 'EA' }],
    ['P', 'the unit is not told', { unitOfMeasure: null }],
    ['9E', 'a carton is broken', one('2')],
    ['76', 'it is two cartons', one('6')],
    ['P', 'it is two cartons and the policy allows two', one('6'), rules({ supply: { packagesPerMonth: 2 } })],
    [
      '9E',
      'the doses of a pen are taken for millilitres',
      { ndc: NDC.zepboundKwikPen5, ...one('4') },
      { priorAuthorizations: [authorizationFor('ZEPBOUND')] },
    ],
    ['P', 'it is 30 tablets', { ...tablets, ...one('30'), daysSupply: 30 }, forTablets],
    ['9E', 'it is half a tablet more', { ...tablets, ...one('28.5') }, forTablets],
    ['76', 'it is a tablet more than a bottle', { ...tablets, ...one('31'), daysSupply: 30 }, forTablets],
    [
      '9E',
      'a bottle is split and the policy wants it whole',
      { ...tablets, ...one('28') },
      { ...forTablets, ...rules({ supply: { packageSplit: 'REJECT' } }) },
    ],
    ['7W', 'it is refill 12 of 11', { fillNumber: 12, numberOfRefillsAuthorized: 11 }],
    ['P', 'it is refill 11 of 11', { fillNumber: 11, numberOfRefillsAuthorized: 11 }],
    ['P', 'nobody said how many refills there are', { fillNumber: 99, numberOfRefillsAuthorized: null }],
  );

  test('P and a flag when a bottle is split', () => {
    const { response } = answerTo({ ...tablets, ...one('28') }, forTablets);
    expect(response).toMatchObject({ status: 'P', flags: ['PACKAGE_SPLIT'] });
  });
});
