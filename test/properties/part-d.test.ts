import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { AccumulatorKind, MemberState } from '../../src/adjudication/state.ts';
import type { BillingClaim } from '../../src/claims/claim.ts';
import type { Ndc, PrescriptionServiceReferenceNumber } from '../../src/claims/ids.ts';
import type { ResponsePricing } from '../../src/claims/response.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import { Money } from '../../src/values/money.ts';
import { Quantity } from '../../src/values/quantity.ts';
import { aClaim, aContext, aCoverage, adjudicate, day, reversalOf } from '../builders.ts';
import { legFaults } from '../invariants.ts';

const DEDUCTIBLE = Money.of('615.00');
const THRESHOLD = Money.of('2100.00');

/** Ozempic, 3 mL to a package of 1 200.00, and Mounjaro, 2 mL to one of 1 349.02: any part of up to two packages. */
const aProduct = fc.oneof(
  fc.record({
    ndc: fc.constant('00169413013' as Ndc),
    packages: fc.integer({ min: 1, max: 2 }),
    size: fc.constant('3'),
  }),
  fc.record({
    ndc: fc.constant('00002150680' as Ndc),
    packages: fc.integer({ min: 1, max: 2 }),
    size: fc.constant('2'),
  }),
);

/** Fills of one year, five weeks apart, so that none is too soon. */
const aYear = fc.array(aProduct, { minLength: 1, maxLength: 10 }).map((products) =>
  products.map(({ ndc, packages, size }, index): BillingClaim =>
    aClaim({
      binNumber: '999020',
      processorControlNumber: 'PARTDSTD',
      dateOfService: CalendarDate.plusDays(day('2026-01-05'), 35 * index),
      datePrescriptionWritten: day('2026-01-02'),
      prescriptionServiceReferenceNumber: String(100 + index) as PrescriptionServiceReferenceNumber,
      ndc,
      quantityDispensed: Quantity.of(String(packages * Number(size))),
      unitOfMeasure: 'ML',
      daysSupply: 28,
      diagnosisCodes: [],
    }),
  ),
);

const aBalance = fc.record({
  deductibleMet: fc.integer({ min: 0, max: DEDUCTIBLE }).map(Money.ofCents),
  outOfPocket: fc.integer({ min: 0, max: THRESHOLD + 100_00 }).map(Money.ofCents),
});
const aLevel = fc.constantFrom(null, 'FULL', 'FBDE_100', 'INSTITUTIONAL');

const member = (balance: { deductibleMet: Money; outOfPocket: Money }, lowIncomeLevel: string | null) =>
  aContext({ coverage: aCoverage({ partD: [{ year: 2026, lowIncomeLevel, ...balance }] }) });

const total = ({ accumulators }: MemberState, kind: AccumulatorKind): Money =>
  accumulators.find((one) => one.kind === kind)?.amount ?? Money.zero;

const pricings = (claims: readonly BillingClaim[], context: ReturnType<typeof aContext>): readonly ResponsePricing[] =>
  adjudicate(claims, context).decisions.map(({ response }) => {
    if (response.status !== 'P') throw new Error('every claim of these years is paid');
    return response.pricing;
  });

describe('for every year of claims under the phases of Part D', () => {
  test('the legs add up to the price, the parts to the patient, the payers to the pharmacy, and none is negative', () => {
    fc.assert(
      fc.property(aYear, aBalance, aLevel, (claims, balance, level) => {
        for (const pricing of pricings(claims, member(balance, level))) {
          expect(legFaults(pricing)).toEqual([]);
          expect(Money.add(...pricing.payerShares.map(({ amount }) => amount))).toBe(pricing.totalAmountPaid);
        }
      }),
    );
  });

  test('the patient pays the deductible, a quarter of the rest, and nothing beyond the threshold, to the cent', () => {
    fc.assert(
      fc.property(aYear, aBalance, (claims, balance) => {
        let deductibleLeft = Math.max(0, DEDUCTIBLE - balance.deductibleMet);
        let thresholdLeft = Math.max(0, THRESHOLD - balance.outOfPocket);
        for (const { ingredientCostPaid, patientPayAmount } of pricings(claims, member(balance, null))) {
          const deductible = Math.min(ingredientCostPaid, deductibleLeft, thresholdLeft);
          const quarter = new Decimal(ingredientCostPaid).minus(deductible).times('0.25').toDecimalPlaces(0).toNumber();
          expect(patientPayAmount).toBe(Math.min(thresholdLeft, deductible + quarter));
          deductibleLeft -= deductible;
          thresholdLeft -= patientPayAmount;
        }
      }),
    );
  });

  test('deductible and threshold are never exceeded', () => {
    fc.assert(
      fc.property(aYear, aLevel, (claims, level) => {
        const nothing = { deductibleMet: Money.zero, outOfPocket: Money.zero };
        const { state } = adjudicate(claims, member(nothing, level));
        expect(total(state, 'DEDUCTIBLE')).toBeLessThanOrEqual(level === null ? DEDUCTIBLE : 0);
        expect(total(state, 'OUT_OF_POCKET')).toBeLessThanOrEqual(THRESHOLD);
      }),
    );
  });

  test('a fill that is taken back leaves no total', () => {
    fc.assert(
      fc.property(aYear, aBalance, aLevel, (claims, balance, level) => {
        const billedAndTakenBack = claims.flatMap((claim) => [claim, reversalOf(claim)]);
        expect(adjudicate(billedAndTakenBack, member(balance, level)).state.accumulators).toEqual([]);
      }),
    );
  });
});
