import type { AuthorizationFile } from '../policy/reference.ts';
import { readAuthorizationFile, writePriorAuthorizations } from '../wire/prior-authorizations.ts';
import { ownWrites, writeToView } from './apply-to-view.ts';
import { EMPTY_FILE, fileRequest } from './authorize-record.ts';
import type { Batch } from './batch.ts';
import { DeadLetters } from './dead-letter.ts';
import type { LaneParts } from './lane-parts.ts';
import { decoded, memberId, membersOf } from './members.ts';
import { openRequests } from './open-record.ts';
import type { OpenedRequest } from './open-record.ts';
import { headersOf } from './outbox.ts';
import { requireWholeView } from './ownership.ts';
import type { Ownership } from './ownership.ts';
import type { OutRecord, ReadAnswer, RequestDecision } from './ports.ts';
import { beginBeside, timed } from './steps.ts';
import { hasLanded, landingOf, putOff } from './two-writers.ts';

/**
 * Requests for prior authorization in the order in which claims are settled. Answers false when somebody else wrote prior authorizations
 * meanwhile: then nothing has happened, and the requests will come again.
 */
export async function settleRequests(parts: LaneParts, ownership: Ownership, batch: Batch): Promise<boolean> {
  const { publisher, telemetry } = parts;
  const decided = await beginBeside(parts, batch, () => readAndDecide(parts, ownership, batch));
  const postImages = {
    source: 'priorAuthorizations',
    records: decided.records,
    landing: landingOf(ownership, batch),
  } as const;
  const { committed, ends } = await publisher.publish({
    responses: [],
    rebateEvents: [],
    postImages,
    deadLetters: decided.deadLetters.records,
  });
  if (!committed) {
    putOff(ownership, batch, ends);
    telemetry.requestsPutOff();
    // While they are not asked for, nothing else would say that they wait.
    for (const [partition, next] of batch.offsets) {
      const from = ownership.putOff.get(partition)?.from ?? next;
      telemetry.lag({ source: batch.input, partition, records: next - from });
    }
    return false;
  }
  hasLanded(ownership, ends);
  await timed(parts, 'apply', () => writeToView(parts, ownership, ownWrites(postImages, ownership)));
  telemetry.requestsCommitted({ decisions: decided.decisions });
  decided.deadLetters.report();
  return true;
}

async function readAndDecide(parts: LaneParts, ownership: Ownership, batch: Batch): Promise<Decided> {
  const opened = await openRequests(parts, batch.records);
  const members = membersOf(batch, opened.filter(isRequest));
  const answer = await timed(parts, 'read', () => parts.view.read({ members, participants: [] }));
  requireWholeView(ownership, answer);
  return timed(parts, 'decide', async () => decideAll(parts, opened, await filesIn(parts, answer)));
}

type Request = Extract<OpenedRequest, { readonly kind: 'request' }>;
const isRequest = (opened: OpenedRequest): opened is Request => opened.kind === 'request';

/** What is on file of the members that have a record. */
async function filesIn({ codec }: LaneParts, { members }: ReadAnswer): Promise<Map<string, AuthorizationFile>> {
  const asked = [...members].flatMap(([partition, views]) =>
    [...views].map(([memberKey, view]) => ({ id: memberId(partition, memberKey), value: view.priorAuthorizations })),
  );
  const records = await decoded(
    codec.decode.priorAuthorizations,
    asked.map(({ value }) => value),
  );
  return new Map(
    asked.flatMap(({ id }, index) => {
      const record = records[index];
      return record ? [[id, readAuthorizationFile(record)] as const] : [];
    }),
  );
}

type Decided = {
  readonly records: readonly OutRecord[];
  readonly deadLetters: DeadLetters;
  readonly decisions: readonly RequestDecision[];
};

/** In the order of the log. Several requests of one member in a batch see one another through `files`, and are answered by one record. */
function decideAll(parts: LaneParts, opened: readonly OpenedRequest[], files: Map<string, AuthorizationFile>): Decided {
  const deadLetters = new DeadLetters(parts, 'authorizationRequests');
  const decisions: RequestDecision[] = [];
  const last = new Map<string, Request>();
  for (const each of opened) {
    if (!isRequest(each)) {
      deadLetters.add(each);
      continue;
    }
    const id = memberId(each.partition, each.memberKey);
    const { authorized, file } = fileRequest(each.request, files.get(id) ?? EMPTY_FILE, parts.policy);
    files.set(id, file);
    last.set(id, each);
    decisions.push(authorized.kind === 'refused' ? 'REFUSED' : authorized.decision.decision);
  }
  const records = [...last].map(([id, request]) => recordAfter(parts, request, files.get(id) ?? EMPTY_FILE));
  return { records, deadLetters, decisions };
}

/** The member's record after their last request of a batch. Also where it changed nothing: whoever sent it again waits for it. */
function recordAfter(parts: LaneParts, { partition, memberKey, record }: Request, file: AuthorizationFile): OutRecord {
  const id = `${parts.inputTopics.authorizationRequests}/${String(partition)}/${String(record.offset)}`;
  return {
    partition,
    key: memberKey,
    value: parts.codec.encode.priorAuthorizations(writePriorAuthorizations(file.authorizations, file.refusals)),
    headers: headersOf(parts, { partition, record, type: 'PriorAuthorization', id }),
  };
}
