import { perSource } from './per-source.ts';
import type { Fetched, LaneLog, Positions, Source } from './ports.ts';

/** Where to begin, and the position behind the last record that is wanted, by source and partition. */
export type Range = { readonly from: Positions; readonly to: Positions };

/** Reads ranges of a log to their ends, every partition in its order. A partition without an end is not read. */
export async function* readRange(log: Pick<LaneLog, 'fetch'>, { from, to }: Range): AsyncGenerator<Fetched> {
  const endOf = (source: Source, partition: number): number => to[source].get(partition) ?? 0;
  const unread = (source: Source): Map<number, number> =>
    new Map([...from[source]].filter(([partition, position]) => position < endOf(source, partition)));
  const open = perSource(unread);
  while (Object.values(open).some(({ size }) => size > 0)) {
    for (const fetched of await log.fetch(open, 'no-wait')) {
      const { source, partition, records, next } = fetched;
      // A poll that was under way while the leader changed may come back after its successor.
      if (open[source].get(partition) !== fetched.from) continue;
      const end = endOf(source, partition);
      if (next < end) open[source].set(partition, next);
      else open[source].delete(partition);
      yield { ...fetched, records: records.filter(({ offset }) => offset < end), next: Math.min(next, end) };
    }
  }
}
