import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { freePort } from '../../deploy/local/ports.ts';
import { startStack, type Stack } from '../../deploy/local/start-stack.ts';
import { readTopicsFile } from '../../src/adapters/files/topics-file.ts';
import { ConfigResourceTypes } from '../../src/adapters/kafka/kafkajs.ts';
import type { Finding } from '../../src/commands/doctor/finding.ts';
import { doctor } from '../../src/commands/doctor.ts';
import { Deployment } from './deployment.ts';

const TABLE = readTopicsFile('deploy/topics.yaml');
const USER = 'worker';
const PASSWORD = 'a synthetic password';

let stack: Stack;
let saslPort: number;
beforeAll(async () => {
  saslPort = await freePort();
  stack = await startStack({
    kafka: {
      saslPort,
      settings: {
        'transaction.max.timeout.ms': '60000',
        'group.max.session.timeout.ms': '60000',
        'offsets.retention.minutes': '10079',
        'sasl.enabled.mechanisms': 'PLAIN',
        'listener.name.sasl_plaintext.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${USER}="${PASSWORD}";`,
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        // Whoever comes without a name may do everything, as everywhere else in these tests.
        'super.users': 'User:ANONYMOUS',
      },
    },
  });
});
afterAll(() => stack.stop());

let deployments = 0;
async function deployed(): Promise<Deployment> {
  deployments += 1;
  return new Deployment(stack, `doctor-${String(deployments)}`).open();
}

type Examined = { readonly well: boolean; readonly findings: readonly Finding[] };

async function examine(deployment: Deployment, changes: Readonly<Record<string, string>> = {}): Promise<Examined> {
  const lines: string[] = [];
  const well = await doctor({
    env: { ...deployment.environment, ...changes },
    policyDirectory: 'deploy/policy',
    table: TABLE,
    json: true,
    print: (line) => lines.push(line),
    now: () => Date.now(),
  });
  return { well, findings: lines.map((line) => JSON.parse(line) as Finding) };
}

/** What is not well, but for the setting of the broker that is wrong for all. */
const complaints = ({ findings }: Examined): readonly (readonly [string, string, string])[] =>
  findings
    .filter(({ verdict, found }) => verdict !== 'ok' && !found.startsWith('offsets.retention.minutes'))
    .map(({ verdict, check, found }) => [verdict, check, found]);

test('a deployment that was provisioned can be worked with, and the broker is warned about', async () => {
  const deployment = await deployed();
  const examined = await examine(deployment);
  expect(examined.well).toBe(true);
  expect(examined.findings.filter(({ verdict }) => verdict !== 'ok')).toMatchObject([
    { verdict: 'warning', check: 'kafka settings', found: 'offsets.retention.minutes is 10079' },
  ]);
  expect(examined.findings.map(({ check }) => check)).toEqual(
    expect.arrayContaining([
      'program',
      'configuration',
      'policy',
      'kafka',
      'rights',
      'group',
      'redis',
      'view',
      'offsets',
    ]),
  );
  await deployment.close();
});

