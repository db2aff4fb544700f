import { aborted } from './aborted.ts';
import { applyToView } from './apply-to-view.ts';
import { cutBatches } from './batch.ts';
import { Fault } from './fault.ts';
import type { LaneParts } from './lane-parts.ts';
import { isInput } from './ports.ts';
import type { Fetched, LaneLog, Positions } from './ports.ts';
import { advance, requireWholeView } from './ownership.ts';
import type { Ownership } from './ownership.ts';
import { settleBatch } from './settle-batch.ts';
import { settleRequests } from './settle-requests.ts';
import { takeOver } from './take-over.ts';
import { takeUp } from './two-writers.ts';

/**
 * Owns one lane until `parts.signal` says otherwise: take it over, serve it, and after any fault take it over again.
 * Throws only what waiting would not mend.
 */
export async function ownLane(parts: LaneParts): Promise<void> {
  let attempt = 1;
  while (!parts.signal.aborted) {
    const log = parts.openLog();
    try {
      const ownership = await takeOver(parts, log);
      attempt = 1;
      await serve(parts, log, ownership);
    } catch (error) {
      if (!(error instanceof Fault) || !error.retryable) throw error;
      parts.telemetry.laneFailed({ lane: parts.lane, fault: error, attempt });
      attempt += 1;
      // A worker that has slept through its session must not fence its successor: the group has to confirm it first.
      await Promise.race([parts.membership.confirmed(), aborted(parts.signal)]);
    } finally {
      await Promise.all([log.close(), parts.publisher.close()]);
    }
  }
  parts.telemetry.laneStopped({ lane: parts.lane });
}

/**
 * Under a backlog it polls ahead by one: while a batch is being settled, the next is on its way. Without one it polls behind the batch,
 * for what has arrived meanwhile: a poll that waited beside the batch would come back with the first claim, and the rest would stay for the one after.
 */
async function serve(parts: LaneParts, log: LaneLog, ownership: Ownership): Promise<void> {
  // The owner writes the accounts itself, so that it need not read them once they are restored.
  const from: Positions = { ...ownership.positions, accounts: new Map() };
  let ahead: Promise<readonly Fetched[]> | undefined;
  while (!parts.signal.aborted) {
    const fetched = advance(ownership, await (ahead ?? timedPoll(parts, log, from)));
    takeUp(ownership, fetched);
    ahead = fetched.some(leavesBacklog) ? timedPoll(parts, log, from) : undefined;
    reportLag(parts, fetched);
    await applyToView(
      parts,
      ownership,
      fetched.filter(({ source, records }) => !isInput(source) && records.length > 0),
    );
    await settle(parts, ownership, fetched);
  }
}

const leavesBacklog = ({ source, next, end }: Fetched): boolean => isInput(source) && next < end;

/** Requests before the claims that came with them, which then see what was decided. Nothing gives an order between the two topics. */
async function settle(parts: LaneParts, ownership: Ownership, fetched: readonly Fetched[]): Promise<void> {
  const requests = cutBatches(fetched, 'authorizationRequests', parts.batchClaimsMax);
  const claims = cutBatches(fetched, 'claims', parts.batchClaimsMax);
  if (requests.length + claims.length === 0) await lookAtView(parts, ownership);
  for (const batch of requests) {
    if (isAborted(parts)) return;
    // What comes behind those that are put off waits with them: a member's requests stay in their order.
    if (!(await settleRequests(parts, ownership, batch))) break;
  }
  for (const batch of claims) {
    if (isAborted(parts)) return;
    await settleBatch(parts, ownership, batch);
  }
}

/** An owner without claims has to notice too that the view was wiped: the others wait for its part of the participation. */
async function lookAtView({ view, partitions }: LaneParts, ownership: Ownership): Promise<void> {
  const members = new Map(partitions.map((partition) => [partition, []]));
  requireWholeView(ownership, await view.read({ members, participants: [] }));
}

function timedPoll(parts: LaneParts, log: LaneLog, from: Positions): Promise<readonly Fetched[]> {
  const started = parts.now();
  const poll = log.fetch(from, 'wait').then((fetched) => {
    if (fetched.some(({ records }) => records.length > 0)) {
      parts.telemetry.stepDone({ lane: parts.lane, step: 'fetch', milliseconds: parts.now() - started });
    }
    return fetched;
  });
  // Awaited in the next turn; a batch that fails before that must not leave an unhandled rejection behind.
  poll.catch(() => undefined);
  return poll;
}

function reportLag({ telemetry }: LaneParts, fetched: readonly Fetched[]): void {
  for (const { source, partition, next, end } of fetched)
    telemetry.lag({ source, partition, records: Math.max(0, end - next) });
}

/** Asked anew: an `await` may have passed since the compiler last saw it. */
const isAborted = ({ signal }: LaneParts): boolean => signal.aborted;
