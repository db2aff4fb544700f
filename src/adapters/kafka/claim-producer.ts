import type { Kafka, TopicMessages } from 'kafkajs';

import { kafkaFault } from './faults.ts';
import { Partitioners } from './kafkajs.ts';

export type KeyedRecord = { readonly topic: string; readonly key: string; readonly value: Buffer };

/** What stands before the adjudicator: sends claims, and the reference records they need, each to the partition of its key. */
export type ClaimProducer = {
  /** All of them in order, or a Fault; one call at a time, because kafkajs loses records of an idempotent producer otherwise. */
  send(records: readonly KeyedRecord[]): Promise<void>;
  close(): Promise<void>;
};

/** kafkajs groups the records of a partition in quadratic time. */
const RECORDS_PER_REQUEST = 2_000;

/** Idempotent, so that a retry writes nothing twice; without transactions, like a gateway. */
export async function openClaimProducer(kafka: Kafka): Promise<ClaimProducer> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    // Murmur2 of the key, as the Java client has it: all records of a member meet in one partition.
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  const faulty = (error: unknown): never => {
    throw kafkaFault(error);
  };
  await producer.connect().catch(faulty);
  return {
    send: async (records) => {
      for (let from = 0; from < records.length; from += RECORDS_PER_REQUEST) {
        const topicMessages = byTopic(records.slice(from, from + RECORDS_PER_REQUEST));
        await producer.sendBatch({ acks: -1, topicMessages }).catch(faulty);
      }
    },
    close: () => producer.disconnect(),
  };
}

function byTopic(records: readonly KeyedRecord[]): TopicMessages[] {
  const topics = new Map<string, { readonly key: string; readonly value: Buffer }[]>();
  for (const { topic, key, value } of records) {
    const messages = topics.get(topic);
    if (messages) messages.push({ key, value });
    else topics.set(topic, [{ key, value }]);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}
