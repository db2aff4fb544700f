import { setImmediate as turn } from 'node:timers/promises';

import { perSource } from '../../src/stream/per-source.ts';
import { SOURCES } from '../../src/stream/ports.ts';
import type {
  Fetched,
  LaneLog,
  LogRecord,
  NextOffsets,
  OutRecord,
  Publication,
  Published,
  Publisher,
  Source,
} from '../../src/stream/ports.ts';

export type Topic = Source | 'responses' | 'rebateEvents' | 'deadLetters';
type Sent = Pick<LogRecord, 'key' | 'value' | 'headers'>;
/** Null is the marker of a transaction, or a record of one that was aborted: both take an offset. */
type Log = (Sent | null)[];
/** What a transaction has put into a log. */
type Part = { readonly log: Log; readonly first: number; readonly count: number };

/** Before the records of a transaction are appended, behind them, and behind its commit. */
export type BrokerMoment = 'publish' | 'produced' | 'committed';

/** So few that some of what there is has to wait. */
const RECORDS_PER_FETCH = 4;

/** A broker of one lane: logs with the markers of transactions, and committed offsets. */
export class MemoryBroker {
  readonly partitions: readonly number[];
  readonly committed = perSource(() => new Map<number, number>());
  readonly #logs = new Map<string, Log>();
  readonly #at: (moment: BrokerMoment) => void;

  /** `at` may write in between, as somebody else does, or throw. */
  constructor(partitions: readonly number[], at: (moment: BrokerMoment) => void) {
    this.partitions = partitions;
    this.#at = at;
  }

  log(topic: Topic, partition: number): Log {
    const id = `${topic}/${String(partition)}`;
    const log = this.#logs.get(id) ?? [];
    this.#logs.set(id, log);
    return log;
  }

  /** What a read_committed reader sees. */
  records(topic: Topic, partition: number, from = 0): readonly LogRecord[] {
    return this.log(topic, partition).flatMap((sent, offset) =>
      sent === null || offset < from ? [] : [{ ...sent, offset, timestamp: 0 }],
    );
  }

  /** A fetch says where from when it is called, and what there is when it is answered: as late as a broker may. */
  laneLog(): LaneLog {
    const positions = (of: (source: Source, partition: number) => number) =>
      perSource((source) => new Map(this.partitions.map((partition) => [partition, of(source, partition)])));
    return {
      fetch: async (from) => {
        const asked = perSource((source) => new Map(from[source]));
        await turn();
        return SOURCES.flatMap((source) =>
          [...asked[source]].map(([partition, position]) => this.#fetched(source, partition, position)),
        );
      },
      bounds: () =>
        Promise.resolve({
          beginnings: positions(() => 0),
          ends: positions((source, partition) => this.log(source, partition).length),
        }),
      committed: () => Promise.resolve(this.committed),
      close: () => Promise.resolve(),
    };
  }

  #fetched(source: Source, partition: number, from: number): Fetched {
    const end = this.log(source, partition).length;
    const records = this.records(source, partition, from).slice(0, RECORDS_PER_FETCH);
    const last = records[RECORDS_PER_FETCH - 1];
    return { source, partition, records, from, next: last ? last.offset + 1 : end, end };
  }

  publisher(): Publisher {
    let begun: NextOffsets | undefined;
    return {
      fence: () => Promise.resolve(),
      begin: (next) => {
        begun = next;
        return Promise.resolve();
      },
      publish: (publication) => Promise.resolve().then(() => this.#publish(publication, begun)),
      close: () => Promise.resolve(),
    };
  }

  #publish({ responses, rebateEvents, postImages, deadLetters }: Publication, next?: NextOffsets): Published {
    this.#at('publish');
    const others = { responses, rebateEvents, deadLetters };
    const parts = Object.entries(others).flatMap(([topic, records]) => [...this.#append(topic as Topic, records)]);
    const landed = this.#append(postImages.source, postImages.records);
    const { landing } = postImages;
    const committed = [...landed].every(
      ([partition, { first }]) => landing === null || first === landing.get(partition),
    );
    const ends = new Map([...landed].map(([partition, { first, count }]) => [partition, first + count + 1]));
    const all = [...parts, ...landed].map(([, part]) => part);
    try {
      this.#at('produced');
    } catch (error) {
      end(all, false);
      throw error;
    }
    end(all, committed);
    if (!committed) return { committed, ends };
    if (next) this.#commit(next);
    this.#at('committed');
    return { committed, ends };
  }

  #append(topic: Topic, records: readonly OutRecord[]): ReadonlyMap<number, Part> {
    const appended = new Map<number, Part>();
    for (const [partition, list] of Map.groupBy(records, (record) => record.partition)) {
      const log = this.log(topic, partition);
      appended.set(partition, { log, first: log.length, count: list.length });
      for (const { key, value, headers } of list) {
        log.push({ key: key === null ? null : Buffer.from(key), value, headers });
      }
    }
    return appended;
  }

  #commit({ input, offsets }: NextOffsets): void {
    for (const [partition, offset] of offsets) this.committed[input].set(partition, offset);
  }
}

/** Writes the markers behind whatever is there by now; records of an aborted transaction keep their offsets. */
function end(parts: readonly Part[], committed: boolean): void {
  for (const { log, first, count } of parts) {
    if (!committed) log.fill(null, first, first + count);
    log.push(null);
  }
}
