import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { decide } from '../../src/adjudication/decide.ts';
import { evolve } from '../../src/adjudication/evolve.ts';
import { initialMemberState, type MemberState } from '../../src/adjudication/state.ts';
import { explainDecision, type Step, type Trace } from '../../src/adjudication/trace.ts';
import type { Claim } from '../../src/claims/claim.ts';
import type { PrescriptionServiceReferenceNumber } from '../../src/claims/ids.ts';
import { Quantity } from '../../src/values/quantity.ts';
import { aHistory, aWorld } from '../properties/histories.ts';
import { waterfallFaults } from '../properties/waterfall-faults.ts';
import {
  aClaim,
  aContext,
  aCoverage,
  aParticipation,
  aPolicy,
  aQuestion,
  adjudicate,
  anAuthorization,
  BRIDGE,
  day,
  NDC,
  rebillOf,
  reversalOf,
  type Given,
} from '../builders.ts';

const traceOf = (claim: Claim, given: Given = {}, state: MemberState = initialMemberState): Trace =>
  explainDecision(claim, state, aContext(given)).trace;

/** Outcomes by edit, with the code or the flag. */
const wordOf = ({ outcome }: Step): string => {
  switch (outcome.kind) {
    case 'REJECTED':
      return `REJECTED ${outcome.code}`;
    case 'NOTED':
      return `NOTED ${outcome.flag}`;
    case 'PASSED':
    case 'REPEATED':
    case 'NOT_ASKED':
      return outcome.kind;
  }
};
const outcomesOf = ({ steps }: Trace) => Object.fromEntries(steps.map((step) => [step.edit, wordOf(step)]));

const stepOf = ({ steps }: Trace, edit: string) => {
  const step = steps.find((each) => each.edit === edit);
  return {
    saw: Object.fromEntries(step?.looksAt.map(({ name, value }) => [name, value]) ?? []),
    by: Object.fromEntries(step?.decidedBy.map(({ key, value }) => [key, value]) ?? []),
  };
};

const refill = aClaim({ dateOfService: day('2026-08-14'), fillNumber: 1 });
const { state: afterOneFill } = adjudicate([aClaim()]);

