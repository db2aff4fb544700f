import type { BillingClaim, Claim, EligibilityClaim } from '../claims/claim.ts';
import type { AsOf } from '../policy/dated.ts';
import {
  asOfClaim,
  endedBefore,
  programmeOf,
  rulesAsOf,
  type PolicyBundle,
  type Programme,
} from '../policy/policy-bundle.ts';
import type { Listing, Product } from '../policy/products.ts';
import type { ProgrammeRules } from '../policy/programme-rules.ts';
import type { Context } from './context.ts';
import { refuse, type Finding, type Refusal } from './edit.ts';
import type { Row } from './row.ts';
import type { MemberState } from './state.ts';

/** Where a claim belongs: its programme, and that programme's rules as of the claim's two days. */
export type Route = {
  readonly kind: 'ROUTE';
  readonly programme: Programme;
  readonly rules: ProgrammeRules;
  readonly when: AsOf;
};

/** What the edits about a person look at; a billing and an eligibility question alike. */
export type Person = {
  readonly claim: BillingClaim | EligibilityClaim;
  readonly context: Context;
  readonly rules: ProgrammeRules;
};

/** What the edits of a billing look at. */
export type Billing = Omit<Route, 'kind'> & {
  readonly claim: BillingClaim;
  readonly state: MemberState;
  readonly context: Context;
  /** Null when the NDC is not on file; the edits behind that one are about a product that is. */
  readonly product: Product | null;
  /** Null when the programme does not list it. */
  readonly listing: Listing | null;
};

/** The guard before every sheet: it finds the rules that the rows are judged by, so that it is no row itself. */
export const ROUTING: Row = {
  edit: 'ROUTING',
  codes: ['01', '04', '67', '69'],
  looksAt: ['binNumber', 'processorControlNumber', 'dateOfService', 'receivedAt'],
  decidedBy: [
    'programmes[].routing.binNumber',
    'programmes[].routing.processorControlNumber',
    'effective',
    'terminated',
    'knownFrom',
  ],
};

/** Before any other edit: without a programme there are no rules to judge by. */
export function route(claim: Claim, policy: PolicyBundle): Route | Refusal {
  const programme = programmeOf(policy, claim);
  if (programme === null) return refuse(policy.programmes.has(claim.binNumber) ? '04' : '01');
  const when = asOfClaim(claim);
  const rules = rulesAsOf(programme, when);
  if (rules === null) return refuse(endedBefore(programme, when) ? '69' : '67', 'PROGRAMME');
  return { kind: 'ROUTE', programme, rules, when };
}

/** An edit about the product says nothing of a product that is not on file: reject 54 has said it. */
export const ofProduct =
  (check: (billing: Billing, product: Product) => Finding | null) =>
  (billing: Billing): Finding | null =>
    billing.product === null ? null : check(billing, billing.product);
