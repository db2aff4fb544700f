import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  type Accumulator,
  ACCUMULATOR_KINDS,
  type Fill,
  type FillRebate,
  initialMemberState,
} from '../../src/adjudication/state.ts';
import { type PayerShare, PAYERS, type ResponsePricing } from '../../src/claims/response.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import { Money } from '../../src/values/money.ts';
import { Quantity } from '../../src/values/quantity.ts';
import { TYPES } from '../../src/wire/avro.ts';
import { fromJson } from '../../src/wire/json.ts';
import { readAccounts, writeAccounts } from '../../src/wire/member-accounts.ts';

const money = fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }).map(Money.ofCents);
const word = <Word extends string>() => fc.string({ maxLength: 12 }) as fc.Arbitrary<Word>;
const small = fc.integer({ min: 0, max: 999 });
const dayOf2026 = fc.integer({ min: 20_454, max: 20_818 }).map(CalendarDate.ofEpochDay);

const pricing = fc.record<ResponsePricing>({
  ingredientCostPaid: money,
  dispensingFeePaid: money,
  patientPayAmount: money,
  amountOfCopay: money,
  amountAppliedToPeriodicDeductible: money,
  amountOfCoinsurance: money,
  totalAmountPaid: money,
  manufacturerOwedAmount: money,
  payerShares: fc.array(fc.record<PayerShare>({ payer: fc.constantFrom(...PAYERS), amount: money })),
});

const rebate = fc.record<FillRebate>({
  model: word(),
  eventId: word(),
  labeler: word(),
  unitOfMeasure: word(),
  rebatePeriod: word(),
  wacAmount: money,
  uraAmount: fc.option(money, { nil: null }),
  netAmount: money,
  rebateAmount: money,
  state: fc.option(word(), { nil: null }),
  utilization: fc.constantFrom('FFSU', 'MCOU', null),
  patientPayAmount: money,
});

// Every field of a fill: the compiler asks for a line when one is added, and the test for a field of the schema.
const fill = fc.record<Fill>({
  authorizationNumber: word(),
  status: fc.constantFrom('PAID', 'REVERSED'),
  programme: word(),
  serviceProviderId: word(),
  prescriptionServiceReferenceNumber: word(),
  fillNumber: small,
  dateOfService: dayOf2026,
  ndc: word(),
  drugFamily: word(),
  quantityDispensed: small.map(Quantity.ofThousandths),
  daysSupply: small,
  dispensingStatus: fc.constantFrom('P', 'C', null),
  daysSupplyIntendedToBeDispensed: fc.option(small, { nil: null }),
  completes: fc.option(word(), { nil: null }),
  usualAndCustomaryCharge: money,
  identityDigest: word(),
  contentDigest: word(),
  transmissionId: word(),
  reversedBy: fc.option(word(), { nil: null }),
  rebillOf: fc.option(word(), { nil: null }),
  pricing,
  benefit: fc.option(fc.record({ outOfPocketAmount: money, grossCostAmount: money }), { nil: null }),
  flags: fc.array(word()),
  rebate: fc.option(rebate, { nil: null }),
  policyVersion: word(),
});

const accumulator = fc.record<Accumulator>({
  programme: word(),
  kind: fc.constantFrom(...ACCUMULATOR_KINDS),
  period: word(),
  amount: money,
});

const state = fc.record({
  fills: fc.array(fill, { maxLength: 4 }),
  accumulators: fc.array(accumulator, { maxLength: 4 }),
});

test("a member's state comes back from the changelog as it went in", () => {
  fc.assert(
    fc.property(fc.nat(), state, (sequence, before) => {
      const bytes = TYPES.MemberAccounts.toBuffer(writeAccounts(sequence, before));
      const record = TYPES.MemberAccounts.fromBuffer(bytes) as ReturnType<typeof writeAccounts>;
      expect(readAccounts(record)).toEqual({ sequence, state: before });
    }),
    { numRuns: 200 },
  );
});

test('a member of whom nothing is known is an empty image', () => {
  expect(writeAccounts(0, initialMemberState)).toEqual({ sequence: 0, fills: [], accumulators: [] });
});

test('a fill from before the gross cost was kept counts with all of its cost', () => {
  const example = new URL('../../schemas/examples/member-accounts.json', import.meta.url);
  const read = fromJson('MemberAccounts', JSON.parse(readFileSync(example, 'utf8')));
  if (read.kind === 'problems') throw new Error(read.problems.join());
  const benefit = { outOfPocketAmount: 0, grossCostAmount: null };
  const fills = read.record.fills.map((each) => ({ ...each, benefit }));
  expect(readAccounts({ ...read.record, fills }).state.fills[0]?.benefit?.grossCostAmount).toBe(135_902);
});
