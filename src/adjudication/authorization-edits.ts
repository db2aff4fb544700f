import { inForce } from '../policy/dated.ts';
import type { Product } from '../policy/products.ts';
import type { PriorAuthorization } from '../policy/reference.ts';
import type { CalendarDate } from '../values/calendar-date.ts';
import { isSameDrug } from './authorization-scope.ts';
import { refuse } from './edit.ts';
import { ofProduct, type Billing } from './subject.ts';

/** The best word on file decides: an approval, else an open request, else an approval that is over, else a denial. */
export const priorAuthorization = ofProduct((billing, product) => {
  const { claim, rules, context, when } = billing;
  if (!rules.priorAuthorization.required) return null;
  const requests = requestsOf(billing, 'DRUG');
  const { scope } = rules.priorAuthorization;
  const drug = { drugFamily: product.drugFamily, ndc: claim.ndc };
  const forDrug = requests.filter((request) => isSameDrug(request, drug, { scope, policy: context.policy, when }));
  const day = claim.dateOfService;
  if (forDrug.some((request) => isApproved(request, day))) return null;
  if (forDrug.some(({ status }) => status === 'IN_REVIEW')) return refuse('3W');
  if (forDrug.some((request) => isOver(request, day))) return refuse('PA');
  const denied = forDrug.findLast(({ status }) => status === 'DENIED');
  if (denied) return refuse('3Y', denied.reason);
  return requests.some((request) => isApproved(request, day))
    ? refuse(rules.priorAuthorization.otherDrug, 'OTHER_DRUG')
    : refuse('75');
});

/** Whether the help desk has let this refill come early. */
export function mayRefillEarly(billing: Billing, { drugFamily }: Product): boolean {
  const day = billing.claim.dateOfService;
  return requestsOf(billing, 'EARLY_REFILL').some(
    (request) => request.drugFamily === drugFamily && isApproved(request, day),
  );
}

const requestsOf = ({ programme, context }: Billing, kind: PriorAuthorization['kind']): readonly PriorAuthorization[] =>
  context.priorAuthorizations.filter((request) => request.programme === programme.id && request.kind === kind);

const isApproved = (request: PriorAuthorization, day: CalendarDate): boolean =>
  request.status === 'APPROVED' && inForce(request, day);

const isOver = ({ status, terminated }: PriorAuthorization, day: CalendarDate): boolean =>
  status === 'EXHAUSTED' || (status === 'APPROVED' && terminated !== null && terminated < day);
