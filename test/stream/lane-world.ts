import { setImmediate as turn } from 'node:timers/promises';

import type { Codec } from '../../src/stream/codec.ts';
import { ownLane } from '../../src/stream/lane-owner.ts';
import type { LaneParts } from '../../src/stream/lane-parts.ts';
import type {
  InputSource,
  LogRecord,
  MemberView,
  RecordPosition,
  RequestDecision,
  Telemetry,
} from '../../src/stream/ports.ts';
import type { Decode } from '../../src/wire/decoder.ts';
import { memberKeys } from '../../src/wire/member-key.ts';
import { aPolicy } from '../builders.ts';
import { MemoryBroker, type BrokerMoment, type Topic } from './memory-broker.ts';
import { MemoryView } from './memory-view.ts';

/** Where a test may step in: to write as somebody else does, or to throw. */
export type Moment = BrokerMoment | 'apply';

const PARTITIONS = [0, 1];
const json = (record: unknown): Buffer => Buffer.from(JSON.stringify(record));

/** One lane between servers in memory. */
export class LaneWorld {
  readonly keys = memberKeys('a synthetic secret for tests');
  readonly policy = aPolicy();
  /** What the lane has told of itself. */
  readonly told = {
    decisions: [] as RequestDecision[],
    deadLetters: [] as (RecordPosition & { readonly reason: string })[],
    putOff: 0,
    faults: 0,
    lags: [] as Parameters<Telemetry['lag']>[0][],
  };
  batchMax = 10;
  at: (moment: Moment) => void = () => undefined;
  readonly #broker = new MemoryBroker(PARTITIONS, (moment) => {
    this.at(moment);
  });
  readonly #view = new MemoryView(() => {
    this.at('apply');
  });
  #epochs = 0;

  /** Appends a record to partition 0; bytes and null go as they are, anything else as JSON. */
  send(topic: Topic, key: string | null, record: unknown): void {
    const value = record === null || Buffer.isBuffer(record) ? record : json(record);
    this.#broker.log(topic, 0).push({ key: key === null ? null : Buffer.from(key), value, headers: {} });
  }

  /** What a read_committed reader sees of a topic. */
  read(topic: Topic): readonly LogRecord[] {
    return PARTITIONS.flatMap((partition) => this.#broker.records(topic, partition));
  }

  viewed(source: keyof MemberView): ReadonlyMap<string, Buffer | null> {
    return new Map(PARTITIONS.flatMap((partition) => [...this.#view.of(source, partition)]));
  }

  /** Owns the lane until everything is settled, or what is asked for. */
  async run(settled: () => boolean = () => this.isSettled('claims', 'authorizationRequests')): Promise<void> {
    const abort = new AbortController();
    const lane = ownLane(this.#parts(abort.signal));
    for (let turns = 0; turns < 20_000 && !settled(); turns += 1) await turn();
    abort.abort();
    await lane;
    if (!settled()) throw new Error('the lane did not settle');
  }

  /** Whether the committed offsets stand behind every record. */
  isSettled(...inputs: readonly InputSource[]): boolean {
    return inputs.every((input) => {
      const committed = this.#broker.committed[input];
      return PARTITIONS.every((at) => (committed.get(at) ?? 0) === this.#broker.log(input, at).length);
    });
  }

  #parts(signal: AbortSignal): LaneParts {
    return {
      lane: 0,
      partitions: PARTITIONS,
      topology: { partitions: PARTITIONS.length, lanes: 1 },
      publisher: this.#broker.publisher(),
      openLog: () => this.#broker.laneLog(),
      view: this.#view,
      codec: CODEC,
      keys: this.keys,
      policy: this.policy,
      telemetry: this.#telemetry(),
      membership: { run: () => Promise.resolve(), confirmed: () => Promise.resolve(), leave: () => Promise.resolve() },
      batchClaimsMax: this.batchMax,
      inputTopics: { claims: 'claims', authorizationRequests: 'requests' },
      source: '/test',
      now: () => 0,
      wallClock: () => 0,
      sleep: () => turn(),
      newEpoch: () => `epoch ${String((this.#epochs += 1))}`,
      signal,
    };
  }

  #telemetry(): Telemetry {
    const nothing = (): void => undefined;
    return {
      lanesAssigned: nothing,
      stepDone: nothing,
      laneServing: nothing,
      laneStopped: nothing,
      laneHalted: nothing,
      laneFailed: () => void (this.told.faults += 1),
      batchCommitted: nothing,
      requestsCommitted: ({ decisions }) => void this.told.decisions.push(...decisions),
      requestsPutOff: () => void (this.told.putOff += 1),
      deadLettered: ({ at, reason }) => void this.told.deadLetters.push({ ...at, reason }),
      referenceSkipped: nothing,
      lag: (event) => void this.told.lags.push(event),
    };
  }
}

/** What is no JSON cannot be read. */
const decode: Decode<never> = (values) =>
  Promise.resolve(
    values.map((value) => {
      try {
        return { kind: 'record', record: JSON.parse(value.toString()) as never };
      } catch {
        return { kind: 'undecodable', reason: 'MALFORMED' };
      }
    }),
  );

const CODEC: Codec = {
  decode: {
    claims: decode,
    authorizationRequests: decode,
    accounts: decode,
    coverage: decode,
    priorAuthorizations: decode,
    participation: decode,
  },
  encode: { responses: json, rebateEvents: json, accounts: json, priorAuthorizations: json },
};