describe('it is told of', () => {
  test('timeouts that the brokers do not allow', async () => {
    const deployment = await deployed();
    const long = { TRANSACTION_TIMEOUT_MS: '60001', SESSION_TIMEOUT_MS: '60001' };
    const examined = await examine(deployment, long);
    expect(examined.well).toBe(false);
    expect(complaints(examined)).toEqual([
      ['failed', 'kafka settings', 'transaction.max.timeout.ms is 60000'],
      ['failed', 'kafka settings', 'group.max.session.timeout.ms is 60000'],
    ]);
    expect(
      complaints(await examine(deployment, { TRANSACTION_TIMEOUT_MS: '60000', SESSION_TIMEOUT_MS: '60000' })),
    ).toEqual([]);
    expect(complaints(await examine(deployment, { SESSION_TIMEOUT_MS: '5999' }))).toEqual([
      ['failed', 'kafka settings', 'group.min.session.timeout.ms is 6000'],
    ]);
    await deployment.close();
  });

  test('topics that are missing, and with them of partitions that do not agree', async () => {
    const deployment = await deployed();
    await deployment.admin.deleteTopics({ topics: [deployment.topics.coverage] });
    expect(complaints(await examine(deployment))).toEqual([
      ['failed', `topic ${deployment.topics.coverage}`, 'missing'],
      ['failed', 'partitions', `the topics have ${String(TABLE.partitions)}, 0`],
    ]);
    await deployment.close();
  });

  test('another setting of a topic, and a broker whose clock is ahead', async () => {
    const deployment = await deployed();
    const { claims } = deployment.topics;
    const settings = { ...TABLE.topics[0]?.settings, 'message.timestamp.type': 'CreateTime' };
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
    await deployment.admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: claims, configEntries }],
    });
    const producer = deployment.kafka.producer();
    await producer.connect();
    // Within the hour that a broker lets senders be ahead.
    const timestamp = String(Date.now() + 1_800_000);
    await producer.send({ topic: claims, messages: [{ key: 'nobody', value: 'x', timestamp }] });
    await producer.disconnect();
    const examined = await examine(deployment);
    expect(examined.well).toBe(true);
    expect(complaints(examined)).toEqual([
      ['warning', `topic ${claims}`, 'message.timestamp.type is CreateTime and not LogAppendTime'],
      ['warning', 'clock of Kafka', expect.stringMatching(/^1[78]\d\d\.\d s ahead of this machine$/)],
    ]);
    await deployment.close();
  });

  test('schemas that are not registered, or are held to less', async () => {
    const deployment = await deployed();
    const subject = `${deployment.topics.claims}-value`;
    await fetch(`${stack.registry.url}/config/${subject}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ compatibility: 'NONE' }),
    });
    expect(complaints(await examine(deployment))).toEqual([
      ['warning', `schema ${subject}`, expect.stringMatching(/^id \d+, NONE and not FULL_TRANSITIVE$/)],
    ]);
    await fetch(`${stack.registry.url}/subjects/${subject}`, { method: 'DELETE' });
    expect(complaints(await examine(deployment))).toEqual([
      ['failed', `schema ${subject}`, 'that of Claim is not registered'],
    ]);
    await deployment.close();
  });

  test('a Redis that may evict, and a view of other lanes', async () => {
    const deployment = await deployed();
    const redis = new Redis(stack.redis.url);
    await redis.config('SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru');
    const topology = { partitions: TABLE.partitions, lanes: 2 };
    await redis.set(`${String(deployment.environment['REDIS_KEY_PREFIX'])}:topology`, JSON.stringify(topology));
    const examined = await examine(deployment);
    await redis.config('SET', 'maxmemory', '0', 'maxmemory-policy', 'noeviction');
    redis.disconnect();
    expect(complaints(examined)).toEqual([
      ['failed', 'redis memory', 'it may evict keys'],
      ['failed', 'view', `it is for 2 lanes of ${String(TABLE.partitions)} partitions`],
    ]);
    await deployment.close();
  });

  test('a group that has lost its offsets, or has been left behind by retention', async () => {
    const deployment = await deployed();
    const groupId = String(deployment.environment['KAFKA_GROUP_ID']);
    const { claims } = deployment.topics;
    await deployment.send('accounts', [{ key: 'somebody', value: Buffer.from('their accounts') }]);
    expect(complaints(await examine(deployment))).toEqual([
      ['failed', 'offsets', 'the group has no committed offset in a partition with accounts'],
    ]);
    const partitions = Array.from({ length: TABLE.partitions }, (_, partition) => ({ partition, offset: '0' }));
    await deployment.admin.setOffsets({ groupId, topic: claims, partitions });
    expect(complaints(await examine(deployment))).toEqual([]);

    await deployment.send(
      'claims',
      Array.from({ length: 3 }, () => ({ key: 'nobody', value: Buffer.from('x') })),
    );
    const ends = await deployment.admin.fetchTopicOffsets(claims);
    const { partition = 0, high = '0' } = ends.find((end) => end.high !== '0') ?? {};
    await deployment.admin.deleteTopicRecords({ topic: claims, partitions: [{ partition, offset: high }] });
    expect(complaints(await examine(deployment))).toEqual([
      [
        'failed',
        'offsets',
        `retention has deleted ${high} records of ${claims}/${String(partition)} that were not read`,
      ],
    ]);
    await deployment.close();
  });

  test('members whose keys another secret has made', async () => {
    const deployment = await deployed();
    await deployment.sendReference({ seed: 3, members: 5 });
    expect(complaints(await examine(deployment))).toEqual([]);
    expect(complaints(await examine(deployment, { MEMBER_KEY_SECRET: 'another synthetic secret' }))).toEqual([
      ['failed', 'member keys', 'coverage is keyed with another secret than MEMBER_KEY_SECRET'],
    ]);
    await deployment.close();
  });

  test('servers that are away, each by itself', async () => {
    const deployment = await deployed();
    const nowhere = `127.0.0.1:${String(await freePort())}`;
    const examined = await examine(deployment, {
      KAFKA_BROKERS: nowhere,
      REDIS_URL: `redis://${nowhere}`,
      SCHEMA_REGISTRY_URL: `http://${nowhere}`,
    });
    expect(complaints(examined)).toEqual([
      ['failed', 'kafka', expect.stringMatching(/^the broker did not answer as expected, because of KafkaJS/)],
      ['failed', 'registry', expect.stringMatching(/^the schema registry did not answer/)],
      ['failed', 'redis', expect.stringMatching(/^Redis did not answer as expected/)],
    ]);
    await deployment.close();
  });

  test('settings that cannot be used, before any server is asked', async () => {
    const deployment = await deployed();
    const examined = await examine(deployment, { LANES: 'four' });
    expect(complaints(examined)).toEqual([
      ['failed', 'configuration', 'LANES must be a whole number from 1 to 1024'],
      ['warning', 'servers', 'not looked at'],
    ]);
    await deployment.close();
  });
});

