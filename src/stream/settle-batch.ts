import { participationKeys } from '../policy/participation-keys.ts';
import { adjudicateRecord, initialAccounts } from './adjudicate-record.ts';
import { ownWrites, writeToView } from './apply-to-view.ts';
import type { Batch } from './batch.ts';
import type { LaneParts } from './lane-parts.ts';
import { memberId, membersOf, openMembers } from './members.ts';
import type { Member } from './members.ts';
import { openClaims } from './open-record.ts';
import type { OpenedClaim } from './open-record.ts';
import { Outbox } from './outbox.ts';
import { requireWholeView } from './ownership.ts';
import type { Ownership } from './ownership.ts';
import type { LogRecord, ReadRequest } from './ports.ts';
import { beginBeside, timed } from './steps.ts';

/** READ, DECIDE, PUBLISH, APPLY: the only order in which a crash at any point loses nothing and pays nothing twice (docs/decisions/0003). */
export async function settleBatch(parts: LaneParts, ownership: Ownership, batch: Batch): Promise<void> {
  const outbox = await beginBeside(parts, batch, () => readAndDecide(parts, ownership, batch));
  const publication = outbox.publication();
  const { ends } = await parts.publisher.publish(publication);
  for (const [partition, end] of ends) ownership.positions.accounts.set(partition, end);
  await timed(parts, 'apply', () => writeToView(parts, ownership, ownWrites(publication.postImages, ownership)));
  outbox.report();
}

async function readAndDecide(parts: LaneParts, ownership: Ownership, batch: Batch): Promise<Outbox> {
  const opened = await openClaims(parts, batch.records);
  const answer = await timed(parts, 'read', () => parts.view.read(readRequest(parts, batch, opened)));
  requireWholeView(ownership, answer);
  return timed(parts, 'decide', async () => decideAll(parts, opened, await openMembers(parts, answer)));
}

/** The distinct members and participants of a batch. */
function readRequest({ policy }: LaneParts, batch: Batch, opened: readonly OpenedClaim[]): ReadRequest {
  const asked: { readonly partition: number; readonly memberKey: string }[] = [];
  const participants = new Set<string>();
  for (const each of opened) {
    if (each.kind !== 'claim' || each.parsed.kind !== 'claim') continue;
    asked.push(each);
    for (const key of participationKeys(each.parsed.claim, policy)) participants.add(key);
  }
  return { members: membersOf(batch, asked), participants: [...participants] };
}

/** In the order of the log. Several claims of one member in a batch see one another through `member.accounts`. */
function decideAll(parts: LaneParts, records: readonly OpenedClaim[], members: ReadonlyMap<string, Member>): Outbox {
  const outbox = new Outbox(parts);
  const changed = new Map<Member, LogRecord>();
  const stranger = {
    context: { policy: parts.policy, coverage: null, priorAuthorizations: [], participation: new Map() },
    accounts: initialAccounts,
  };
  for (const opened of records) {
    if (opened.kind === 'dead-letter') {
      outbox.deadLetters.add(opened);
      continue;
    }
    const { partition, record, memberKey, claim, parsed } = opened;
    const member = members.get(memberId(partition, memberKey));
    const { accounts, context } = member ?? stranger;
    const adjudicated = adjudicateRecord({ record: claim, parsed }, accounts, context);
    if (member && adjudicated.accounts !== accounts) {
      member.accounts = adjudicated.accounts;
      changed.set(member, record);
    }
    outbox.answer({ partition, record, memberKey, adjudicated });
  }
  for (const [member, record] of changed) outbox.accounts(member, record);
  return outbox;
}
