import type { Admin, Kafka } from 'kafkajs';

import { Fault } from '../../stream/fault.ts';
import type { Fetched, Headers, InputSource, LaneLog, LogRecord, Positions, Source } from '../../stream/ports.ts';
import { perSource } from '../../stream/per-source.ts';
import { isInput, SOURCES } from '../../stream/ports.ts';
import { kafkaFault } from './faults.ts';
import { createCluster } from './kafkajs-internals.ts';
import type { Cluster, FetchResponse, FetchTopic, PartitionData, RawRecord } from './kafkajs-internals.ts';
import { readCommitted } from './read-committed.ts';

export type LaneLogOptions = {
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly topics: Readonly<Record<Source, string>>;
  readonly partitions: readonly number[];
  readonly groupId: string;
  /** How long the broker may hold a fetch when there is nothing new, milliseconds. */
  readonly fetchWaitMs: number;
  readonly bytesPerPartitionMax: number;
};

type Poll = { readonly nodeId: string; readonly topics: readonly FetchTopic[]; readonly wait: 'wait' | 'no-wait' };

/** What the request has room for. */
const INT32_MAX = 2_147_483_647;

/** More than any batch of the topics (deploy/topics.yaml). */
const ANY_BATCH_BYTES = 33_554_432;

/** The reader of one lane: long polls over connections of its own, read_committed, from wherever the owner says. */
export class KafkaLaneLog implements LaneLog {
  readonly #options: LaneLogOptions;
  readonly #sourceOf: ReadonlyMap<string, Source>;
  readonly #cluster: Cluster;
  /** One poll per broker may be under way: a broker with nothing new must not hold back another that has something. */
  readonly #polls = new Map<string, Promise<{ readonly nodeId: string; readonly fetched: readonly Fetched[] }>>();
  #connected = false;
  #closed = false;

  constructor(options: LaneLogOptions) {
    this.#options = options;
    this.#sourceOf = new Map(SOURCES.map((source) => [options.topics[source], source]));
    this.#cluster = createCluster(options.kafka);
  }

