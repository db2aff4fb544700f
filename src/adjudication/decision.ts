import type { Rejects } from '../claims/response.ts';
import type { ClaimResponse } from '../claims/response.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import { rejectOf, type Refusal } from './edit.ts';
import type { ClaimEvent } from './events.ts';

/** The answer to a claim and what happened to the member's account because of it. */
export type Decision = { readonly response: ClaimResponse; readonly events: readonly ClaimEvent[] };

/** A refused claim gets all the rejects of its stage, and nothing happens. */
export const rejected = (rejects: Rejects, { version }: PolicyBundle): Decision => ({
  response: { status: 'R', rejects, policyVersion: version },
  events: [],
});

/** A refusal outside of the payer sheet, by a guard that is named like an edit. */
export const refusedBy = (edit: string, refusal: Refusal, policy: PolicyBundle): Decision =>
  rejected([rejectOf(edit, refusal, policy.messages)], policy);
