import { setImmediate as turn } from 'node:timers/promises';

import { Fault, Fenced } from '../../src/stream/fault.ts';
import type { MemberView, ReadAnswer, ReadRequest, View, ViewPositions, ViewWrite } from '../../src/stream/ports.ts';

type Partition = {
  readonly epoch: string;
  readonly positions: ViewPositions;
  readonly blobs: Map<string, Buffer | null>;
};

const NOWHERE: ViewPositions = { accounts: null, coverage: null, priorAuthorizations: null, participation: null };

/** A view that checks epochs and positions as the scripts in Redis do; of participation it knows nothing. */
export class MemoryView implements View {
  readonly #partitions = new Map<number, Partition>();
  readonly #beforeApply: () => void;

  /** `beforeApply` may throw. */
  constructor(beforeApply: () => void) {
    this.#beforeApply = beforeApply;
  }

  /** What there is of one kind, by member key. */
  of(source: keyof MemberView, partition: number): ReadonlyMap<string, Buffer | null> {
    const blobs = this.#partitions.get(partition)?.blobs ?? new Map<string, Buffer | null>();
    const mine = [...blobs].filter(([key]) => key.startsWith(`${source}/`));
    return new Map(mine.map(([key, value]) => [key.slice(source.length + 1), value]));
  }

  fence(partition: number, epoch: string): Promise<ViewPositions> {
    const { positions = NOWHERE, blobs = new Map<string, Buffer | null>() } = this.#partitions.get(partition) ?? {};
    this.#partitions.set(partition, { epoch, positions, blobs });
    return Promise.resolve(positions);
  }

  read({ members }: ReadRequest): Promise<ReadAnswer> {
    const asked = [...members];
    return Promise.resolve({
      members: new Map(
        asked.map(([partition, keys]) => [partition, new Map(keys.map((key) => [key, this.#member(partition, key)]))]),
      ),
      participants: new Map(),
      marks: new Map(
        asked.map(([partition]) => {
          const { epoch = null, positions = NOWHERE } = this.#partitions.get(partition) ?? {};
          return [partition, { epoch, positions }];
        }),
      ),
    });
  }

  async apply(writes: readonly ViewWrite[]): Promise<void> {
    await turn();
    this.#beforeApply();
    for (const { source, partition, epoch, follows, position, records } of writes) {
      const there = this.#partitions.get(partition);
      if (there?.epoch !== epoch) throw new Fenced('another epoch');
      if (there.positions[source] !== follows) throw new Fault('not what follows', { retryable: true });
      for (const { key, value } of records) there.blobs.set(`${source}/${key}`, value);
      this.#partitions.set(partition, { ...there, positions: { ...there.positions, [source]: position } });
    }
  }

  markRestored = (): Promise<void> => Promise.resolve();
  participationIsWhole = (): Promise<boolean> => Promise.resolve(true);
  evicts = (): Promise<boolean> => Promise.resolve(false);
  topology: View['topology'] = (wanted) => Promise.resolve(wanted);

  #member(partition: number, key: string): MemberView {
    const blob = (source: keyof MemberView) => this.of(source, partition).get(key) ?? null;
    return {
      accounts: blob('accounts'),
      coverage: blob('coverage'),
      priorAuthorizations: blob('priorAuthorizations'),
    };
  }
}
