import { randomUUID } from 'node:crypto';

import type { Admin } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startStack, type Stack } from '../../deploy/local/start-stack.ts';
import { readTopicsFile } from '../../src/adapters/files/topics-file.ts';
import { kafkaClient } from '../../src/adapters/kafka/kafka-client.ts';
import { ConfigResourceTypes, type Kafka } from '../../src/adapters/kafka/kafkajs.ts';
import { provisionTopics } from '../../src/adapters/kafka/provision-topics.ts';
import { topicPlans } from '../../src/commands/topic-reports.ts';
import { topics } from '../../src/commands/topics.ts';

const TABLE = readTopicsFile('deploy/topics.yaml');

let stack: Stack;
let kafka: Kafka;
let admin: Admin;
beforeAll(async () => {
  stack = await startStack({ servers: ['kafka'] });
  kafka = kafkaClient({ brokers: stack.kafka.brokers, clientId: 'test', ssl: false, sasl: null });
  admin = kafka.admin();
  await admin.connect();
});
afterAll(async () => {
  await admin.disconnect();
  await stack.stop();
});

type Printed = { readonly topic: string; readonly partitions: number | null; readonly differences: readonly string[] };

async function told(prefix: string) {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const same = await topics({ kafka, table: TABLE, prefix, json: true, print });
  return { same, printed: lines.map((line) => JSON.parse(line) as Printed) };
}

async function provisioned(): Promise<string> {
  const prefix = `${randomUUID().slice(0, 8)}.`;
  await provisionTopics(kafka, topicPlans(TABLE, prefix), false);
  return prefix;
}

test('what was provisioned is as in the table', async () => {
  const { same, printed } = await told(await provisioned());
  expect(same).toBe(true);
  expect(printed).toEqual(
    TABLE.topics.map(({ name }) => ({
      topic: expect.stringContaining(name) as string,
      partitions: TABLE.partitions,
      replicas: 1,
      differences: [],
    })),
  );
});

test('what is otherwise is named: a topic that is missing, another number of partitions, another setting', async () => {
  const prefix = await provisioned();
  const [gone, wider, shorter] = ['rx.claims-dlq.v1', 'rx.coverage.v1', 'rx.claims.v1'].map((name) => prefix + name);
  await admin.deleteTopics({ topics: [String(gone)] });
  await admin.createPartitions({ topicPartitions: [{ topic: String(wider), count: TABLE.partitions + 1 }] });
  await admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: ConfigResourceTypes.TOPIC,
        name: String(shorter),
        // What is left out here falls back to the default of the broker.
        configEntries: [
          { name: 'message.timestamp.type', value: 'LogAppendTime' },
          { name: 'max.message.bytes', value: '1048576' },
          { name: 'retention.ms', value: '1000' },
        ],
      },
    ],
  });
  const { same, printed } = await told(prefix);
  expect(same).toBe(false);
  expect(Object.fromEntries(printed.flatMap(({ topic, differences }) => differences.map((it) => [topic, it])))).toEqual(
    {
      [String(gone)]: 'missing',
      [String(wider)]: `${String(TABLE.partitions + 1)} partitions and not ${String(TABLE.partitions)}`,
      [String(shorter)]: 'retention.ms is 1000 and not 34560000000',
    },
  );
});

test('a person is told the same, a topic to a line', async () => {
  const prefix = await provisioned();
  await admin.deleteTopics({ topics: [`${prefix}rx.coverage.v1`] });
  const lines: string[] = [];
  await topics({ kafka, table: TABLE, prefix, json: false, print: (line) => lines.push(line) });
  expect(lines).toHaveLength(TABLE.topics.length);
  expect(lines[0]).toMatch(/rx\.claims\.v1 +8 partitions, 1 replica +as in the table$/);
  expect(lines.find((line) => line.includes('rx.coverage.v1'))).toMatch(/ missing$/);
});
