import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startStack, type Stack } from '../../deploy/local/start-stack.ts';
import { readTopicsFile } from '../../src/adapters/files/topics-file.ts';
import { kafkaClient } from '../../src/adapters/kafka/kafka-client.ts';
import { provisionTopics } from '../../src/adapters/kafka/provision-topics.ts';
import { openCodecs } from '../../src/adapters/registry/registry-codec.ts';
import { type Registry, schemaRegistry } from '../../src/adapters/registry/schema-registry.ts';
import { provision } from '../../src/commands/provision.ts';
import { TOPICS, topicNames } from '../../src/wire/topics.ts';
import { aParticipation } from '../builders.ts';
import { writeParticipation } from '../wire/reference-records.ts';

const TABLE = readTopicsFile(new URL('../../deploy/topics.yaml', import.meta.url).pathname);
const STEPS = TABLE.topics.length + Object.values(TOPICS).filter(({ record }) => record !== null).length;

let stack: Stack;
let registry: Registry;
beforeAll(async () => {
  stack = await startStack({ servers: ['kafka', 'registry'] });
  registry = schemaRegistry({ url: stack.registry.url });
});
afterAll(() => stack.stop());

const kafka = () => kafkaClient({ brokers: stack.kafka.brokers, clientId: 'test', ssl: false, sasl: null });

/** The outcomes, in words, of provisioning under a prefix. */
async function outcomes({
  prefix,
  table = TABLE,
  dryRun = false,
}: {
  prefix: string;
  table?: typeof TABLE;
  dryRun?: boolean;
}) {
  const lines: string[] = [];
  await provision({
    table,
    prefix,
    provisionTopics: (plans, dry) => provisionTopics(kafka(), plans, dry),
    registry,
    dryRun,
    json: true,
    print: (line) => lines.push(line),
  });
  return lines.map((line) => (JSON.parse(line) as { readonly outcome: string }).outcome);
}

async function existingTopics(prefix: string): Promise<readonly string[]> {
  const admin = kafka().admin();
  await admin.connect();
  const topics = await admin.listTopics();
  await admin.disconnect();
  return topics.filter((topic) => topic.startsWith(prefix));
}

test('a deployment is made once, and making it again changes nothing', async () => {
  expect(await outcomes({ prefix: 'once.' })).toEqual(Array.from({ length: STEPS }, () => 'created'));
  expect((await existingTopics('once.')).toSorted()).toEqual(Object.values(topicNames('once.')).sort());
  expect(await outcomes({ prefix: 'once.' })).toEqual(Array.from({ length: STEPS }, () => 'present'));
});

test('a dry run says what is missing and leaves it missing', async () => {
  expect(await outcomes({ prefix: 'dry.', dryRun: true })).toEqual(Array.from({ length: STEPS }, () => 'missing'));
  expect(await existingTopics('dry.')).toEqual([]);
  await expect(openCodecs(registry, 'dry.')).rejects.toMatchObject({ retryable: false });
});

test('a topic with another number of partitions is refused before anything is made', async () => {
  const admin = kafka().admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'uneven.rx.coverage.v1', numPartitions: TABLE.partitions + 1 }] });
  await admin.disconnect();
  await expect(outcomes({ prefix: 'uneven.' })).rejects.toMatchObject({
    retryable: false,
    message: `uneven.rx.coverage.v1 has ${String(TABLE.partitions + 1)} partitions and not ${String(TABLE.partitions)}`,
  });
  expect(await existingTopics('uneven.')).toEqual(['uneven.rx.coverage.v1']);
});

test('a setting that has been changed is told and left alone', async () => {
  const admin = kafka().admin();
  await admin.connect();
  const configEntries = [{ name: 'cleanup.policy', value: 'delete' }];
  await admin.createTopics({
    topics: [{ topic: 'other.rx.coverage.v1', numPartitions: TABLE.partitions, configEntries }],
  });
  await admin.disconnect();
  const told = await provisionTopics(
    kafka(),
    [{ topic: 'other.rx.coverage.v1', partitions: TABLE.partitions, settings: { 'cleanup.policy': 'compact' } }],
    false,
  );
  const differing = [{ setting: 'cleanup.policy', found: 'delete', wanted: 'compact' }];
  expect(told).toEqual([{ topic: 'other.rx.coverage.v1', outcome: 'present', differing }]);
});

describe('the registry', () => {
  test('gives the ids by which records are written and read', async () => {
    await outcomes({ prefix: 'codec.' });
    const { encoderOf, decoderOf } = await openCodecs(registry, 'codec.');
    const record = writeParticipation(aParticipation());
    const bytes = encoderOf('Participation')(record);
    expect(await decoderOf('Participation')([bytes])).toEqual([{ kind: 'record', record }]);
    expect(await decoderOf('Coverage')([bytes])).toEqual([{ kind: 'undecodable', reason: 'MALFORMED' }]);
  });

  test('does not know an id that it has not given', async () => {
    expect(await registry.writerType(999_999)).toBeNull();
  });

  test('refuses a schema that records on the topic cannot be read with', async () => {
    await registry.register('conflict.rx.claims.v1-value', 'Coverage');
    await expect(outcomes({ prefix: 'conflict.' })).rejects.toMatchObject({ retryable: false });
  });
});
