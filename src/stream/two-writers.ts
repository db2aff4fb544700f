import type { Batch } from './batch.ts';
import type { Ownership } from './ownership.ts';
import type { Fetched } from './ports.ts';

/**
 * The topic of prior authorizations has other writers beside the lane, and a record replaces that of the same member. The lane therefore
 * commits its own only where they stand right behind what it has read (docs/decisions/0017).
 */

/** Where the next record of a partition lands if nobody else has written since the lane read it. */
export const landingOf = ({ positions, authorized }: Ownership, { records }: Batch): ReadonlyMap<number, number> =>
  new Map(
    [...records.keys()].map((partition) => [
      partition,
      Math.max(positions.priorAuthorizations.get(partition) ?? 0, authorized.get(partition) ?? 0),
    ]),
  );

/** After a commit. It is read on before the marker: what stands there may as well be a record of somebody else. */
export function hasLanded({ positions, authorized }: Ownership, ends: ReadonlyMap<number, number>): void {
  for (const [partition, end] of ends) {
    positions.priorAuthorizations.set(partition, end - 1);
    authorized.set(partition, end);
  }
}

/** Nothing was committed: the requests are not asked for again before what came between has been read, and what was taken back. */
export function putOff(ownership: Ownership, { records }: Batch, ends: ReadonlyMap<number, number>): void {
  for (const [partition, [first]] of records) {
    if (!first) continue;
    ownership.positions.authorizationRequests.delete(partition);
    ownership.putOff.set(partition, { from: first.offset, until: ends.get(partition) ?? 0 });
  }
}

/**
 * Asks again for the requests of partitions where a poll has brought nothing new. While somebody writes without a pause, another try would
 * but leave aborted records behind.
 */
export function takeUp({ positions, putOff: waiting }: Ownership, fetched: readonly Fetched[]): void {
  for (const { source, partition, from, next } of fetched) {
    const requests = waiting.get(partition);
    if (source !== 'priorAuthorizations' || next > from || !requests || next < requests.until) continue;
    positions.authorizationRequests.set(partition, requests.from);
    waiting.delete(partition);
  }
}
