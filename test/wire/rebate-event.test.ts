import { expect, test } from 'vitest';

import type { AuthorizationNumber, Ndc } from '../../src/claims/ids.ts';
import type { RebateEvent } from '../../src/rebates/rebate-event.ts';
import { Instant } from '../../src/values/calendar-date.ts';
import { Money } from '../../src/values/money.ts';
import { Quantity } from '../../src/values/quantity.ts';
import { TYPES } from '../../src/wire/avro.ts';
import { writeRebateEvent } from '../../src/wire/rebate-event.ts';
import { BRIDGE, day } from '../builders.ts';

const reversal: RebateEvent = {
  eventId: 'REVERSAL:0123456789ABCDEF01',
  type: 'REVERSAL',
  reverses: 'ACCRUAL:0123456789ABCDEF01',
  programme: BRIDGE,
  authorizationNumber: '0123456789ABCDEF01' as AuthorizationNumber,
  labeler: '00169',
  ndc: '00169452414' as Ndc,
  units: Quantity.negate(Quantity.of('3')),
  unitOfMeasure: 'ML',
  rebatePeriod: '2026Q3',
  wacAmount: Money.of('1349.02'),
  uraAmount: null,
  netAmount: Money.of('245.00'),
  rebateAmount: Money.of('-1104.02'),
  totalAmountPaid: Money.of('-1309.02'),
  patientPayAmount: Money.of('-50.00'),
  state: null,
  utilization: null,
  entries: [
    { account: 'PROGRAMME_COST', amount: Money.of('1104.02') },
    { account: 'MANUFACTURER_RECEIVABLE', amount: Money.of('-1104.02') },
  ],
  is340B: false,
  effectiveAt: day('2026-08-03'),
  recordedAt: Instant.ofEpochMs(1_785_772_800_000),
  policyVersion: 'v1',
};

test('an event for the ledger carries signed minor units that say their scale and currency', () => {
  const record = writeRebateEvent(reversal);
  expect(record).toEqual({
    ...reversal,
    units: -3_000,
    wacAmount: 134_902,
    netAmount: 24_500,
    rebateAmount: -110_402,
    totalAmountPaid: -130_902,
    patientPayAmount: -5_000,
    entries: [
      { account: 'PROGRAMME_COST', amountMinorUnits: 110_402, scale: 2, currency: 'USD' },
      { account: 'MANUFACTURER_RECEIVABLE', amountMinorUnits: -110_402, scale: 2, currency: 'USD' },
    ],
    effectiveAt: 20_668,
  });
  expect(TYPES.RebateEvent.fromBuffer(TYPES.RebateEvent.toBuffer(record))).toEqual(record);
});
