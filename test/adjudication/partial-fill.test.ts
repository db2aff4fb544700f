import { describe, expect, test } from 'vitest';

import type { BillingClaim } from '../../src/claims/claim.ts';
import type { PrescriptionServiceReferenceNumber } from '../../src/claims/ids.ts';
import { Money } from '../../src/values/money.ts';
import { Quantity } from '../../src/values/quantity.ts';
import { aClaim, aContext, adjudicate, aPolicy, day, NDC, rebillOf, reversalOf, wordOf } from '../builders.ts';

/** Half a carton of Wegovy 2.4 mg, of the whole one that was intended. */
const part = (changes: Partial<BillingClaim> = {}): BillingClaim =>
  aClaim({
    dispensingStatus: 'P',
    quantityDispensed: Quantity.of('1.5'),
    daysSupply: 14,
    quantityIntendedToBeDispensed: Quantity.of('3'),
    daysSupplyIntendedToBeDispensed: 28,
    ...changes,
  });

/** The other half, two days later. */
const completion = (changes: Partial<BillingClaim> = {}): BillingClaim =>
  part({ dispensingStatus: 'C', dateOfService: day('2026-08-05'), ...changes });

const rx = (number: string) => number as PrescriptionServiceReferenceNumber;

const ON_PART = aContext({ policy: aPolicy({ partialFill: 'COPAY_ON_PARTIAL' }) });
const ON_COMPLETION = aContext({ policy: aPolicy({ partialFill: 'COPAY_ON_COMPLETION' }) });

const answers = (claims: Parameters<typeof adjudicate>[0], context = ON_PART): string =>
  adjudicate(claims, context).decisions.map(wordOf).join(', ');

describe('a part of a fill is answered with', () => {
  test.each<[string, string, Partial<BillingClaim>]>([
    ['P', 'it is half of what was intended', {}],
    ['P', 'it is all of what was intended', { quantityDispensed: Quantity.of('3'), daysSupply: 28 }],
    ['RN', 'it is more than what was intended', { quantityDispensed: Quantity.of('3.75') }],
    ['RN', 'it lasts a day longer than what was intended', { daysSupply: 29 }],
    ['7T', 'nobody says how much was intended', { quantityIntendedToBeDispensed: null }],
    ['7U', 'nobody says for how many days', { daysSupplyIntendedToBeDispensed: null }],
    ['7T 7U', 'nobody says either', { quantityIntendedToBeDispensed: null, daysSupplyIntendedToBeDispensed: null }],
    ['7X', 'what was intended is too long', { daysSupplyIntendedToBeDispensed: 56 }],
    ['9E', 'what was intended is no whole carton', { quantityIntendedToBeDispensed: Quantity.of('2') }],
    ['76', 'what was intended is two cartons', { quantityIntendedToBeDispensed: Quantity.of('6') }],
  ])('%s when %s', (expected, _why, changes) => {
    expect(answers([part(changes)])).toBe(expected);
  });

  test('RK when the policy knows no parts', () => {
    expect(answers([part()], aContext())).toBe('RK');
  });

  test('RB when another part of the same fill is open, P when that one is completed or is another prescription', () => {
    const later = (changes: Partial<BillingClaim> = {}) => part({ dateOfService: day('2026-08-31'), ...changes });
    expect(answers([part(), later()])).toBe('P, RB');
    expect(answers([part(), completion(), later()])).toBe('P, P, P');
    expect(answers([part(), later({ fillNumber: 1 })])).toBe('P, P');
    expect(answers([part(), later({ prescriptionServiceReferenceNumber: rx('1') })])).toBe('P, P');
  });
});

describe('a completion is answered with', () => {
  test.each<[string, string, Partial<BillingClaim>]>([
    ['P', 'its part is on file', {}],
    ['P', 'it names prescription and day of its part', named('7001234', '2026-08-03')],
    ['P', 'it has a prescription of its own and names that of its part', other(named('7001234', '2026-08-03'))],
    ['RJ', 'it has a prescription of its own and names none', other({})],
    ['RJ', 'it names another prescription', named('7001235', '2026-08-03')],
    ['RJ', 'it names another day', named('7001234', '2026-08-02')],
    ['RJ', 'it is of another fill number', { fillNumber: 1 }],
    ['RM', 'it comes on the day of its part', { dateOfService: day('2026-08-03') }],
    ['RF', 'it is dated before its part', { dateOfService: day('2026-08-02') }],
    ['P', 'it comes on the last day that was intended', { dateOfService: day('2026-08-31') }],
    ['RJ', 'it comes a day after that', { dateOfService: day('2026-09-01') }],
    ['RC', 'it is of another strength', { ndc: NDC.wegovy17 }],
    ['RN', 'with its part it is more than was intended', { quantityDispensed: Quantity.of('1.501') }],
  ])('%s when %s', (expected, _why, changes) => {
    expect(answers([part(), completion(changes)])).toBe(`P, ${expected}`);
  });

  test('RJ when there is no part, and when the part was taken back', () => {
    expect(answers([completion()])).toBe('RJ');
    expect(answers([part(), reversalOf(part()), completion()])).toBe('P, A, RJ');
  });

  test('RF when its part is completed already, and D when it is sent again', () => {
    const again = completion({ dateOfService: day('2026-08-06') });
    expect(answers([part(), completion(), again])).toBe('P, P, RF');
    expect(answers([part(), completion(), { ...completion(), transmissionId: 'again' }])).toBe('P, P, D');
  });
});

