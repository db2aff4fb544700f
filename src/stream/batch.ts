import type { Fetched, InputSource, LogRecord, NextOffsets } from './ports.ts';

/** The records of an input topic for one transaction, by partition. */
export type Batch = NextOffsets & { readonly records: ReadonlyMap<number, readonly LogRecord[]> };

/** Whatever has arrived on a topic, cut so that no partition gives more than `most` records to one transaction. */
export function cutBatches(fetched: readonly Fetched[], input: InputSource, most: number): readonly Batch[] {
  const arrived = fetched.filter(({ source, records }) => source === input && records.length > 0);
  const rounds = Math.max(0, ...arrived.map(({ records }) => Math.ceil(records.length / most)));
  return Array.from({ length: rounds }, (_, round) => {
    const cut = arrived
      .map(({ partition, records, next }) => {
        const part = records.slice(round * most, (round + 1) * most);
        const last = (round + 1) * most >= records.length;
        return { partition, part, offset: last ? next : (part.at(-1)?.offset ?? next) + 1 };
      })
      .filter(({ part }) => part.length > 0);
    return {
      input,
      records: new Map(cut.map(({ partition, part }) => [partition, part])),
      offsets: new Map(cut.map(({ partition, offset }) => [partition, offset])),
    };
  });
}
