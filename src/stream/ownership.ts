import type { Fetched, Source } from './ports.ts';

/** What an owner knows once the lane is its own: the proof against zombies, and where to read on. */
export type Ownership = {
  readonly epoch: string;
  readonly positions: Readonly<Record<Source, Map<number, number>>>;
};

export function advance({ positions }: Ownership, fetched: readonly Fetched[]): void {
  for (const { source, partition, next } of fetched) positions[source].set(partition, next);
}
