import type { Accumulator, Fill, MemberState } from '../adjudication/state.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import type { FillRecord, MemberAccountsRecord } from './records.ts';

/** A member's state, and its place in the sequence of changes. Only this project writes the record, so its words are taken as they are. */
export const readAccounts = ({
  sequence,
  fills,
  accumulators,
}: MemberAccountsRecord): { readonly sequence: number; readonly state: MemberState } => ({
  sequence,
  state: { fills: fills.map(readFill), accumulators: accumulators as readonly unknown[] as readonly Accumulator[] },
});

const readFill = (record: FillRecord): Fill =>
  ({
    ...record,
    dateOfService: CalendarDate.ofEpochDay(record.dateOfService),
    // Before a policy could leave a capped fill out, all of its cost counted.
    benefit: record.benefit && {
      ...record.benefit,
      grossCostAmount:
        record.benefit.grossCostAmount ?? record.pricing.ingredientCostPaid + record.pricing.dispensingFeePaid,
    },
    // Before there were several models, the rebate was the programme's own.
    rebate: record.rebate && { ...record.rebate, model: record.rebate.model ?? record.programme },
  }) as Fill;

/** The post-image of a member for the changelog. */
export const writeAccounts = (sequence: number, { fills, accumulators }: MemberState): MemberAccountsRecord => ({
  sequence,
  fills: fills.map(writeFill),
  accumulators,
});

const writeFill = (fill: Fill): FillRecord => ({
  ...fill,
  dateOfService: CalendarDate.toEpochDay(fill.dateOfService),
});
