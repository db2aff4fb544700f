import type { Fetched, LogRecord } from './ports.ts';

/** The claims of one transaction, and per partition the offset to go on from. */
export type Batch = {
  readonly claims: ReadonlyMap<number, readonly LogRecord[]>;
  readonly offsets: ReadonlyMap<number, number>;
};

/** Whatever has arrived, cut so that no partition gives more than `most` claims to one transaction. */
export function cutBatches(fetched: readonly Fetched[], most: number): readonly Batch[] {
  const claims = fetched.filter(({ source, records }) => source === 'claims' && records.length > 0);
  const rounds = Math.max(0, ...claims.map(({ records }) => Math.ceil(records.length / most)));
  return Array.from({ length: rounds }, (_, round) => {
    const cut = claims
      .map(({ partition, records, next }) => {
        const part = records.slice(round * most, (round + 1) * most);
        const last = (round + 1) * most >= records.length;
        return { partition, part, offset: last ? next : (part.at(-1)?.offset ?? next) + 1 };
      })
      .filter(({ part }) => part.length > 0);
    return {
      claims: new Map(cut.map(({ partition, part }) => [partition, part])),
      offsets: new Map(cut.map(({ partition, offset }) => [partition, offset])),
    };
  });
}
