import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { evolve } from '../../src/adjudication/evolve.ts';
import { initialMemberState } from '../../src/adjudication/state.ts';
import { explainDecision } from '../../src/adjudication/trace.ts';
import type { BillingClaim, Claim } from '../../src/claims/claim.ts';
import type { CardholderId, Ndc, ProgrammeId } from '../../src/claims/ids.ts';
import type { Coverage, MedicaidStanding, Participation, PartDYear } from '../../src/policy/reference.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import { Money } from '../../src/values/money.ts';
import { Quantity } from '../../src/values/quantity.ts';
import { aClaim, aContext, aCoverage, anAuthorization, aParticipation, day, noonOf, reversalOf } from '../builders.ts';
import { waterfallFaults } from './waterfall-faults.ts';

type Fill = {
  readonly daysLater: number;
  readonly daysSupply: number;
  readonly units: number;
  readonly charge: number;
};

const aFill: fc.Arbitrary<Fill> = fc.record({
  daysLater: fc.integer({ min: 25, max: 40 }),
  daysSupply: fc.constantFrom(28, 30),
  units: fc.constantFrom(1, 1, 1, 2),
  charge: fc.constantFrom(0, 150, 700, 139_999),
});

const money = (most: number): fc.Arbitrary<Money> => fc.nat(most).map(Money.ofCents);

/** A treatment with one drug of one programme, whose second half may be taken back again. */
const treatment = (first: Partial<BillingClaim>, inPackage: string): fc.Arbitrary<readonly Claim[]> =>
  fc.tuple(fc.array(aFill, { minLength: 1, maxLength: 8 }), fc.boolean()).map(([fills, takenBack]) => {
    let dateOfService = first.dateOfService ?? day('2026-08-03');
    const claims = fills.map(({ daysLater, daysSupply, units, charge }, fillNumber) => {
      dateOfService = CalendarDate.plusDays(dateOfService, daysLater);
      return aClaim({
        ...first,
        dateOfService,
        receivedAt: noonOf(dateOfService),
        fillNumber,
        numberOfRefillsAuthorized: null,
        daysSupply,
        unitOfMeasure: null,
        quantityDispensed: Quantity.ofThousandths(Quantity.of(inPackage) * units),
        usualAndCustomaryCharge: Money.ofCents(charge),
      });
    });
    const last = claims.at(-1);
    return takenBack && last ? [...claims, reversalOf(last)] : claims;
  });

const routed = (binNumber: string, processorControlNumber: string, ndc: string): Partial<BillingClaim> => ({
  binNumber,
  processorControlNumber,
  ndc: ndc as Ndc,
});

const aStanding: fc.Arbitrary<MedicaidStanding> = fc.record({
  exemptGroups: fc.constantFrom<readonly string[]>([], [], [], ['PREGNANT']),
  incomePercentOfFpl: fc.constantFrom(null, 90, 120, 160),
  household: fc.option(
    fc.record({
      amount: money(3_000),
      period: fc.constantFrom('MONTH' as const, 'QUARTER' as const),
      spentByOthers: fc.array(
        fc.record({ period: fc.constantFrom('2026-10', '2026-11', '2026Q4'), amount: money(1_000) }),
      ),
    }),
  ),
  lifestyleSupport: fc.constantFrom(null, 'DECLINED' as const),
});

const aYear: fc.Arbitrary<PartDYear> = fc.record({
  year: fc.constantFrom(2026, 2027),
  lowIncomeLevel: fc.constantFrom(null, null, 'FULL'),
  deductibleMet: money(70_000),
  outOfPocket: money(250_000),
});

/** Everybody takes part in every model. */
const PARTIES: readonly Participation[] = ['BALANCE_MEDICAID', 'GENEROUS', 'GUARD', 'MEDICAID_ZZ_FFS'].flatMap(
  (model) => [
    aParticipation({ model: model as ProgrammeId, participantType: 'LABELER', participantId: '00169' }),
    aParticipation({ model: model as ProgrammeId, participantType: 'STATE', participantId: 'ZZ' }),
  ],
);

const MEDICAID = { ...routed('999010', 'ZZFFS', '00169452514'), cardholderId: 'ZZ00012345' as CardholderId };

/** Checks the sums of every claim, and counts those that were paid: a run in which nothing is paid has looked at nothing. */
function paidWithSums(claims: readonly Claim[], coverage: Partial<Coverage>): number {
  const context = aContext({
    coverage: aCoverage(coverage),
    parties: PARTIES,
    priorAuthorizations: [anAuthorization({ programme: 'MEDICAID_ZZ_FFS' as ProgrammeId })],
  });
  let state = initialMemberState;
  let paid = 0;
  for (const claim of claims) {
    const { decision, trace } = explainDecision(claim, state, context);
    expect(waterfallFaults(trace, decision.response)).toEqual([]);
    state = decision.events.reduce(evolve, state);
    if (decision.response.status === 'P') paid += 1;
  }
  return paid;
}

describe('the sums of a waterfall add up, and come to the answer, for every member of', () => {
  test('Medicaid', () => {
    const claims = treatment({ ...MEDICAID, dateOfService: day('2026-09-20') }, '2');
    let paid = 0;
    fc.assert(
      fc.property(claims, aStanding, (history, medicaid) => {
        const enrolments = [{ planType: 'MEDICAID_FFS', effective: day('2026-01-01'), terminated: null }];
        paid += paidWithSums(history, { enrolments, medicaid });
      }),
    );
    expect(paid).toBeGreaterThan(50);
  });

  test('Part D', () => {
    const claims = treatment(routed('999020', 'PARTDSTD', '00169413013'), '3');
    let paid = 0;
    fc.assert(
      fc.property(claims, fc.array(aYear, { maxLength: 2 }), (history, partD) => {
        paid += paidWithSums(history, { partD });
      }),
    );
    expect(paid).toBeGreaterThan(50);
  });
});
