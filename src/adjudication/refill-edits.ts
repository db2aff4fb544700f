import type { Product } from '../policy/products.ts';
import type { RefillRules } from '../policy/programme-rules.ts';
import { mayRefillEarly } from './authorization-edits.ts';
import { note, refuse, type Finding } from './edit.ts';
import type { Flag } from './flags.ts';
import { COMPLETION } from './partial-fill.ts';
import type { Fill } from './state.ts';
import { ofProduct, type Billing } from './subject.ts';
import { fillsOf, nextFillDate, supplyOf, type Supplied } from './supply.ts';

/** Submission Clarification Code (420-DK): therapy change. */
const THERAPY_CHANGE = '5';

export const refillsAuthorized = ({ claim }: Billing): Finding | null =>
  claim.numberOfRefillsAuthorized !== null && claim.fillNumber > claim.numberOfRefillsAuthorized ? refuse('7W') : null;

/** A completion is no refill: the fill that it completes was let through. */
export const refillTooSoon = ofProduct((billing, product) =>
  billing.claim.dispensingStatus === COMPLETION ? null : tooSoon(billing, product),
);

function tooSoon(billing: Billing, product: Product): Finding | null {
  const { claim, programme, rules, state } = billing;
  const { refill } = rules;
  const fills = fillsOf(state, programme.id, product.drugFamily);
  const before = fills.filter(({ dateOfService }) => dateOfService <= claim.dateOfService);
  const next = fills[before.length];
  const { dateOfService, daysSupply, dispensingStatus } = claim;
  const thisFill: Supplied = { dateOfService, daysSupply, dispensingStatus, flags: [] };
  const isEarly = isTooSoon(thisFill, before, refill);
  // Both ways: a fill that is billed late must leave room for the one that is paid already.
  const crowdsNext = (fill: Supplied): boolean => next !== undefined && isTooSoon(next, [...before, fill], refill);
  if (!isEarly && !crowdsNext(thisFill)) return null;

  const overridden = claim.submissionClarificationCodes.some((code) => refill.overrideCodes.includes(code));
  if (overridden || mayRefillEarly(billing, product)) return note('EARLY_REFILL');
  // Another dose excuses a fill from those before it. To the one after it that says nothing, and what lies before may be forgotten by then.
  const excused = isEarly && refill.doseChange === 'ALLOW' && changesDose(billing, before.at(-1));
  if (excused && !crowdsNext({ ...thisFill, flags: ['DOSE_CHANGE' satisfies Flag] })) return note('DOSE_CHANGE');
  const supply = supplyOf(fills, refill);
  return refuse('79', null, supply && nextFillDate(supply, refill));
}

function isTooSoon({ dateOfService }: Supplied, before: readonly Supplied[], refill: RefillRules): boolean {
  const supply = supplyOf(before, refill);
  return supply !== null && dateOfService < nextFillDate(supply, refill);
}

const changesDose = ({ claim }: Billing, last: Fill | undefined): boolean =>
  claim.submissionClarificationCodes.includes(THERAPY_CHANGE) && last !== undefined && last.ndc !== claim.ndc;
