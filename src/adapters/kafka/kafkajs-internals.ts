import { createRequire } from 'node:module';

import type { Kafka } from 'kafkajs';

/**
 * The few pieces of kafkajs 2.2.4 behind its public interface that this adapter uses, typed here because the package does not.
 * The version is pinned and was the last one published; docs/decisions/0009 says why its consumer is not used for reading.
 */

/** One record as kafkajs decodes it, control records included. */
export type RawRecord = {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | Buffer[]>>;
  /** A marker that ends a transaction. */
  readonly isControlRecord: boolean;
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
};

export type PartitionData = {
  readonly partition: number;
  readonly highWatermark: string;
  readonly lastStableOffset: string;
  readonly abortedTransactions: readonly { readonly producerId: string; readonly firstOffset: string }[];
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
  }[];
};

export type Broker = {
  fetch(request: {
    readonly isolationLevel: 1;
    readonly maxWaitTime: number;
    readonly minBytes: number;
    readonly maxBytes: number;
    readonly topics: readonly {
      readonly topic: string;
      readonly partitions: readonly (FetchTopic['partitions'][number] & { readonly maxBytes: number })[];
    }[];
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
  findBroker(node: { readonly nodeId: string }): Promise<Broker>;
};

const internal = createRequire(import.meta.url);

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

type ProtocolErrors = { readonly errorCodes: readonly { readonly type: string; readonly message: string }[] };

/** What Kafka calls an error, by the text that kafkajs has for it. */
export const ERROR_NAMES: ReadonlyMap<string, string> = new Map(
  (internal('kafkajs/src/protocol/error.js') as ProtocolErrors).errorCodes.map(({ type, message }) => [message, type]),
);
