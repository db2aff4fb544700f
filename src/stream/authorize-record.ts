import { authorize, type Authorized } from '../adjudication/authorize.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import type { AuthorizationFile, PriorAuthorization } from '../policy/reference.ts';
import { readAuthorizationRequest } from '../wire/read-authorization-request.ts';
import type { PriorAuthorizationRequestRecord } from '../wire/records.ts';

export const EMPTY_FILE: AuthorizationFile = { authorizations: [], refusals: [] };

/** One request for a prior authorization, with all authorizations of its member; what cannot be read is refused with its fields. */
export function authorizeRecord(
  record: PriorAuthorizationRequestRecord,
  existing: readonly PriorAuthorization[],
  policy: PolicyBundle,
): Authorized {
  const parsed = readAuthorizationRequest(record);
  return parsed.kind === 'refused' ? parsed : authorize(parsed.request, existing, policy);
}

/** A request of the stream or of a file, with what is on file of its member before and after it: the same function, so that both give the same. */
export function fileRequest(
  record: PriorAuthorizationRequestRecord,
  before: AuthorizationFile,
  policy: PolicyBundle,
): { readonly authorized: Authorized; readonly file: AuthorizationFile } {
  const authorized = authorizeRecord(record, before.authorizations, policy);
  return { authorized, file: fileAfter(record, before, authorized) };
}

/** As long as the longest id of a request that is in order. */
const REQUEST_ID_MAX = 64;
/** A sender that is wrong again and again must not make the record of a member grow without end. */
const REFUSALS_MAX = 20;

function fileAfter(
  record: PriorAuthorizationRequestRecord,
  { authorizations, refusals }: AuthorizationFile,
  authorized: Authorized,
): AuthorizationFile {
  const requestId = record.requestId.slice(0, REQUEST_ID_MAX);
  const others = refusals.filter((refusal) => refusal.requestId !== requestId);
  if (authorized.kind === 'decided') return { authorizations: authorized.authorizations, refusals: others };
  return { authorizations, refusals: [...others, { requestId, fields: authorized.fields }].slice(-REFUSALS_MAX) };
}