describe('the trace of a claim', () => {
  test('that is paid has passed every row of the payer sheet', () => {
    const outcomes = outcomesOf(traceOf(aClaim()));
    expect(new Set(Object.values(outcomes))).toEqual(new Set(['PASSED']));
    expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(['ROUTING', 'GROUP', 'AGE', 'REFILL_TOO_SOON']));
  });

  test('that is rejected says which row did it, and which were not asked any more', () => {
    const outcomes = outcomesOf(traceOf(aClaim({ daysSupply: 31 })));
    expect(outcomes).toMatchObject({
      PRIOR_AUTHORIZATION: 'PASSED',
      DAYS_SUPPLY: 'REJECTED 7X',
      QUANTITY: 'NOT_ASKED',
      REFILL_TOO_SOON: 'NOT_ASKED',
    });
  });

  test('has all rejects of a stage', () => {
    const stranger = { coverage: aCoverage({ lastName: 'Other', dateOfBirth: day('1955-03-13') }) };
    expect(outcomesOf(traceOf(aClaim(), stranger))).toMatchObject({
      CARDHOLDER_ID: 'PASSED',
      DATE_OF_BIRTH: 'REJECTED 7D',
      NAME: 'REJECTED 62',
      ENROLMENT: 'PASSED',
      OTHER_COVERAGE: 'NOT_ASKED',
    });
  });

  test('that nobody is routed by has asked nothing else', () => {
    const outcomes = outcomesOf(traceOf(aClaim({ processorControlNumber: 'OTHER' })));
    const { ROUTING, ...others } = outcomes;
    expect(ROUTING).toBe('REJECTED 04');
    expect(new Set(Object.values(others))).toEqual(new Set(['NOT_ASKED']));
  });

  test('that is flagged says by which row', () => {
    const split = aClaim({ ndc: NDC.wegovyTablet4, quantityDispensed: Quantity.of('28'), unitOfMeasure: 'EA' });
    expect(outcomesOf(traceOf(split))).toMatchObject({ QUANTITY: 'NOTED PACKAGE_SPLIT' });
  });

  test('that is sent again stops where its first answer was found', () => {
    const trace = traceOf({ ...aClaim(), transmissionId: 'again' }, {}, afterOneFill);
    expect(outcomesOf(trace)).toMatchObject({ DUPLICATE: 'REPEATED', CARDHOLDER_ID: 'NOT_ASKED' });
    expect(trace.status).toBe('D');
  });

  test('that takes a fill back has the rows of a reversal', () => {
    expect(outcomesOf(traceOf(reversalOf(aClaim()), {}, afterOneFill))).toEqual({
      ROUTING: 'PASSED',
      REVERSAL_WINDOW: 'PASSED',
      REVERSAL_MATCH: 'PASSED',
      REVERSAL_PRODUCT: 'PASSED',
      REVERSED_BEFORE: 'PASSED',
      REVERSED_PART: 'PASSED',
    });
    expect(outcomesOf(traceOf(reversalOf(aClaim())))).toMatchObject({
      REVERSAL_MATCH: 'REJECTED 31',
      REVERSAL_PRODUCT: 'NOT_ASKED',
    });
  });

  test('that rebills a fill has the rows of a rebill and those of a billing, asked as if the original had never been', () => {
    const rebill = rebillOf(aClaim(), { daysSupply: 30 });
    const trace = traceOf(rebill, {}, afterOneFill);
    expect(trace).toMatchObject({ status: 'P', rebillOf: `${aClaim().identityDigest}01` });
    expect(outcomesOf(trace)).toMatchObject({
      REBILL_OFFERED: 'PASSED',
      REBILL_MATCH: 'PASSED',
      REFILL_TOO_SOON: 'PASSED',
    });
    expect(stepOf(trace, 'REBILL_MATCH').saw['accounts: fills']).toMatch(/ PAID$/);
    expect(stepOf(trace, 'REFILL_TOO_SOON').saw['accounts: fills']).toMatch(/ REVERSED$/);
    expect(outcomesOf(traceOf(rebill))).toMatchObject({ REBILL_MATCH: 'REJECTED 31', GROUP: 'NOT_ASKED' });
  });

  test('that asks who is covered has the rows about a person', () => {
    expect(outcomesOf(traceOf(aQuestion(), { coverage: null }))).toEqual({
      ROUTING: 'PASSED',
      CARDHOLDER_ID: 'REJECTED 52',
      DATE_OF_BIRTH: 'PASSED',
      NAME: 'PASSED',
      ENROLMENT: 'PASSED',
    });
  });

  test('tells what a row saw, and the values of the policy that it was judged by', () => {
    expect(stepOf(traceOf(refill, {}, afterOneFill), 'REFILL_TOO_SOON')).toEqual({
      saw: {
        dateOfService: '2026-08-14',
        dispensingStatus: null,
        daysSupply: '28',
        productServiceId: '00169452414',
        submissionClarificationCodes: null,
        'accounts: fills': '2026-08-03 WEGOVY 00169452414 3.000 for 28 days PAID',
        'prior authorizations': 'DRUG WEGOVY APPROVED 2026-07-01 to 2027-12-31',
      },
      by: {
        'products[].drugFamily': 'WEGOVY',
        'refill.thresholdPercent': '75',
        'refill.countsOnHand': 'true',
        'refill.overrideCodes': 'none',
        'refill.doseChange': 'REJECT',
      },
    });
  });

  test.each<[string, string, Given, object]>([
    ['the plans', 'ENROLMENT', {}, { 'coverage: enrolments': 'MA_PD_HMO from 2026-01-01' }],
    [
      'that no plan is known',
      'ENROLMENT',
      { coverage: aCoverage({ enrolments: [] }) },
      { 'coverage: enrolments': 'none' },
    ],
    ['an age and no birth date', 'AGE', {}, { dateOfBirth: '71 years of age' }],
    [
      'the record of a pharmacy',
      'PHARMACY',
      { parties: [aParticipation()] },
      { 'participation: pharmacy': 'ACTIVE from 2026-01-01' },
    ],
    ['that a prescriber has none', 'PRESCRIBER', {}, { prescriberId: '***', 'participation: prescriber': 'no record' }],
    [
      'why an authorization was denied',
      'PRIOR_AUTHORIZATION',
      { priorAuthorizations: [anAuthorization({ status: 'DENIED', reason: 'MASH' })] },
      { 'prior authorizations': 'DRUG WEGOVY DENIED MASH 2026-07-01 to 2027-12-31' },
    ],
  ])('tells %s', (...[, edit, given, saw]) => {
    expect(stepOf(traceOf(aClaim(), given), edit).saw).toMatchObject(saw);
  });

  test('names the entries of the policy that held on its two days', () => {
    const { entries, policyVersion, programme } = traceOf(aClaim({ dateOfService: day('2027-01-04') }));
    expect(entries.map(({ kind, name, effective, knownFrom }) => [kind, name, effective, knownFrom])).toEqual([
      ['programme', BRIDGE, '2026-07-01', '2026-06-10'],
      ['product', 'Wegovy injection 2.4 mg/0.75 mL, 4 pens', '2026-01-01', '2026-01-01'],
      ['listing', 'covered', '2026-07-01', '2026-06-10'],
      ['price', 'WAC 675.00 a package', '2027-01-01', '2026-02-24'],
      ['rebate', 'MEDICARE_GLP1_BRIDGE NET_PER_MONTH', '2026-07-01', '2026-06-10'],
    ]);
    expect(entries.every(({ source }) => source.length > 10)).toBe(true);
    expect([programme, policyVersion]).toEqual([BRIDGE, aPolicy().version]);
  });

  test('gives the evidence of a rule where the bundle has some', () => {
    const step = traceOf(aClaim()).steps.find(({ edit }) => edit === 'AGE');
    expect(step?.decidedBy[0]?.note).toMatch(/^Age: CMS fact sheet 12235/);
  });

  test('has no value that names the person, the prescriber or the prescription', () => {
    const planted = aClaim({ prescriptionServiceReferenceNumber: '998877665' as PrescriptionServiceReferenceNumber });
    const { state } = adjudicate([planted]);
    const traces = [traceOf(planted), traceOf(planted, {}, state), traceOf(reversalOf(planted), {}, state)];
    const text = JSON.stringify([...traces, traceOf(aQuestion())]);
    const { cardholderId, patient, prescriberId } = planted;
    const names = Object.values(patient).flatMap((name) => [name, name.toLowerCase()]);
    for (const secret of [cardholderId, prescriberId, '998877665', ...names]) expect(text).not.toContain(secret);
    expect(text.toLowerCase()).not.toMatch(/specimen|robert|1955/);
  });
});

