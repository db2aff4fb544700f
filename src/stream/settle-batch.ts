import { participationKeys } from '../policy/participation-keys.ts';
import { adjudicateRecord, initialAccounts } from './adjudicate-record.ts';
import { writeToView } from './apply-to-view.ts';
import type { Batch } from './batch.ts';
import type { LaneParts } from './lane-parts.ts';
import { memberId, openMembers } from './members.ts';
import type { Member } from './members.ts';
import { openRecords } from './open-record.ts';
import type { Opened } from './open-record.ts';
import { Outbox } from './outbox.ts';
import { requireWholeView } from './ownership.ts';
import type { Ownership } from './ownership.ts';
import type { LogRecord, ReadRequest, Step } from './ports.ts';

/** READ, DECIDE, PUBLISH, APPLY: the only order in which a crash at any point loses nothing and pays nothing twice (docs/decisions/0003). */
export async function settleBatch(parts: LaneParts, ownership: Ownership, batch: Batch): Promise<void> {
  const { publisher } = parts;
  // For some milliseconds after a commit the broker opens no transaction: that is waited for beside READ and DECIDE.
  const beginning = publisher.begin(batch.offsets);
  const deciding = readAndDecide(parts, ownership, batch);
  // Both are waited for, whatever becomes of one: nobody may close the publisher under a request of its own.
  await Promise.allSettled([beginning, deciding]);
  await beginning;
  const outbox = await deciding;
  const ends = await publisher.publish(outbox.publication());
  for (const [partition, end] of ends) ownership.positions.accounts.set(partition, end);
  await timed(parts, 'apply', () => writeToView(parts, ownership, outbox.viewWrites(ownership)));
  outbox.report();
}

async function readAndDecide(parts: LaneParts, ownership: Ownership, batch: Batch): Promise<Outbox> {
  const opened = await openRecords(parts, batch);
  const answer = await timed(parts, 'read', () => parts.view.read(readRequest(parts, batch, opened)));
  requireWholeView(ownership, answer);
  return timed(parts, 'decide', async () => decideAll(parts, opened, await openMembers(parts, answer)));
}

async function timed<T>({ lane, now, telemetry }: LaneParts, step: Step, work: () => Promise<T>): Promise<T> {
  const started = now();
  const result = await work();
  telemetry.stepDone({ lane, step, milliseconds: now() - started });
  return result;
}

/** The distinct members and participants of a batch; every partition is asked, for its mark. */
function readRequest({ policy }: LaneParts, { claims }: Batch, records: readonly Opened[]): ReadRequest {
  const members = new Map([...claims.keys()].map((partition) => [partition, new Set<string>()]));
  const participants = new Set<string>();
  for (const opened of records) {
    if (opened.kind !== 'claim' || opened.parsed.kind !== 'claim') continue;
    members.get(opened.partition)?.add(opened.memberKey);
    for (const key of participationKeys(opened.parsed.claim, policy)) participants.add(key);
  }
  return {
    members: new Map([...members].map(([partition, keys]) => [partition, [...keys]])),
    participants: [...participants],
  };
}

/** In the order of the log. Several claims of one member in a batch see one another through `member.accounts`. */
function decideAll(parts: LaneParts, records: readonly Opened[], members: ReadonlyMap<string, Member>): Outbox {
  const outbox = new Outbox(parts);
  const changed = new Map<Member, LogRecord>();
  const stranger = {
    context: { policy: parts.policy, coverage: null, priorAuthorizations: [], participation: new Map() },
    accounts: initialAccounts,
  };
  for (const opened of records) {
    if (opened.kind === 'dead-letter') {
      outbox.deadLetter(opened);
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
