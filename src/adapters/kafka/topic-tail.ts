import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Admin, Kafka, KafkaMessage } from 'kafkajs';

export type TopicRecord = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
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
  /** Resolves when everything that is on the topics now has been handed over. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
};

const POLL_MS = 20;

/** Reads topics from their beginning and stays: what a read_committed consumer downstream sees, when it sees it. */
export async function openTopicTail({ kafka, topics, onRecords }: TopicTailOptions): Promise<TopicTail> {
  const groupId = `tail-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, readUncommitted: false, maxWaitTimeInMs: 250 });
  const admin = kafka.admin();
  const positions = new Map<string, number>();
  // Told of batches without records too, such as the marker of an aborted transaction, which `eachBatch` never sees.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { topic, partition, lastOffset } }) => {
    positions.set(place(topic, partition), Number(lastOffset) + 1);
  });
  await Promise.all([consumer.connect(), admin.connect()]);
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
      const ends = await endsOf(admin, topics);
      while (ends.some(([at, end]) => (positions.get(at) ?? 0) < end)) await sleep(POLL_MS);
    },
    close: async () => {
      await consumer.disconnect();
      await admin.deleteGroups([groupId]);
      await admin.disconnect();
    },
  };
}

async function endsOf(admin: Admin, topics: readonly string[]): Promise<readonly (readonly [string, number])[]> {
  const offsets = await Promise.all(
    topics.map(async (topic) => (await admin.fetchTopicOffsets(topic)).map((offset) => ({ topic, ...offset }))),
  );
  return offsets.flat().map(({ topic, partition, high }) => [place(topic, partition), Number(high)] as const);
}

const place = (topic: string, partition: number): string => `${topic}/${String(partition)}`;

const topicRecord = (topic: string, partition: number, message: KafkaMessage): TopicRecord => ({
  topic,
  partition,
  offset: Number(message.offset),
  key: message.key?.toString() ?? '',
  value: message.value,
  headers: message.headers ?? {},
});
