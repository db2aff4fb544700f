import type { ClaimEvent } from '../adjudication/events.ts';
import type { Flag } from '../adjudication/flags.ts';
import type { Fill, FillRebate } from '../adjudication/state.ts';
import type { Instant } from '../values/calendar-date.ts';
import { Money } from '../values/money.ts';
import { Quantity } from '../values/quantity.ts';
import type { EntryLine, RebateEvent } from './rebate-event.ts';

/**
 * What the manufacturers owe because of these events. Only paying and taking back move their leg; a fill for which nobody
 * owes anything (340B) makes no event, while one that owes 0.00 does: its units belong on the invoice.
 */
export const rebateEvents = (events: readonly ClaimEvent[]): readonly RebateEvent[] => events.flatMap(rebateEventsOf);

function rebateEventsOf(event: ClaimEvent): readonly RebateEvent[] {
  switch (event.type) {
    case 'ClaimPaid':
      return event.fill.rebate ? [accrual(event.fill, event.fill.rebate, event.recordedAt)] : [];
    case 'ClaimReversed':
      return event.fill.rebate ? [mirror(accrual(event.fill, event.fill.rebate, event.recordedAt))] : [];
    case 'ClaimRepriced':
    case 'FillsForgotten':
      return [];
  }
}

/** Everything comes from the fill, so that a reversal mirrors what was accrued and not what the policy says by then. */
function accrual(fill: Fill, rebate: FillRebate, recordedAt: Instant): RebateEvent {
  const { ingredientCostPaid, dispensingFeePaid } = fill.pricing;
  return {
    eventId: rebate.eventId,
    type: 'ACCRUAL',
    reverses: null,
    programme: rebate.model,
    authorizationNumber: fill.authorizationNumber,
    labeler: rebate.labeler,
    ndc: fill.ndc,
    units: fill.quantityDispensed,
    unitOfMeasure: rebate.unitOfMeasure,
    rebatePeriod: rebate.rebatePeriod,
    wacAmount: rebate.wacAmount,
    uraAmount: rebate.uraAmount,
    netAmount: rebate.netAmount,
    rebateAmount: rebate.rebateAmount,
    totalAmountPaid: Money.subtract(Money.add(ingredientCostPaid, dispensingFeePaid), rebate.patientPayAmount),
    patientPayAmount: rebate.patientPayAmount,
    state: rebate.state,
    utilization: rebate.utilization,
    entries: entriesOf(rebate.rebateAmount),
    is340B: fill.flags.includes('340B' satisfies Flag),
    effectiveAt: fill.dateOfService,
    recordedAt,
    policyVersion: fill.policyVersion,
  };
}

/** A reversal is a new event the other way round, never an edit: the books of a closed quarter must not change. */
const mirror = (accrued: RebateEvent): RebateEvent => ({
  ...accrued,
  eventId: `REVERSAL:${accrued.authorizationNumber}`,
  type: 'REVERSAL',
  reverses: accrued.eventId,
  units: Quantity.negate(accrued.units),
  wacAmount: Money.negate(accrued.wacAmount),
  uraAmount: accrued.uraAmount === null ? null : Money.negate(accrued.uraAmount),
  netAmount: Money.negate(accrued.netAmount),
  rebateAmount: Money.negate(accrued.rebateAmount),
  totalAmountPaid: Money.negate(accrued.totalAmountPaid),
  patientPayAmount: Money.negate(accrued.patientPayAmount),
  entries: entriesOf(Money.negate(accrued.rebateAmount)),
});

/** The manufacturer owes the programme, which costs the programme that much less. */
const entriesOf = (amount: Money): readonly [EntryLine, EntryLine] => [
  { account: 'MANUFACTURER_RECEIVABLE', amount },
  { account: 'PROGRAMME_COST', amount: Money.negate(amount) },
];
