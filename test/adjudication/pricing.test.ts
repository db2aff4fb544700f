import { describe, expect, test } from 'vitest';

import { parsePolicyBundle } from '../../src/adapters/files/policy-bundle.ts';
import { decide } from '../../src/adjudication/decide.ts';
import { initialMemberState } from '../../src/adjudication/state.ts';
import type { BillingClaim } from '../../src/claims/claim.ts';
import type { ResponsePricing } from '../../src/claims/response.ts';
import { Money } from '../../src/values/money.ts';
import { Quantity } from '../../src/values/quantity.ts';
import {
  aClaim,
  aContext,
  aPolicy,
  authorizationFor,
  day,
  NDC,
  netPerMonth,
  noonOf,
  policyDocuments,
  type Given,
} from '../builders.ts';

type Legs = readonly [ingredient: string, patient: string, pharmacy: string, manufacturer: string];

const legsOf = (claim: Partial<BillingClaim>, given: Given = {}): Legs => {
  const { response } = decide(aClaim(claim), initialMemberState, aContext({ ...given }));
  if (!('pricing' in response)) throw new Error('a claim of this table is paid');
  const { ingredientCostPaid, patientPayAmount, totalAmountPaid, manufacturerOwedAmount }: ResponsePricing =
    response.pricing;
  return [
    Money.toText(ingredientCostPaid),
    Money.toText(patientPayAmount),
    Money.toText(totalAmountPaid),
    Money.toText(manufacturerOwedAmount),
  ];
};

const of = (
  ndc: (typeof NDC)[keyof typeof NDC],
  quantity: string,
  changes: Partial<BillingClaim> = {},
): Partial<BillingClaim> => ({
  ndc,
  quantityDispensed: Quantity.of(quantity),
  unitOfMeasure: null,
  ...changes,
});
const brand = (family: string): Given => ({ priorAuthorizations: [authorizationFor(family)] });
const rules = (changes: object): Given => ({ policy: aPolicy({ ...changes }) });
const charged = (amount: string): Partial<BillingClaim> => ({ usualAndCustomaryCharge: Money.of(amount) });

describe('a paid claim splits its money into ingredient, patient, pharmacy and manufacturer:', () => {
  test.each<[string, Legs, Partial<BillingClaim>, Given?]>([
    ['Wegovy', ['1349.02', '50.00', '1309.02', '1104.02'], {}],
    ['Wegovy billed as 30 days, for the same net', ['1349.02', '50.00', '1309.02', '1104.02'], { daysSupply: 30 }],
    ['a KwikPen', ['1086.00', '50.00', '1046.00', '841.00'], of(NDC.zepboundKwikPen5, '2.4'), brand('ZEPBOUND')],
    [
      'Foundayo',
      ['649.00', '50.00', '609.00', '404.00'],
      of(NDC.foundayo9, '30', { daysSupply: 30 }),
      brand('FOUNDAYO'),
    ],
    [
      '29 of 30 tablets, rounded up',
      ['627.37', '50.00', '587.37', '382.37'],
      of(NDC.foundayo9, '29'),
      brand('FOUNDAYO'),
    ],
    [
      '28 of 30 tablets, rounded once',
      ['605.73', '50.00', '565.73', '360.73'],
      of(NDC.foundayo9, '28'),
      brand('FOUNDAYO'),
    ],
    ['Wegovy after the list price fell', ['675.00', '50.00', '635.00', '430.00'], { dateOfService: day('2027-01-01') }],
    ['Wegovy the day before it fell', ['1349.02', '50.00', '1309.02', '1104.02'], { dateOfService: day('2026-12-31') }],
    ['a charge below the copay', ['1349.02', '35.00', '1324.02', '1104.02'], charged('35.00')],
    ['a charge of the copay', ['1349.02', '50.00', '1309.02', '1104.02'], charged('50.00')],
    ['a charge of nothing', ['1349.02', '0.00', '1359.02', '1104.02'], charged('0.00')],
    [
      'a charge that the policy ignores',
      ['1349.02', '50.00', '1309.02', '1104.02'],
      charged('35.00'),
      rules({ cap: { usualAndCustomary: 'IGNORE' } }),
    ],
    ['a drug below the copay', ['1349.02', '1359.02', '0.00', '1104.02'], {}, rules({ cap: { amount: '2000.00' } })],
    ['340B by clarification code', ['1349.02', '50.00', '1309.02', '0.00'], { submissionClarificationCodes: ['20'] }],
    ['340B by basis of cost', ['1349.02', '50.00', '1309.02', '0.00'], { basisOfCostDetermination: '08' }],
    ['a net above the list price', ['1349.02', '50.00', '1309.02', '0.00'], {}, rules(netPerMonth('1349.03'))],
    ['a net of the list price less a cent', ['1349.02', '50.00', '1309.02', '0.01'], {}, rules(netPerMonth('1349.01'))],
  ])('%s', (...[, legs, claim, given]) => {
    expect(legsOf(claim, given)).toEqual(legs);
  });

  test('two months, where the policy allows them', () => {
    const twoMonths = rules({ supply: { daysAllowed: [28, 56] } });
    const legs = legsOf(of(NDC.wegovy24, '6', { daysSupply: 56 }), twoMonths);
    expect(legs).toEqual(['2698.04', '100.00', '2608.04', '2208.04']);
  });

  test.each([
    ['the old price the day before a correction was known', '1349.02', '2026-09-14'],
    ['the corrected price from that day on', '1000.00', '2026-09-15'],
  ])('%s', (_what, price, received) => {
    const documents = policyDocuments();
    const { prices } = documents['prices.json'] as { prices: object[] };
    const dates = { effective: '2026-08-01', terminated: null, knownFrom: '2026-09-15' };
    prices.push({ basis: 'WAC', perPackage: '1000.00', ...dates, source: 'test', ndcs: [NDC.wegovy24] });
    expect(legsOf({ receivedAt: noonOf(received) }, { policy: parsePolicyBundle(documents) })[0]).toBe(price);
  });
});

describe('a fill from 340B stock', () => {
  test('keeps its other flags', () => {
    const claim = aClaim(of(NDC.foundayo9, '28', { submissionClarificationCodes: ['20'] }));
    const { response } = decide(claim, initialMemberState, aContext(brand('FOUNDAYO')));
    expect(response).toMatchObject({ flags: ['PACKAGE_SPLIT', '340B'] });
  });

  test('is flagged and owes no rebate', () => {
    const { response, events } = decide(
      aClaim({ submissionClarificationCodes: ['20'] }),
      initialMemberState,
      aContext(),
    );
    expect(response).toMatchObject({ flags: ['340B'] });
    expect(events[0]).toMatchObject({ type: 'ClaimPaid', fill: { rebate: null } });
  });
});

describe('the rebate of a fill', () => {
  test('rests on list price and guaranteed net, in the quarter of the date of service', () => {
    const { events } = decide(aClaim({ receivedAt: noonOf('2026-10-02') }), initialMemberState, aContext());
    expect(events[0]).toMatchObject({
      fill: {
        rebate: {
          eventId: `ACCRUAL:${aClaim().identityDigest}01`,
          labeler: '00169',
          unitOfMeasure: 'ML',
          rebatePeriod: '2026Q3',
          wacAmount: Money.of('1349.02'),
          netAmount: Money.of('245.00'),
          rebateAmount: Money.of('1104.02'),
          patientPayAmount: Money.of('50.00'),
        },
      },
    });
  });
});
