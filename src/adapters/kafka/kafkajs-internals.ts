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

/** A request that kafkajs does not have, in the parts that it wants: how it is written and what its answer becomes. */
export type RawRequest<Answer> = {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    readonly encode: () => Promise<Encoder>;
  };
  readonly response: {
    readonly decode: (raw: Buffer) => Promise<Answer>;
    readonly parse: (answer: Answer) => Promise<Answer>;
  };
};

export type Encoder = {
  writeArray(values: readonly string[]): Encoder;
  writeBoolean(value: boolean): Encoder;
};

export type Decoder = {
  readInt16(): number;
  readInt32(): number;
  readString(): string | null;
  readBytes(): Buffer | null;
  readBoolean(): boolean;
  readArray<T>(read: (decoder: Decoder) => T): readonly T[];
};

export type Broker = {
  /** What the broker speaks, by the number of the request. */
  readonly versions: Readonly<Record<number, { readonly minVersion: number; readonly maxVersion: number }>>;
  /** Which broker coordinates a group, or with type 1 a transactional id. */
  findGroupCoordinator(of: {
    readonly groupId: string;
    readonly coordinatorType: 0 | 1;
  }): Promise<{ readonly coordinator: { readonly nodeId: string } }>;
  readonly connectionPool: { send<Answer>(request: RawRequest<Answer>): Promise<Answer> };
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
  findControllerBroker(): Promise<Broker>;
  getNodeIds(): readonly number[];
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

/** With Kafka's name for it. */
export type ProtocolError = Error & { readonly type: string };

type ProtocolErrors = {
  readonly errorCodes: readonly { readonly type: string; readonly code: number; readonly message: string }[];
  readonly createErrorFromCode: (code: number) => ProtocolError;
};

const { errorCodes, createErrorFromCode } = internal('kafkajs/src/protocol/error.js') as ProtocolErrors;

/** What Kafka calls an error, by the text that kafkajs has for it. */
export const ERROR_NAMES: ReadonlyMap<string, string> = new Map(errorCodes.map(({ type, message }) => [message, type]));

/** The error with a number on the wire; undefined for zero, which is none. */
export const protocolError = (code: number): ProtocolError | undefined =>
  code === 0 ? undefined : createErrorFromCode(code);

export const newEncoder = (): Encoder => new (internal('kafkajs/src/protocol/encoder.js') as new () => Encoder)();

export const newDecoder = (raw: Buffer): Decoder =>
  new (internal('kafkajs/src/protocol/decoder.js') as new (bytes: Buffer) => Decoder)(raw);