describe('a user of Kafka', () => {
  const asUser = () => ({
    KAFKA_BROKERS: `127.0.0.1:${String(saslPort)}`,
    KAFKA_SASL_MECHANISM: 'plain',
    KAFKA_SASL_USERNAME: USER,
    KAFKA_SASL_PASSWORD: PASSWORD,
  });

  async function allow(
    deployment: Deployment,
    rights: readonly (readonly [AclResourceTypes, string, AclOperationTypes])[],
  ): Promise<void> {
    await deployment.admin.createAcls({
      acl: rights.map(([resourceType, resourceName, operation]) => ({
        resourceType,
        resourceName,
        operation,
        resourcePatternType: ResourcePatternTypes.PREFIXED,
        principal: `User:${USER}`,
        host: '*',
        permissionType: AclPermissionTypes.ALLOW,
      })),
    });
  }

  test('is told which rights are missing, and then that none is', async () => {
    const deployment = await deployed();
    const prefix = String(deployment.environment['TOPIC_PREFIX']);
    const { TOPIC, GROUP, TRANSACTIONAL_ID, CLUSTER } = AclResourceTypes;
    const { READ, WRITE, DESCRIBE, DESCRIBE_CONFIGS } = AclOperationTypes;
    const { claims, responses, accounts } = deployment.topics;
    const group = String(deployment.environment['KAFKA_GROUP_ID']);

    const hidden = complaints(await examine(deployment, asUser()));
    expect(hidden).toContainEqual(['failed', `topic ${claims}`, 'hidden from this client']);
    expect(hidden).toContainEqual(['failed', 'rights', `this client has not the right to READ on group ${group}`]);
    expect(hidden).toContainEqual([
      'failed',
      'rights',
      `this client has not the right to WRITE on transactional id ${group}.lane-0`,
    ]);

    await allow(deployment, [
      [TOPIC, prefix, DESCRIBE],
      [TOPIC, prefix, READ],
      [GROUP, prefix, READ],
      [TRANSACTIONAL_ID, prefix, WRITE],
    ]);
    const reader = complaints(await examine(deployment, asUser()));
    expect(reader).toContainEqual(['failed', 'rights', `this client has not the right to WRITE on topic ${accounts}`]);
    expect(reader).not.toContainEqual(['failed', 'rights', expect.stringContaining(claims)]);
    expect(reader).toContainEqual(['warning', `topic ${responses}`, 'settings that this client may not read']);
    expect(reader).toContainEqual([
      'warning',
      'kafka settings',
      expect.stringContaining('CLUSTER_AUTHORIZATION_FAILED'),
    ]);

    await allow(deployment, [
      [TOPIC, prefix, WRITE],
      [TOPIC, prefix, DESCRIBE_CONFIGS],
      [CLUSTER, 'kafka-cluster', DESCRIBE_CONFIGS],
    ]);
    expect(complaints(await examine(deployment, asUser()))).toEqual([]);
    await deployment.close();
  });

  test('is told that the password is wrong', async () => {
    const deployment = await deployed();
    expect(complaints(await examine(deployment, { ...asUser(), KAFKA_SASL_PASSWORD: 'another' }))).toContainEqual([
      'failed',
      'kafka',
      expect.stringContaining('KafkaJSSASLAuthenticationError'),
    ]);
    await deployment.close();
  });
});
