import type { Admin } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startStack, type Stack } from '../../deploy/local/start-stack.ts';
import { kafkaClient } from '../../src/adapters/kafka/kafka-client.ts';
import type { Kafka } from '../../src/adapters/kafka/kafkajs.ts';
import { openTopicTail, type TopicRecord } from '../../src/adapters/kafka/topic-tail.ts';
import { lag } from '../../src/commands/lag.ts';

const TOPIC = 'rx.claims.v1';
const WAITED_MS = 90_000;

let stack: Stack;
let kafka: Kafka;
let admin: Admin;
let appended: readonly TopicRecord[];
beforeAll(async () => {
  stack = await startStack({ servers: ['kafka'] });
  kafka = kafkaClient({ brokers: stack.kafka.brokers, clientId: 'test', ssl: false, sasl: null });
  admin = kafka.admin();
  await admin.connect();
  const configEntries = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }];
  await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: 5, configEntries }] });
  appended = await send();
});
afterAll(async () => {
  await admin.disconnect();
  await stack.stop();
});

/** Five records to every partition but the last, each in a batch of its own. */
async function send(): Promise<readonly TopicRecord[]> {
  // A record that is sent again after a refusal would be there twice otherwise.
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  for (let round = 0; round < 5; round += 1) {
    const messages = [0, 1, 2, 3].map((partition) => ({ partition, value: String(round) }));
    await producer.send({ topic: TOPIC, messages });
  }
  await producer.disconnect();
  const records: TopicRecord[] = [];
  const tail = await openTopicTail({ kafka, topics: [TOPIC], onRecords: (batch) => records.push(...batch) });
  await tail.caughtUp();
  await tail.close();
  return records;
}

const appendedAt = (partition: number, offset: number): number =>
  appended.find((record) => record.partition === partition && record.offset === offset)?.timestamp ?? NaN;

type Shown = { readonly json: boolean; readonly now?: number };

async function shown(groupId: string, { json, now = 0 }: Shown): Promise<readonly string[]> {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  await lag({ kafka, groupId, inputs: [TOPIC], json, print, now: () => now });
  return lines;
}

test('a partition is behind by what its group has not committed, since its first record was appended', async () => {
  // Read to the end; two of five; further than it is still there; nothing yet; nothing to read.
  const partitions = [5, 3, 1].map((offset, partition) => ({ partition, offset: String(offset) }));
  await admin.setOffsets({ groupId: 'behind', topic: TOPIC, partitions });
  await admin.deleteTopicRecords({ topic: TOPIC, partitions: [{ partition: 2, offset: '4' }] });
  const from = [null, 3, 4, 0, null];
  for (const [partition, offset] of from.entries()) {
    if (offset === null) continue;
    const lines = await shown('behind', { json: true, now: appendedAt(partition, offset) + WAITED_MS });
    expect(JSON.parse(lines[partition] ?? '')).toMatchObject({ partition, seconds: WAITED_MS / 1000 });
  }
  const rows = (await shown('behind', { json: true })).map((line) => JSON.parse(line) as unknown);
  expect(rows).toEqual([
    { topic: TOPIC, partition: 0, committed: 5, end: 5, records: 0, lost: 0, seconds: 0 },
    { topic: TOPIC, partition: 1, committed: 3, end: 5, records: 2, lost: 0, seconds: 0 },
    { topic: TOPIC, partition: 2, committed: 1, end: 5, records: 1, lost: 3, seconds: 0 },
    { topic: TOPIC, partition: 3, committed: null, end: 5, records: 5, lost: 0, seconds: 0 },
    { topic: TOPIC, partition: 4, committed: null, end: 0, records: 0, lost: 0, seconds: 0 },
  ]);
});

test('a person is told the sum at the end', async () => {
  const lines = await shown('never-there', { json: false });
  expect(lines[0]?.split(/ +/)).toEqual(['topic', 'partition', 'committed', 'end', 'records', 'seconds', 'lost']);
  expect(lines.at(-1)?.split(/ +/)).toEqual(['all', '16', '0.0', '0']);
});

test('other topics of the group are told too', async () => {
  await admin.createTopics({ topics: [{ topic: 'rx.others.v1', numPartitions: 1 }] });
  await admin.setOffsets({ groupId: 'two', topic: 'rx.others.v1', partitions: [{ partition: 0, offset: '0' }] });
  const rows = (await shown('two', { json: true })).map((line) => JSON.parse(line) as { readonly topic: string });
  expect(rows.map(({ topic }) => topic)).toEqual([...Array<string>(5).fill(TOPIC), 'rx.others.v1']);
});
