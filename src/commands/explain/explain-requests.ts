import { loadPolicyBundle } from '../../adapters/files/policy-bundle.ts';
import { explainAuthorization, refusedTrace, type AuthorizationTrace } from '../../adjudication/authorization-trace.ts';
import type { PolicyBundle } from '../../policy/policy-bundle.ts';
import type { PriorAuthorization } from '../../policy/reference.ts';
import { upperText } from '../../wire/field-parsers.ts';
import { readAuthorizationRequest } from '../../wire/read-authorization-request.ts';
import type { PriorAuthorizationRequestRecord } from '../../wire/records.ts';
import { recordLines } from '../record-lines.ts';

export type ExplainRequestsOptions = {
  /** `-` is standard input. */
  readonly requests: string;
  readonly policyDirectory: string;
  /** A line of the file; null is the last request. */
  readonly line: number | null;
  readonly complain: (line: string) => void;
};

/** Decides a file of requests up to the one that is asked about, and explains that one. Null when no such request could be read. */
export async function explainRequests({
  requests,
  policyDirectory,
  line,
  complain,
}: ExplainRequestsOptions): Promise<AuthorizationTrace | null> {
  const policy = await loadPolicyBundle(policyDirectory);
  const onFile = new Map<string, readonly PriorAuthorization[]>();
  let last: AuthorizationTrace | null = null;
  for await (const { number, record } of recordLines('PriorAuthorizationRequest', requests, complain)) {
    const cardholderId = upperText(record.cardholderId) ?? '';
    const { trace, authorizations } = explained(record, onFile.get(cardholderId) ?? [], policy);
    onFile.set(cardholderId, authorizations);
    if (number === line) return trace;
    last = trace;
  }
  return line === null ? last : null;
}

type Explained = {
  readonly trace: AuthorizationTrace;
  readonly authorizations: readonly PriorAuthorization[];
};

function explained(
  record: PriorAuthorizationRequestRecord,
  existing: readonly PriorAuthorization[],
  policy: PolicyBundle,
): Explained {
  const parsed = readAuthorizationRequest(record);
  if (parsed.kind === 'refused') {
    const about = { requestId: record.requestId, drugFamily: null, policyVersion: policy.version };
    return { trace: refusedTrace(about, parsed.fields), authorizations: existing };
  }
  const { authorized, trace } = explainAuthorization(parsed.request, existing, policy);
  return { trace, authorizations: authorized.kind === 'decided' ? authorized.authorizations : existing };
}
