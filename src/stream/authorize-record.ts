import { authorize, type Authorized } from '../adjudication/authorize.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import type { PriorAuthorization } from '../policy/reference.ts';
import { readAuthorizationRequest } from '../wire/read-authorization-request.ts';
import type { PriorAuthorizationRequestRecord } from '../wire/records.ts';

/** One request for a prior authorization, with all authorizations of its member; what cannot be read is refused with its fields. */
export function authorizeRecord(
  record: PriorAuthorizationRequestRecord,
  existing: readonly PriorAuthorization[],
  policy: PolicyBundle,
): Authorized {
  const parsed = readAuthorizationRequest(record);
  return parsed.kind === 'refused' ? parsed : authorize(parsed.request, existing, policy);
}
