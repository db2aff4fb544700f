import type { Admin, IHeaders, Kafka, KafkaMessage } from 'kafkajs';

export type TopicRecord = {
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: Buffer | null;
  readonly headers: IHeaders;
};

/** Polls without anything in them after which a topic counts as read to its end: control records make no batch. */
const QUIET_POLLS = 4;

/** Everything that a read_committed consumer sees in a topic, partition by partition in order: what a downstream ledger would see. */
export async function readCommitted(kafka: Kafka, admin: Admin, topic: string): Promise<readonly TopicRecord[]> {
  const groupId = `reader-${topic}-${String(Math.random())}`;
  const consumer = kafka.consumer({ groupId, readUncommitted: false, maxWaitTimeInMs: 100 });
  const records: TopicRecord[] = [];
  let quiet = 0;
  const finished = new Promise<void>((resolve) => {
    consumer.on(consumer.events.FETCH, ({ payload }) => {
      quiet = payload.numberOfBatches === 0 ? quiet + 1 : 0;
      if (quiet >= QUIET_POLLS) resolve();
    });
  });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: ({ batch }) => {
      records.push(...batch.messages.map((message) => topicRecord(batch.partition, message)));
      return Promise.resolve();
    },
  });
  await finished;
  await consumer.disconnect();
  await admin.deleteGroups([groupId]).catch(() => undefined);
  return records.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
}

const topicRecord = (partition: number, { offset, key, value, headers }: KafkaMessage): TopicRecord => ({
  partition,
  offset: Number(offset),
  key: key?.toString() ?? '',
  value,
  headers: headers ?? {},
});
