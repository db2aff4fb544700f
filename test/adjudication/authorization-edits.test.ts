import { describe, expect, test } from 'vitest';

import type { Ndc } from '../../src/claims/ids.ts';
import type { PriorAuthorization } from '../../src/policy/reference.ts';
import { Quantity } from '../../src/values/quantity.ts';
import { day, NDC } from '../builders.ts';
import { authorized, rows, rules, textOf } from './rows.ts';

describe('the prior authorization is answered with', () => {
  const kwikPen = { ndc: NDC.zepboundKwikPen5, quantityDispensed: Quantity.of('2.4') };
  const tablet = { ndc: NDC.wegovyTablet4, unitOfMeasure: 'EA', quantityDispensed: Quantity.of('30'), daysSupply: 30 };
  const denied = (reason: string) => authorized({ status: 'DENIED', reason });
  const byNdc = rules({ priorAuthorization: { scope: 'NDC' } });
  const byForm = rules({ priorAuthorization: { scope: 'DOSAGE_FORM' } });
  rows(
    ['75', 'there is none', {}, { priorAuthorizations: [] }],
    ['3W', 'it is in review', {}, authorized({ status: 'IN_REVIEW' })],
    ['3Y', 'it was denied', {}, authorized({ status: 'DENIED' })],
    ['PA', 'it is used up', {}, authorized({ status: 'EXHAUSTED' })],
    ['PA', 'it ended the day before', {}, authorized({ terminated: day('2026-08-02') })],
    ['P', 'it ends on the day', {}, authorized({ terminated: day('2026-08-03') })],
    ['75', 'it begins the day after', {}, authorized({ effective: day('2026-08-04') })],
    ['P', 'it begins on the day', {}, authorized({ effective: day('2026-08-03') })],
    ['P', 'it was denied, sent again and approved', {}, authorized({ status: 'DENIED' }, {})],
    ['3W', 'it was denied and is in review again', {}, authorized({ status: 'DENIED' }, { status: 'IN_REVIEW' })],
    ['P', 'it is for the injection and the claim for the tablet', tablet],
    [
      '75',
      'the same, where a product is a drug of its own',
      tablet,
      { ...byNdc, ...authorized({ ndc: NDC.wegovy24 }) },
    ],
    ['P', 'the product is the one that is named', {}, { ...byNdc, ...authorized({ ndc: NDC.wegovy24 }) }],
    ['P', 'another strength of the form is named', {}, { ...byForm, ...authorized({ ndc: NDC.wegovy05 }) }],
    ['75', 'another form is named', tablet, { ...byForm, ...authorized({ ndc: NDC.wegovy24 }) }],
    ['75', 'none is named, and forms are told apart', {}, { ...byForm, ...authorized({ ndc: null }) }],
    ['75', 'a product that nobody knows is named', {}, { ...byForm, ...authorized({ ndc: '99999999999' as Ndc }) }],
    ['75', 'it is for another brand', kwikPen],
    ['75', 'the same form of another brand is named', kwikPen, { ...byForm, ...authorized({ ndc: NDC.wegovy24 }) }],
    [
      '64',
      'it is for another brand and the policy says so',
      kwikPen,
      rules({ priorAuthorization: { otherDrug: '64' } }),
    ],
    ['75', 'it is of another programme', {}, authorized({ programme: 'OTHER' as PriorAuthorization['programme'] })],
    ['75', 'it is only a leave to refill early', {}, authorized({ kind: 'EARLY_REFILL' })],
  );

  test.each([
    ['PRIOR AUTHORIZATION REQUIRED. FORWARD THE REQUEST TO THE PRESCRIBER', {}, authorized()],
    ['AUTHORIZED FOR ANOTHER DRUG. A NEW PRIOR AUTHORIZATION IS REQUIRED', kwikPen, {}],
    ['PRIOR AUTHORIZATION IS FOR ANOTHER DRUG', kwikPen, rules({ priorAuthorization: { otherDrug: '64' } })],
    ['PRIOR AUTHORIZATION WAS DENIED: TYPE 2 DIABETES. BILL THE PART D PLAN', {}, denied('TYPE_2_DIABETES')],
    ['PRIOR AUTHORIZATION WAS DENIED. PRESCRIBER MAY SEND A NEW REQUEST', {}, denied('BMI_TOO_LOW')],
  ])('the text "%s"', (text, claim, given) => {
    expect(textOf(claim, given)).toBe(text);
  });
});
