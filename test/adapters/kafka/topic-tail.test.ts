import type { Admin, Kafka, Producer } from 'kafkajs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { startStack } from '../../../deploy/local/start-stack.ts';
import type { Stack } from '../../../deploy/local/start-stack.ts';
import { kafkaClient } from '../../../src/adapters/kafka/kafka-client.ts';
import { openTopicTail } from '../../../src/adapters/kafka/topic-tail.ts';

let stack: Stack;
let kafka: Kafka;
let admin: Admin;
let producer: Producer;

beforeAll(async () => {
  stack = await startStack({ servers: ['kafka'] });
  const options = { brokers: stack.kafka.brokers, clientId: 'test', ssl: false, sasl: null };
  kafka = kafkaClient(options);
  admin = kafka.admin();
  producer = kafka.producer({ transactionalId: 'tail', idempotent: true, maxInFlightRequests: 1 });
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({ waitForLeaders: false, topics: [{ topic: 'tailed', numPartitions: 2 }] });
  await vi.waitFor(() => admin.fetchTopicOffsets('tailed'), { timeout: 10_000 });
});
afterAll(async () => {
  await Promise.all([admin.disconnect(), producer.disconnect()]);
  await stack.stop();
});

async function send(end: 'commit' | 'abort', ...keys: readonly string[]): Promise<void> {
  const transaction = await producer.transaction();
  const messages = keys.map((key) => ({ key, value: key, partition: 1, headers: { of: key } }));
  await transaction.send({ topic: 'tailed', messages });
  await transaction[end]();
}

test('a tail hands over what is committed, stays for more, and knows the end although it is an aborted transaction', async () => {
  const seen: string[] = [];
  await send('commit', 'a', 'b');
  await send('abort', 'never');
  const tail = await openTopicTail({
    kafka,
    topics: ['tailed'],
    onRecords: (records) => {
      seen.push(...records.map(({ partition, offset, key }) => `${String(partition)}/${String(offset)} ${key}`));
    },
  });
  await tail.caughtUp();
  expect(seen).toEqual(['1/0 a', '1/1 b']);
  await send('commit', 'c');
  await tail.caughtUp();
  expect(seen).toEqual(['1/0 a', '1/1 b', '1/5 c']);
  await tail.close();
  expect((await admin.listGroups()).groups).toEqual([]);
});