describe('for every history of a member, the trace', () => {
  test('comes with the decision that is made without one', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        let state = initialMemberState;
        for (const claim of history) {
          const { decision } = explainDecision(claim, state, context);
          expect(decision).toEqual(decide(claim, state, context));
          state = decision.events.reduce(evolve, state);
        }
      }),
    );
  });

  test('has sums that add up, and come to the amounts of the answer', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        let state = initialMemberState;
        for (const claim of history) {
          const { decision, trace } = explainDecision(claim, state, context);
          state = decision.events.reduce(evolve, state);
          expect(waterfallFaults(trace, decision.response)).toEqual([]);
        }
      }),
    );
  });

  test('rejects in its rows what the answer rejects, and names them by the same edits', () => {
    fc.assert(
      fc.property(aHistory, aWorld, (history, { context }) => {
        let state = initialMemberState;
        for (const claim of history) {
          const { decision, trace } = explainDecision(claim, state, context);
          state = decision.events.reduce(evolve, state);
          const refused = trace.steps.flatMap(({ edit, outcome }) =>
            outcome.kind === 'REJECTED' ? [`${edit} ${outcome.code}`] : [],
          );
          expect(trace.rejects.map(({ edit, code }) => `${edit} ${code}`)).toEqual(refused.slice(0, 5));
        }
      }),
    );
  });
});
