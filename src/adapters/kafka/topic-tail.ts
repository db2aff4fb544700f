import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Kafka, KafkaMessage } from 'kafkajs';

import type { Connections } from './connections.ts';
import { createCluster } from './kafkajs-internals.ts';

export type TopicRecord = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly key: string;
  readonly value: Buffer | null;
  readonly headers: NonNullable<KafkaMessage['headers']>;
};

export type TopicTailOptions = {
  readonly kafka: Kafka;
  readonly topics: readonly string[];
  readonly onRecords: (records: readonly TopicRecord[]) => void;
};

export type TopicTail = {
  /** Resolves when everything that has been written to the topics by now was handed over, or aborted. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
};

const POLL_MS = 20;

/** Begins the names of the groups of readers, each of which goes away with its reader. */
export const READER_GROUPS = 'tail-';

/** Reads topics from their beginning and stays: what a read_committed consumer downstream sees, when it sees it. */
export async function openTopicTail({ kafka, topics, onRecords }: TopicTailOptions): Promise<TopicTail> {
  const groupId = `${READER_GROUPS}${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, readUncommitted: false, maxWaitTimeInMs: 250 });
  const admin = kafka.admin();
  const cluster = createCluster(kafka);
  const positions = new Map<string, number>();
  // Told of batches without records too, such as the marker of an aborted transaction, which `eachBatch` never sees.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { topic, partition, lastOffset } }) => {
    positions.set(place(topic, partition), Number(lastOffset) + 1);
  });
  await Promise.all([consumer.connect(), admin.connect(), cluster.connect()]);
  await cluster.addMultipleTargetTopics(topics);
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: ({ batch: { topic, partition, messages } }) => {
      onRecords(messages.map((message) => topicRecord(topic, partition, message)));
      return Promise.resolve();
    },
  });
  return {
    caughtUp: async () => {
      const ends = await endsOf({ cluster, admin }, topics);
      while (ends.some(([at, end]) => (positions.get(at) ?? 0) < end)) await sleep(POLL_MS);
    },
    close: async () => {
      await consumer.disconnect();
      await admin.deleteGroups([groupId]);
      await Promise.all([admin.disconnect(), cluster.disconnect()]);
    },
  };
}

/**
 * The ends of the topics, with records of transactions that are still open. The admin client gives the last stable offset instead:
 * of a transaction that spans topics it may have seen the commit in one of them, and not yet in another.
 */
async function endsOf(
  { cluster, admin }: Connections,
  topics: readonly string[],
): Promise<readonly (readonly [string, number])[]> {
  const ends: [string, number][] = [];
  for (const topic of topics) {
    const stable = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, high]));
    for (const [nodeId, led] of Object.entries(cluster.findLeaderForPartitions(topic, [...stable.keys()]))) {
      const partitions = led.map((partition) => ({
        partition,
        fetchOffset: stable.get(partition) ?? '0',
        maxBytes: 1,
      }));
      const broker = await cluster.findBroker({ nodeId });
      const answer = await broker.fetch({ ...AT_ONCE, topics: [{ topic, partitions }] });
      const answered = answer.responses.flatMap((response) => response.partitions);
      ends.push(
        ...answered.map((data): [string, number] => [place(topic, data.partition), Number(data.highWatermark)]),
      );
    }
  }
  return ends;
}

const AT_ONCE = { isolationLevel: 1, maxWaitTime: 0, minBytes: 1, maxBytes: 1 } as const;

const place = (topic: string, partition: number): string => `${topic}/${String(partition)}`;

const topicRecord = (topic: string, partition: number, message: KafkaMessage): TopicRecord => ({
  topic,
  partition,
  offset: Number(message.offset),
  timestamp: Number(message.timestamp),
  key: message.key?.toString() ?? '',
  value: message.value,
  headers: message.headers ?? {},
});
