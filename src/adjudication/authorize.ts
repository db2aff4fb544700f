import type { PriorAuthorizationRequest } from '../claims/prior-authorization-request.ts';
import type { ClinicalCriteria } from '../policy/clinical-criteria.ts';
import type { AsOf } from '../policy/dated.ts';
import { criteriaAsOf, programmeOf, rulesAsOf, type PolicyBundle } from '../policy/policy-bundle.ts';
import type { ProgrammeRules } from '../policy/programme-rules.ts';
import type { PriorAuthorization } from '../policy/reference.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import { isSameDrug } from './authorization-scope.ts';
import { applyDecision, decidePriorAuthorization, type AuthorizationDecision } from './decide-prior-authorization.ts';

/** What becomes of a request: a decision with all authorizations of the member after it, or the fields that are wrong. */
export type Authorized =
  | {
      readonly kind: 'decided';
      readonly decision: AuthorizationDecision;
      /** Those that were given, when the request had been decided before. */
      readonly authorizations: readonly PriorAuthorization[];
    }
  | { readonly kind: 'refused'; readonly fields: readonly string[] };

/** Decides a request by the criteria of the programme that it is routed to, as they hold on the day of its receipt. */
export function authorize(
  request: PriorAuthorizationRequest,
  existing: readonly PriorAuthorization[],
  policy: PolicyBundle,
): Authorized {
  const asked = criteriaFor(request, policy);
  if (asked.kind === 'refused') return asked;
  const { rules, criteria, when } = asked;
  // Where this day ends last: in the evening of the United States it is tomorrow in UTC, and the claim of that evening is of today.
  const day = CalendarDate.ofInstant(request.receivedAt, rules.timeliness.lastUtcOffsetHours);
  const { scope } = rules.priorAuthorization;
  const isSame = (one: PriorAuthorization, other: PriorAuthorization): boolean =>
    isSameDrug(one, other, { scope, policy, when });
  return { kind: 'decided', ...applyDecision(existing, decidePriorAuthorization(request, criteria, day), isSame) };
}

type Asked = {
  readonly kind: 'asked';
  readonly rules: ProgrammeRules;
  readonly criteria: ClinicalCriteria;
  readonly when: AsOf;
};

/** By what a request is decided, or the field for which nobody here decides it. */
export function criteriaFor(
  request: PriorAuthorizationRequest,
  policy: PolicyBundle,
): Asked | Extract<Authorized, { readonly kind: 'refused' }> {
  const programme = programmeOf(policy, request);
  if (programme === null) {
    return {
      kind: 'refused',
      fields: [policy.programmes.has(request.binNumber) ? 'processorControlNumber' : 'binNumber'],
    };
  }
  const received = CalendarDate.ofInstant(request.receivedAt, 0);
  const when = { dateOfService: received, knownOn: received };
  const [rules, criteria] = [rulesAsOf(programme, when), criteriaAsOf(programme, when)];
  // A day before or after the programme, or a programme for which others decide.
  if (rules === null || criteria === null) return { kind: 'refused', fields: ['receivedAt'] };
  return { kind: 'asked', rules, criteria, when };
}
