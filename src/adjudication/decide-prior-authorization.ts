import type { PriorAuthorizationRequest } from '../claims/prior-authorization-request.ts';
import type { ClinicalCriteria } from '../policy/clinical-criteria.ts';
import type { AuthorizationStatus, PriorAuthorization } from '../policy/reference.ts';
import type { CalendarDate } from '../values/calendar-date.ts';
import { CRITERIA_EDITS } from './clinical-criteria-edits.ts';

export type AuthorizationOutcome = 'APPROVED' | 'DENIED' | 'INCOMPLETE';

/** The answer to a request, and what is put on file for the claims that follow. */
export type AuthorizationDecision = {
  readonly decision: AuthorizationOutcome;
  /** Everything that speaks against it, in the order of the edits; nothing when it was approved. */
  readonly reasons: readonly string[];
  readonly authorization: PriorAuthorization;
};

/** Decides a request by the criteria of its programme. Pure: a request, criteria and day give the same decision for ever. */
export function decidePriorAuthorization(
  request: PriorAuthorizationRequest,
  criteria: ClinicalCriteria,
  asOf: CalendarDate,
): AuthorizationDecision {
  const reasons = CRITERIA_EDITS.filter(({ fails }) => fails(request, criteria)).map(({ reason }) => reason);
  return decisionOf({
    programme: criteria.programme,
    kind: 'DRUG',
    drugFamily: request.drugFamily,
    ndc: request.ndc,
    effective: asOf,
    terminated: criteria.authorizedUntil,
    requestId: request.requestId,
    reasons,
  });
}

/**
 * Puts a decision on file. A new one takes the place of older ones on the same drug that are no approval: a denied request may be handed
 * in again. A request that is on file already gets the decision it got then, and changes nothing; what was replaced stays on file for that.
 */
export function applyDecision(
  existing: readonly PriorAuthorization[],
  decision: AuthorizationDecision,
  isSame: SameDrug,
): { readonly decision: AuthorizationDecision; readonly authorizations: readonly PriorAuthorization[] } {
  const { authorization } = decision;
  const known = existing.find(
    ({ programme, requestId }) => programme === authorization.programme && requestId === authorization.requestId,
  );
  if (known) return { decision: decisionOf(known), authorizations: existing };
  const older = existing.map((entry): PriorAuthorization =>
    isReplacedBy(authorization, entry) && isSame(authorization, entry) ? { ...entry, status: 'REPLACED' } : entry,
  );
  return { decision, authorizations: [...older, authorization] };
}

/** Whether two authorizations are about one drug, as the programme tells drugs apart. */
type SameDrug = (one: PriorAuthorization, other: PriorAuthorization) => boolean;

const isReplacedBy = ({ programme, kind }: PriorAuthorization, older: PriorAuthorization): boolean =>
  older.programme === programme && older.kind === kind && older.status !== 'APPROVED';

/** What can still be mended; everything else denies. */
const OPEN: readonly string[] = ['LIFESTYLE_UNANSWERED'];
export const denies = (reason: string): boolean => !OPEN.includes(reason);

const STATUSES = {
  APPROVED: 'APPROVED',
  DENIED: 'DENIED',
  INCOMPLETE: 'IN_REVIEW',
} as const satisfies Record<AuthorizationOutcome, AuthorizationStatus>;

/** All of a decision follows from its reasons, so that one on file can be told again. */
function decisionOf(entry: Omit<PriorAuthorization, 'status' | 'reason'>): AuthorizationDecision {
  const { reasons } = entry;
  const denial = reasons.find(denies) ?? null;
  const decision = reasons.length === 0 ? 'APPROVED' : denial === null ? 'INCOMPLETE' : 'DENIED';
  return { decision, reasons, authorization: { ...entry, status: STATUSES[decision], reason: denial } };
}
