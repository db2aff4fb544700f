import { writeJsonLines } from '../adapters/files/json-lines.ts';
import { loadPolicyBundle } from '../adapters/files/policy-bundle.ts';
import type { Authorized } from '../adjudication/authorize.ts';
import type { AuthorizationFile } from '../policy/reference.ts';
import { EMPTY_FILE, fileRequest } from '../stream/authorize-record.ts';
import { upperText } from '../wire/field-parsers.ts';
import { toJson } from '../wire/json.ts';
import { writePriorAuthorizations } from '../wire/prior-authorizations.ts';
import { TOPICS } from '../wire/topics.ts';
import { recordLines } from './record-lines.ts';

/** Paths; `-` is standard input. */
export type AuthorizeOptions = {
  readonly requests: string;
  readonly policyDirectory: string;
  /** Null is standard output. */
  readonly out: string | null;
  /** Where to write what is on file afterwards, as reference data for `adjudicate`; null where nobody asked for it. */
  readonly authorizations: string | null;
  /** Takes one line of standard error: a file, a line and what is wrong there, but no value. */
  readonly complain: (line: string) => void;
};

/** Decides a file of requests for prior authorization, in its order and without a server. Answers whether every line could be read. */
export async function authorize(options: AuthorizeOptions): Promise<boolean> {
  const policy = await loadPolicyBundle(options.policyDirectory);
  const onFile = new Map<string, AuthorizationFile>();
  const out = writeJsonLines(options.out);
  let good = true;
  const complain = (line: string): void => {
    good = false;
    options.complain(line);
  };
  for await (const { record } of recordLines('PriorAuthorizationRequest', options.requests, complain)) {
    const cardholderId = upperText(record.cardholderId);
    const { authorized, file } = fileRequest(record, onFile.get(cardholderId ?? '') ?? EMPTY_FILE, policy);
    if (cardholderId !== null) onFile.set(cardholderId, file);
    await out.write({ requestId: record.requestId, ...answerOf(authorized) });
  }
  if (options.authorizations !== null) await writeAll(onFile, options.authorizations);
  await out.close();
  return good;
}

function answerOf(authorized: Authorized) {
  if (authorized.kind === 'refused') return { decision: 'REFUSED', fields: authorized.fields };
  const { decision, reasons, authorization } = authorized.decision;
  const { drugFamily, effective, terminated } = authorization;
  return { decision, reasons, drugFamily, effective, terminated };
}

async function writeAll(onFile: ReadonlyMap<string, AuthorizationFile>, path: string): Promise<void> {
  const lines = writeJsonLines(path);
  for (const [cardholderId, { authorizations, refusals }] of onFile) {
    const value = toJson('PriorAuthorization', writePriorAuthorizations(authorizations, refusals));
    await lines.write({ topic: TOPICS.priorAuthorizations.name, cardholderId, value });
  }
  await lines.close();
}
