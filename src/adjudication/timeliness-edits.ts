import type { Claim, RebillClaim, ReversalClaim } from '../claims/claim.ts';
import type { ProgrammeRules } from '../policy/programme-rules.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import { refuse, type Finding } from './edit.ts';
import type { Billing } from './subject.ts';

/** The day of receipt where a day ends last: a window of days is not over before it is over there. */
export const lastDayOfReceipt = (
  { receivedAt }: Pick<Claim, 'receivedAt'>,
  { timeliness }: ProgrammeRules,
): CalendarDate => CalendarDate.ofInstant(receivedAt, timeliness.lastUtcOffsetHours);

/** Days between the date of service and the receipt of a claim. */
const ageInDays = (claim: Claim, rules: ProgrammeRules): number =>
  CalendarDate.daysBetween(claim.dateOfService, lastDayOfReceipt(claim, rules));

/** In one of the territories the day may have begun earlier than here, and a pharmacy there is not ahead of its time. */
export const postDated = ({ claim, rules: { timeliness } }: Billing): Finding | null =>
  claim.dateOfService > CalendarDate.ofInstant(claim.receivedAt, timeliness.firstUtcOffsetHours) ? refuse('82') : null;

export const timelyFiling = ({ claim, rules }: Billing): Finding | null =>
  ageInDays(claim, rules) > rules.timeliness.filingDays ? refuse('81') : null;

/** Asked before a fill is looked for: outside of the window it may be forgotten, and the answer must not depend on that. */
export const reversalWindow = ({ claim, rules }: Undoing): Finding | null =>
  ageInDays(claim, rules) > rules.reversal.windowDays ? refuse('30') : null;

/** A reversal or a rebill, as far as its window looks at it. */
type Undoing = { readonly claim: ReversalClaim | RebillClaim; readonly rules: ProgrammeRules };
