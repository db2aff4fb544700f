import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { BillingClaim } from '../../src/claims/claim.ts';
import type {
  CardholderId,
  DrugFamily,
  Ndc,
  PrescriptionServiceReferenceNumber,
  ProgrammeId,
} from '../../src/claims/ids.ts';
import type { HouseholdCeiling, MedicaidStanding, Participation } from '../../src/policy/reference.ts';
import { rebateEvents } from '../../src/rebates/rebate-events.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import { Money } from '../../src/values/money.ts';
import { aClaim, aContext, aCoverage, adjudicate, anAuthorization, day } from '../builders.ts';
import { owedFaults, rebateLedger } from '../invariants.ts';

const MEMBER = 'ZZ00012345' as CardholderId;
const FFS = 'MEDICAID_ZZ_FFS' as ProgrammeId;

const takesPart = (model: string, participantType: Participation['participantType'], participantId: string) =>
  ({
    model: model as ProgrammeId,
    participantType,
    participantId,
    status: 'ACTIVE',
    effective: day('2026-01-01'),
    terminated: null,
  }) as const satisfies Participation;

const PARTIES = ['BALANCE_MEDICAID', 'GENEROUS'].flatMap((model) => [
  takesPart(model, 'STATE', 'ZZ'),
  takesPart(model, 'LABELER', '00169'),
]);

/** Fills of Ozempic, or of the non-preferred Rybelsus, from October on, at least five weeks apart. */
const fills = fc.array(fc.record({ preferred: fc.boolean(), pause: fc.integer({ min: 35, max: 50 }) }), {
  minLength: 1,
  maxLength: 6,
});

function claimsOf(drawn: readonly { readonly preferred: boolean; readonly pause: number }[]): readonly BillingClaim[] {
  let on = day('2026-10-01');
  return drawn.map(({ preferred, pause }, index) => {
    const claim = aClaim({
      binNumber: '999010',
      processorControlNumber: 'ZZFFS',
      cardholderId: MEMBER,
      dateOfService: on,
      prescriptionServiceReferenceNumber: String(100 + index) as PrescriptionServiceReferenceNumber,
      ndc: (preferred ? '00169413013' : '00169430330') as Ndc,
      quantityDispensed: aClaim().quantityDispensed,
      unitOfMeasure: preferred ? 'ML' : 'EA',
      daysSupply: 28,
    });
    on = CalendarDate.plusDays(on, pause);
    return claim;
  });
}

const member = (standing: Partial<MedicaidStanding>) =>
  aContext({
    coverage: aCoverage({
      cardholderId: MEMBER,
      enrolments: [{ planType: 'MEDICAID_FFS', effective: day('2026-01-01'), terminated: null }],
      medicaid: { exemptGroups: [], incomePercentOfFpl: 120, household: null, lifestyleSupport: null, ...standing },
    }),
    priorAuthorizations: ['OZEMPIC', 'RYBELSUS'].map((family) =>
      anAuthorization({ programme: FFS, drugFamily: family as DrugFamily }),
    ),
    parties: [...PARTIES, takesPart(FFS, 'LABELER', '00169')],
  });

const cents = (max: number) => fc.integer({ min: 0, max }).map(Money.ofCents);
const aCeiling: fc.Arbitrary<HouseholdCeiling> = fc
  .record({ amount: cents(20_00), quarterly: fc.boolean(), spent: cents(15_00) })
  .map(({ amount, quarterly, spent }) => ({
    amount,
    period: quarterly ? 'QUARTER' : 'MONTH',
    spentByOthers: quarterly ? [{ period: '2026Q4', amount: spent }] : [{ period: '2026-11', amount: spent }],
  }));

describe('for every row of fills under Medicaid', () => {
  test('no copay is above the federal maximum, nor all of a period above what the household has left', () => {
    fc.assert(
      fc.property(fills, aCeiling, (drawn, household) => {
        const spent = new Map(household.spentByOthers.map(({ period, amount }) => [period, amount as number]));
        const paid = new Set<string>();
        for (const [index, { response }] of adjudicate(claimsOf(drawn), member({ household })).decisions.entries()) {
          if (response.status !== 'P') continue;
          const { dateOfService } = claimsOf(drawn)[index] ?? aClaim();
          const { patientPayAmount } = response.pricing;
          expect(patientPayAmount).toBeLessThanOrEqual(Money.of('8.00'));
          const period =
            household.period === 'MONTH' ? CalendarDate.month(dateOfService) : CalendarDate.quarter(dateOfService);
          spent.set(period, (spent.get(period) ?? 0) + patientPayAmount);
          if (patientPayAmount > 0) paid.add(period);
        }
        // Where others alone are above the ceiling, the member pays nothing.
        for (const period of paid) expect(spent.get(period)).toBeLessThanOrEqual(household.amount);
      }),
    );
  });

  test('who is exempt pays nothing', () => {
    fc.assert(
      fc.property(fills, fc.constantFrom('PREGNANT', 'CHILD', 'HOSPICE', 'AMERICAN_INDIAN'), (drawn, group) => {
        const { state } = adjudicate(claimsOf(drawn), member({ exemptGroups: [group] }));
        expect(state.fills.length).toBeGreaterThan(0);
        expect(state.fills.every(({ pricing }) => pricing.patientPayAmount === Money.zero)).toBe(true);
      }),
    );
  });

  test('a fill earns the rebate of one model at most, and its entries sum to zero', () => {
    fc.assert(
      fc.property(fills, (drawn) => {
        const { decisions, state } = adjudicate(claimsOf(drawn), member({}));
        const ledger = rebateLedger();
        expect(decisions.flatMap(({ events }) => rebateEvents(events)).flatMap((event) => ledger.post(event))).toEqual(
          [],
        );
        expect(owedFaults(state.fills, ledger)).toEqual([]);
      }),
    );
  });
});
