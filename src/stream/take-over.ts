import { applyToView } from './apply-to-view.ts';
import { Fault } from './fault.ts';
import type { LaneParts } from './lane-parts.ts';
import { advance } from './ownership.ts';
import type { Ownership } from './ownership.ts';
import { perSource } from './per-source.ts';
import type { LaneLog, Positions, ViewPositions, ViewSource } from './ports.ts';
import { INPUT_SOURCES, isInput, VIEW_SOURCES } from './ports.ts';

/** How often the view is asked whether the other owners have restored participation too. */
const WHOLE_CHECK_MS = 50;

/**
 * Makes this worker the owner of a lane. The order is the proof (docs/decisions/0003): only when the predecessor can neither
 * commit (a) nor write to the view (b) is the journal final, so that it can be restored from (c) and the committed offset trusted (d).
 */
export async function takeOver(parts: LaneParts, log: LaneLog): Promise<Ownership> {
  const { lane, partitions, publisher, view, telemetry } = parts;
  const started = parts.now();
  await publisher.fence(); // a
  const epoch = parts.newEpoch();
  const reached = new Map<number, ViewPositions>();
  for (const partition of partitions) reached.set(partition, await view.fence(partition, epoch)); // b
  telemetry.stepDone({ lane, step: 'fence', milliseconds: parts.now() - started });

  const { beginnings, ends } = await log.bounds();
  requireJournal(reached, ends);
  const ownership: Ownership = {
    epoch,
    positions: startPositions(beginnings, reached),
    applied: appliedBefore(reached),
    authorized: new Map(),
    putOff: new Map(),
  };
  const restoredRecords = await restore(parts, log, ownership); // c
  const committed = await log.committed(); // d
  for (const partition of beginnings.claims.keys()) {
    if (!committed.claims.has(partition)) await requireNoAccounts(parts, { log, beginnings, partition });
  }
  goOn(ownership, committed, beginnings);
  if (!parts.signal.aborted) telemetry.laneServing({ lane, restoredRecords, milliseconds: parts.now() - started });
  return ownership;
}

/**
 * The view never runs ahead of the journal, because it is written after the commit. Where it has, the brokers have lost what they had
 * acknowledged, or have not closed a transaction that they had: answers given on what is left could be wrong, so none are given.
 */
function requireJournal(reached: ReadonlyMap<number, ViewPositions>, ends: Positions): void {
  const isAhead = ([partition, positions]: readonly [number, ViewPositions]): boolean =>
    VIEW_SOURCES.some((source) => (positions[source] ?? 0) > (ends[source].get(partition) ?? 0));
  if ([...reached].some(isAhead)) throw new Fault('the view is ahead of the journal', { retryable: true });
}

/** A request that is answered a second time gets its first decision, so that those without a committed offset begin anew. */
function goOn(
  { positions }: Ownership,
  committed: Awaited<ReturnType<LaneLog['committed']>>,
  beginnings: Positions,
): void {
  for (const input of INPUT_SOURCES) {
    for (const [partition, beginning] of beginnings[input]) {
      const from = committed[input].get(partition) ?? beginning;
      if (from < beginning)
        throw new Fault('the log no longer has the records to go on from: they were lost to retention', {
          retryable: false,
        });
      positions[input].set(partition, from);
    }
  }
}

/** Without a committed offset all claims would be answered from the beginning, and nobody would notice before the ledgers do. */
async function requireNoAccounts(
  { signal }: LaneParts,
  { log, beginnings, partition }: { log: LaneLog; beginnings: Positions; partition: number },
): Promise<void> {
  const nowhere = perSource(() => new Map<number, number>());
  let at = beginnings.accounts.get(partition) ?? 0;
  for (let end = Infinity; at < end && !signal.aborted;) {
    const [accounts] = await log.fetch({ ...nowhere, accounts: new Map([[partition, at]]) }, 'no-wait');
    // Aborted transactions leave offsets behind, but no records.
    if (accounts && accounts.records.length > 0) {
      throw new Fault('the group has no committed offset, and yet there are accounts', { retryable: false });
    }
    at = accounts?.next ?? at;
    end = accounts?.end ?? end;
  }
}

/** How far the predecessors have brought the view. */
function appliedBefore(reached: ReadonlyMap<number, ViewPositions>): Ownership['applied'] {
  const of = (source: ViewSource) =>
    new Map([...reached].map(([partition, positions]) => [partition, positions[source]]));
  return {
    accounts: of('accounts'),
    coverage: of('coverage'),
    priorAuthorizations: of('priorAuthorizations'),
    participation: of('participation'),
  };
}

/** Claims and requests come last: until the view stands, none is asked for. */
const startPositions = (beginnings: Positions, reached: ReadonlyMap<number, ViewPositions>): Ownership['positions'] =>
  perSource((source) =>
    isInput(source)
      ? new Map<number, number>()
      : new Map(
          [...beginnings[source]].map(([partition, low]) => [
            partition,
            Math.max(low, reached.get(partition)?.[source] ?? low),
          ]),
        ),
  );

async function restore(parts: LaneParts, log: LaneLog, ownership: Ownership): Promise<number> {
  const { lane, telemetry } = parts;
  const open = perSource((source) => new Map(ownership.positions[source]));
  let restored = 0;
  while (VIEW_SOURCES.some((source) => open[source].size > 0) && !parts.signal.aborted) {
    const started = parts.now();
    const fetched = advance(ownership, await log.fetch(open, 'no-wait'));
    restored += await applyToView(parts, ownership, fetched);
    for (const { source, partition, next, end } of fetched) {
      // Only what has not been read to its end is asked for again.
      if (next >= end) open[source].delete(partition);
      else open[source].set(partition, next);
    }
    telemetry.stepDone({ lane, step: 'restore', milliseconds: parts.now() - started });
  }
  await everybodyHasRestored(parts, ownership);
  return restored;
}

/**
 * Participation is global: a claim of this lane may ask about a pharmacy whose record lies in another owner's partition.
 * The own mark is set again with every look, because a view that is wiped meanwhile would otherwise be waited for without end.
 */
async function everybodyHasRestored(
  { partitions, topology, view, signal, sleep }: LaneParts,
  { epoch }: Ownership,
): Promise<void> {
  while (!signal.aborted) {
    await view.markRestored(partitions, epoch);
    if (await view.participationIsWhole(topology.partitions)) return;
    await sleep(WHOLE_CHECK_MS);
  }
}
