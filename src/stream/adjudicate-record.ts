import type { Context } from '../adjudication/context.ts';
import { step } from '../adjudication/decide.ts';
import { initialMemberState } from '../adjudication/state.ts';
import type { MemberState } from '../adjudication/state.ts';
import type { ClaimResponse } from '../claims/response.ts';
import { rebateEvents } from '../rebates/rebate-events.ts';
import { writeResponse } from '../wire/claim-response.ts';
import type { Parsed } from '../wire/read-claim.ts';
import { writeRebateEvent } from '../wire/rebate-event.ts';
import type { ClaimRecord, ClaimResponseRecord, RebateEventRecord } from '../wire/records.ts';

/** A member's accounts with the number of changes they have seen; what the changelog keeps. */
export type Accounts = { readonly sequence: number; readonly state: MemberState };

export const initialAccounts: Accounts = { sequence: 0, state: initialMemberState };

export type Adjudicated = {
  readonly response: ClaimResponseRecord;
  readonly rebateEvents: readonly RebateEventRecord[];
  /** The accounts that were given, when the claim moved nothing. */
  readonly accounts: Accounts;
};

/** One claim of the stream or of a file: the same function, so that both give the same answers. */
export function adjudicateRecord(
  claim: { record: ClaimRecord; parsed: Parsed },
  accounts: Accounts,
  context: Context,
): Adjudicated {
  const { record, parsed } = claim;
  if (parsed.kind === 'rejected') {
    const refused: ClaimResponse = { status: 'R', rejects: parsed.rejects, policyVersion: context.policy.version };
    return { response: writeResponse({ record, response: refused }), rebateEvents: [], accounts };
  }
  const { response, events, state } = step(parsed.claim, accounts.state, context);
  return {
    response: writeResponse({ record, response }),
    rebateEvents: rebateEvents(events).map(writeRebateEvent),
    accounts: events.length === 0 ? accounts : { sequence: accounts.sequence + 1, state },
  };
}