  async fetch(from: Positions, wait: 'wait' | 'no-wait'): Promise<readonly Fetched[]> {
    try {
      await this.#connect();
      for (const [nodeId, topics] of this.#byLeader(from)) {
        if (!this.#polls.has(nodeId)) this.#poll({ nodeId, topics, wait });
      }
      const { nodeId, fetched } = await Promise.race(this.#polls.values());
      this.#polls.delete(nodeId);
      return fetched;
    } catch (error) {
      this.#polls.clear();
      if (!this.#closed) await this.#cluster.refreshMetadata().catch(() => undefined);
      throw kafkaFault(error);
    }
  }

  async bounds(): Promise<{ readonly beginnings: Positions; readonly ends: Positions }> {
    try {
      const offsets = new Map(
        await Promise.all(SOURCES.map(async (source) => [source, await this.#offsets(source)] as const)),
      );
      const positions = (source: Source, bound: 'low' | 'high') =>
        new Map(offsets.get(source)?.map((offset) => [offset.partition, Number(offset[bound])]));
      return {
        beginnings: perSource((source) => positions(source, 'low')),
        ends: perSource((source) => positions(source, 'high')),
      };
    } catch (error) {
      throw kafkaFault(error);
    }
  }

  async committed(): Promise<Readonly<Record<InputSource, ReadonlyMap<number, number>>>> {
    const { admin, groupId, topics, partitions } = this.#options;
    try {
      const answers = await admin.fetchOffsets({ groupId, topics: [topics.claims, topics.authorizationRequests] });
      const mine = (input: InputSource): ReadonlyMap<number, number> => {
        const committed = answers.find(({ topic }) => topic === topics[input])?.partitions ?? [];
        const known = committed.filter(({ partition, offset }) => partitions.includes(partition) && offset !== '-1');
        return new Map(known.map(({ partition, offset }) => [partition, Number(offset)]));
      };
      return { claims: mine('claims'), authorizationRequests: mine('authorizationRequests') };
    } catch (error) {
      throw kafkaFault(error);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#cluster.disconnect().catch(() => undefined);
    await Promise.allSettled(this.#polls.values());
    // A request that was on its way when the connections were taken down may have made a new one.
    await this.#cluster.disconnect().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    if (!this.#connected) {
      await this.#cluster.connect();
      await this.#cluster.addMultipleTargetTopics(Object.values(this.#options.topics));
      this.#connected = true;
    }
    await this.#cluster.refreshMetadataIfNecessary();
  }

  async #offsets(source: Source) {
    const offsets = await this.#options.admin.fetchTopicOffsets(this.#options.topics[source]);
    return offsets.filter(({ partition }) => this.#options.partitions.includes(partition));
  }

  #byLeader(from: Positions): ReadonlyMap<string, readonly FetchTopic[]> {
    const requests = new Map<string, FetchTopic[]>();
    for (const source of SOURCES) {
      const topic = this.#options.topics[source];
      const leaders = this.#cluster.findLeaderForPartitions(topic, [...from[source].keys()]);
      for (const [nodeId, partitions] of Object.entries(leaders)) {
        const wanted = partitions.map((partition) => ({
          partition,
          fetchOffset: String(from[source].get(partition) ?? 0),
        }));
        requests.set(nodeId, [...(requests.get(nodeId) ?? []), { topic, partitions: wanted }]);
      }
    }
    if (requests.size === 0) throw new Fault('no broker leads the partitions of the lane', { retryable: true });
    return requests;
  }

  #poll(poll: Poll): void {
    const { nodeId } = poll;
    const polled = this.#request(poll).then((fetched) => ({ nodeId, fetched }));
    // Awaited by a later `fetch`; without this an error in between would be an unhandled one.
    polled.catch(() => undefined);
    this.#polls.set(nodeId, polled);
  }

  async #request(poll: Poll): Promise<readonly Fetched[]> {
    const fetched = this.#read(await this.#ask(poll, this.#options.bytesPerPartitionMax), poll.topics);
    const stands = ({ from, next, end }: Fetched): boolean => next === from && from < end;
    if (!fetched.some(stands) || fetched.some(({ from, next }) => next > from)) return fetched;
    // Nothing, and yet not at the end: emptied batches of a compacted topic, which come back empty for ever. They are stepped over once
    // a poll that has room for any batch has brought nothing either.
    const again = this.#read(await this.#ask(poll, ANY_BATCH_BYTES), poll.topics);
    return again.map((one) => (stands(one) && !isInput(one.source) ? { ...one, next: one.end } : one));
  }

  async #ask({ nodeId, topics, wait }: Poll, maxBytes: number): Promise<FetchResponse> {
    const broker = await this.#cluster.findBroker({ nodeId });
    // A request would connect again what `close` has just taken down, and nobody would end that connection.
    if (this.#closed) throw new Fault('the log is closed', { retryable: true });
    return broker.fetch({
      isolationLevel: 1,
      maxWaitTime: wait === 'wait' ? this.#options.fetchWaitMs : 0,
      minBytes: 1,
      maxBytes: Math.min(maxBytes * this.#options.partitions.length * SOURCES.length, INT32_MAX),
      topics: topics.map(({ topic, partitions }) => ({
        topic,
        partitions: partitions.map((partition) => ({ ...partition, maxBytes })),
      })),
    });
  }

  #read(response: FetchResponse, topics: readonly FetchTopic[]): readonly Fetched[] {
    const offsets = new Map(
      topics.flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, fetchOffset }) => [`${topic}/${String(partition)}`, Number(fetchOffset)] as const),
      ),
    );
    return response.responses.flatMap(({ topicName, partitions }) => {
      const source = this.#sourceOf.get(topicName);
      if (source === undefined) return [];
      return partitions.map((data) => {
        const from = offsets.get(`${topicName}/${String(data.partition)}`) ?? 0;
        return {
          source,
          partition: data.partition,
          records: readCommitted(data)
            .map(logRecord)
            .filter(({ offset }) => offset >= from),
          from,
          next: nextOffset(from, data),
          end: Number(data.lastStableOffset),
        };
      });
    });
  }
}

/** Where to go on. A compacted batch may end before its last offset, and then comes back whole: it is left step by step. */
function nextOffset(from: number, { messages, lastStableOffset }: PartitionData): number {
  const last = Number(messages.at(-1)?.offset ?? -1);
  if (last >= from) return last + 1;
  return messages.length > 0 && from < Number(lastStableOffset) ? from + 1 : from;
}

const logRecord = ({ offset, timestamp, key, value, headers }: RawRecord): LogRecord => ({
  offset: Number(offset),
  timestamp: Number(timestamp),
  key,
  value,
  headers: firstValues(headers),
});

/** Kafka lets a header stand twice; kafkajs then gives an array, and the first one counts. */
function firstValues(headers: RawRecord['headers']): Headers {
  const single: Record<string, Buffer | string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) single[name] = first;
  }
  return single;
}
