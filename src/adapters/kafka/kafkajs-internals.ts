import { createRequire } from 'node:module';

import type { Kafka } from 'kafkajs';

/**
 * The few pieces of kafkajs 2.2.4 behind its public interface that this adapter uses, typed here because the package does not.
 * The version is pinned and was the last one published; docs/decisions/0010 says why its consumer is not used for reading.
 */

/** One record as kafkajs decodes it, control records included. */
export type RawRecord = {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | Buffer[]>>;
  readonly isControlRecord: boolean;
};

export type PartitionData = {
  readonly partition: number;
  readonly highWatermark: string;
  readonly lastStableOffset: string;
  readonly messages: readonly RawRecord[];
};

export type FetchResponse = {
  readonly responses: readonly { readonly topicName: string; readonly partitions: readonly PartitionData[] }[];
};

export type FetchTopic = {
  readonly topic: string;
  readonly partitions: readonly {
    readonly partition: number;
    readonly fetchOffset: string;
    readonly maxBytes: number;
  }[];
};

export type Broker = {
  fetch(request: {
    readonly isolationLevel: 1;
    readonly maxWaitTime: number;
    readonly minBytes: number;
    readonly maxBytes: number;
    readonly topics: readonly FetchTopic[];
  }): Promise<FetchResponse>;
};

/** A set of connections to the brokers with the metadata of its topics. */
export type Cluster = {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
  refreshMetadata(): Promise<void>;
  refreshMetadataIfNecessary(): Promise<void>;
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Readonly<Record<string, readonly number[]>>;
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number }[];
  findBroker(node: { readonly nodeId: string }): Promise<Broker>;
};

/** What read_committed may see of a fetched partition: aborted and control records are left out of `messages`. */
export type Batch = {
  readonly messages: readonly RawRecord[];
  readonly messagesWithinOffset: readonly RawRecord[];
};

const internal = createRequire(import.meta.url);

const BatchClass = internal('kafkajs/src/consumer/batch.js') as new (
  topic: string,
  fetchedOffset: string,
  data: PartitionData,
) => Batch;

export const readCommittedBatch = (topic: string, fetchedOffset: string, data: PartitionData): Batch =>
  new BatchClass(topic, fetchedOffset, data);

/** Connections of their own, with the addresses and credentials of `kafka`. */
export function createCluster(kafka: Kafka): Cluster {
  const create = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  );
  const factories = kafka as unknown as Record<symbol, (options: object) => Cluster>;
  const factory = create && factories[create];
  if (!factory) throw new Error('this kafkajs has no cluster factory: only version 2.2.4 is supported');
  return factory({ allowAutoTopicCreation: false, metadataMaxAge: 60_000 });
}

type RequestQueue = {
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
  scheduleCheckPendingRequests(): void;
};

let silenced = false;

/**
 * kafkajs arms a timer of 1 ms again and again on every idle connection (tulios/kafkajs#1704), and one with a negative delay,
 * of which Node 24 complains. A queue with nothing pending and no throttle needs no timer.
 */
export function silenceIdleRequestQueues(): void {
  if (silenced) return;
  silenced = true;
  const queue = (internal('kafkajs/src/network/requestQueue/index.js') as { readonly prototype: RequestQueue })
    .prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with `this` below
  const schedule = queue.scheduleCheckPendingRequests;
  queue.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
}

type ProtocolErrors = { readonly errorCodes: readonly { readonly type: string; readonly message: string }[] };

/** What Kafka calls an error, by the text that kafkajs has for it. */
export const ERROR_NAMES: ReadonlyMap<string, string> = new Map(
  (internal('kafkajs/src/protocol/error.js') as ProtocolErrors).errorCodes.map(({ type, message }) => [message, type]),
);