function named(number: string, date: string): Partial<BillingClaim> {
  return {
    associatedPrescriptionServiceReferenceNumber: rx(number),
    associatedPrescriptionServiceDate: day(date),
  };
}

function other(changes: Partial<BillingClaim>): Partial<BillingClaim> {
  return { prescriptionServiceReferenceNumber: rx('7009999'), ...changes };
}

describe('the two parts of a fill', () => {
  const pricings = (context: typeof ON_PART) =>
    adjudicate([part(), completion()], context).decisions.map(({ response }) =>
      response.status === 'P' ? response.pricing : null,
    );
  const amounts = (
    context: typeof ON_PART,
    name: 'patientPayAmount' | 'dispensingFeePaid' | 'manufacturerOwedAmount',
  ) => pricings(context).map((pricing) => Money.toText(pricing?.[name] ?? Money.zero));

  test('bear one copay and one fee, on the one that the policy says', () => {
    expect(amounts(ON_PART, 'patientPayAmount')).toEqual(['50.00', '0.00']);
    expect(amounts(ON_PART, 'dispensingFeePaid')).toEqual(['10.00', '0.00']);
    expect(amounts(ON_COMPLETION, 'patientPayAmount')).toEqual(['0.00', '50.00']);
    expect(amounts(ON_COMPLETION, 'dispensingFeePaid')).toEqual(['0.00', '10.00']);
  });

  test.each([ON_PART, ON_COMPLETION])('owe together what the whole fill would: 1349.02 less 245.00', (context) => {
    expect(amounts(context, 'manufacturerOwedAmount')).toEqual(['552.01', '552.01']);
  });

  test('are one supply for the next refill: three quarters of 28 days from the first part', () => {
    const refill = (date: string) =>
      aClaim({ dateOfService: day(date), prescriptionServiceReferenceNumber: rx('7001240') });
    expect(answers([part(), completion(), refill('2026-08-23')])).toBe('P, P, 79');
    expect(answers([part(), completion(), refill('2026-08-24')])).toBe('P, P, P');
    const lastFillAlone = aContext({
      policy: aPolicy({ partialFill: 'COPAY_ON_PARTIAL', refill: { countsOnHand: false } }),
    });
    expect(answers([part(), completion(), refill('2026-08-23')], lastFillAlone)).toBe('P, P, 79');
    expect(answers([part(), completion(), refill('2026-08-24')], lastFillAlone)).toBe('P, P, P');
  });

  test('have a cap by month in the month of the part that bears it', () => {
    const policy = aPolicy({ partialFill: 'COPAY_ON_COMPLETION', cap: { scope: 'CALENDAR_MONTH' } });
    const { state } = adjudicate(
      [part({ dateOfService: day('2026-08-30') }), completion({ dateOfService: day('2026-09-01') })],
      aContext({ policy }),
    );
    expect(state.accumulators).toEqual([
      { programme: 'MEDICARE_GLP1_BRIDGE', kind: 'PATIENT_PAY', period: '2026-09', amount: Money.of('50.00') },
    ]);
  });
});

describe('a part that is completed', () => {
  const both = [part(), completion()] as const;

  test('is not taken back before its completion', () => {
    expect(answers([...both, reversalOf(part())])).toBe('P, P, RP');
    expect(answers([...both, reversalOf(completion()), reversalOf(part())])).toBe('P, P, A, A');
  });

  test('is not billed anew before its completion is taken back', () => {
    const rebill = rebillOf(part(), { usualAndCustomaryCharge: Money.of('700.00') });
    expect(answers([...both, rebill])).toBe('P, P, RP');
    expect(answers([part(), rebill, completion()])).toBe('P, P, P');
  });

  test('may have its completion billed anew', () => {
    const rebill = rebillOf(completion(), { usualAndCustomaryCharge: Money.of('700.00') });
    expect(answers([...both, rebill])).toBe('P, P, P');
  });
});
