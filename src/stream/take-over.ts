import { applyToView } from './apply-to-view.ts';
import type { LaneParts } from './lane-parts.ts';
import { advance } from './ownership.ts';
import type { Ownership } from './ownership.ts';
import type { LaneLog, Positions, ViewPositions, ViewSource } from './ports.ts';
import { VIEW_SOURCES } from './ports.ts';

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

  const beginnings = await log.beginnings();
  const ownership = { epoch, positions: startPositions(beginnings, reached) };
  const restoredRecords = await restore(parts, log, ownership); // c
  const committed = await log.committed(); // d
  for (const [partition, beginning] of beginnings.claims) {
    ownership.positions.claims.set(partition, committed.get(partition) ?? beginning);
  }
  telemetry.laneServing({ lane, restoredRecords, milliseconds: parts.now() - started });
  return ownership;
}

/** The claims come last: until the view stands, none is asked for. */
function startPositions(beginnings: Positions, reached: ReadonlyMap<number, ViewPositions>): Ownership['positions'] {
  const from = (source: ViewSource): Map<number, number> =>
    new Map(
      [...beginnings[source]].map(([partition, low]) => [
        partition,
        Math.max(low, reached.get(partition)?.[source] ?? low),
      ]),
    );
  return {
    claims: new Map(),
    accounts: from('accounts'),
    coverage: from('coverage'),
    priorAuthorizations: from('priorAuthorizations'),
    participation: from('participation'),
  };
}

async function restore(parts: LaneParts, log: LaneLog, ownership: Ownership): Promise<number> {
  const { lane, partitions, telemetry } = parts;
  const open = new Set(
    VIEW_SOURCES.flatMap((source) => partitions.map((partition) => `${source}/${String(partition)}`)),
  );
  let restored = 0;
  while (open.size > 0 && !parts.signal.aborted) {
    const started = parts.now();
    const fetched = await log.fetch(ownership.positions, 'no-wait');
    restored += await applyToView(parts, ownership, fetched);
    advance(ownership, fetched);
    for (const { source, partition, next, end } of fetched)
      if (next >= end) open.delete(`${source}/${String(partition)}`);
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
