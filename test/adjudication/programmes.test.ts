import { describe, expect, test } from 'vitest';

import { parsePolicyBundle } from '../../src/adapters/files/policy-bundle.ts';
import type { BillingClaim } from '../../src/claims/claim.ts';
import type { PrescriptionServiceReferenceNumber, ProgrammeId } from '../../src/claims/ids.ts';
import type { PolicyBundle } from '../../src/policy/policy-bundle.ts';
import { Money } from '../../src/values/money.ts';
import {
  aClaim,
  aContext,
  adjudicate,
  anAuthorization,
  BRIDGE,
  day,
  policyDocuments,
  reversalOf,
  wordOf,
} from '../builders.ts';

type Json = Record<string, unknown>;

const OTHER = 'OTHER_PROGRAMME' as ProgrammeId;

/** The deployed policy and beside it a programme of nobody's: the same rules, with a copay of 20.00 a month and no rebates. */
function twoProgrammes(): PolicyBundle {
  const documents = policyDocuments();
  const { programmes } = documents['programmes.json'] as { programmes: Json[] };
  const { listings } = documents['covered-drugs.json'] as { listings: Json[] };
  const copy = structuredClone(programmes[0] ?? {}) as Json & {
    versions: { rules: { cap: Json; rebates: unknown } }[];
  };
  for (const { rules } of copy.versions) {
    rules.rebates = [];
    Object.assign(rules.cap, { amount: '20.00', scope: 'CALENDAR_MONTH' });
  }
  programmes.push({ ...copy, id: OTHER, routing: { binNumber: '610000', processorControlNumber: 'OTHER' } });
  listings.push({ ...listings[0], programme: OTHER });
  return parsePolicyBundle(documents);
}

const context = aContext({
  policy: twoProgrammes(),
  priorAuthorizations: [anAuthorization(), anAuthorization({ programme: OTHER })],
});
const elsewhere = { binNumber: '610000', processorControlNumber: 'OTHER' };
const fillOn = (date: string, changes: Partial<BillingClaim> = {}): BillingClaim =>
  aClaim({
    dateOfService: day(date),
    prescriptionServiceReferenceNumber: date.replaceAll('-', '') as PrescriptionServiceReferenceNumber,
    ...changes,
  });

describe('a second programme', () => {
  test('is data alone: its claims are judged and priced by its own rules', () => {
    const { decisions } = adjudicate([fillOn('2026-08-03', elsewhere)], context);
    expect(decisions[0]?.response).toMatchObject({
      status: 'P',
      programme: OTHER,
      pricing: { patientPayAmount: Money.of('20.00'), manufacturerOwedAmount: Money.zero },
    });
    expect(decisions[0]?.events).toMatchObject([{ fill: { rebate: null } }]);
  });

  test('shares neither supply nor totals with the first', () => {
    const claims = [fillOn('2026-08-03'), fillOn('2026-08-03', elsewhere), fillOn('2026-08-24', elsewhere)];
    const { decisions, state } = adjudicate(claims, context);
    expect(decisions.map(wordOf)).toEqual(['P', 'P', 'P']);
    expect(state.fills.map(({ pricing }) => Money.toText(pricing.patientPayAmount))).toEqual([
      '50.00',
      '20.00',
      '0.00',
    ]);
    expect(state.accumulators.map(({ programme, amount }) => [programme, Money.toText(amount)])).toEqual([
      [BRIDGE, '50.00'],
      [OTHER, '20.00'],
    ]);
  });

  test('does not take back a fill of the first', () => {
    const claim = fillOn('2026-08-03');
    const { decisions } = adjudicate([claim, { ...reversalOf(claim), ...elsewhere }], context);
    expect(decisions.map(wordOf)).toEqual(['P', '31']);
  });

  test('does not forget the fills of the first', () => {
    const claims = [fillOn('2026-07-03'), fillOn('2026-07-04', elsewhere), fillOn('2027-06-01', elsewhere)];
    const { state } = adjudicate(claims, context);
    expect(state.fills.map(({ dateOfService }) => dateOfService)).toEqual(['2026-07-03', '2027-06-01']);
  });

  test('asks for an authorization of its own', () => {
    const { decisions } = adjudicate([fillOn('2026-08-03', elsewhere)], {
      ...context,
      priorAuthorizations: [anAuthorization()],
    });
    expect(decisions.map(wordOf)).toEqual(['75']);
  });
});
