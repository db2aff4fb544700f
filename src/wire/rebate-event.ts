import type { RebateEvent } from '../rebates/rebate-event.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import type { RebateEventRecord } from './records.ts';

/** For a ledger: its entries carry integer minor units that say their own scale and currency. */
export const writeRebateEvent = (event: RebateEvent): RebateEventRecord => ({
  ...event,
  effectiveAt: CalendarDate.toEpochDay(event.effectiveAt),
  entries: event.entries.map(({ account, amount }) => ({
    account,
    amountMinorUnits: amount,
    scale: 2,
    currency: 'USD',
  })),
});
