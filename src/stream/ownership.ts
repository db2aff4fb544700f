import { Fault } from './fault.ts';
import type { Fetched, ReadAnswer, Source, ViewSource } from './ports.ts';
import { VIEW_SOURCES } from './ports.ts';

/** What an owner knows once the lane is its own: the proof against zombies, where to read on, and how far it has brought the view. */
export type Ownership = {
  readonly epoch: string;
  readonly positions: Readonly<Record<Source, Map<number, number>>>;
  readonly applied: Readonly<Record<ViewSource, Map<number, number | null>>>;
  /** Per partition, where the lane's own last prior authorizations ended, the marker of their transaction included. */
  readonly authorized: Map<number, number>;
  /** Per partition, requests to go on from once the prior authorizations have been read so far. */
  readonly putOff: Map<number, { readonly from: number; readonly until: number }>;
};

/** What follows on the owner's positions, which move on behind it. An answer to an older question is no news: it would be read twice. */
export function advance({ positions }: Ownership, fetched: readonly Fetched[]): readonly Fetched[] {
  const news = fetched.filter(({ source, partition, from }) => positions[source].get(partition) === from);
  for (const { source, partition, next } of news) positions[source].set(partition, next);
  return news;
}

/** A view that was wiped, put back from an older copy or taken by another owner has other marks than those we left. */
export function requireWholeView({ epoch, applied }: Ownership, { marks }: ReadAnswer): void {
  for (const [partition, mark] of marks) {
    const whole = VIEW_SOURCES.every((source) => mark.positions[source] === applied[source].get(partition));
    if (mark.epoch !== epoch || !whole) {
      throw new Fault('the view is not where its owner left it', { retryable: true });
    }
  }
}
