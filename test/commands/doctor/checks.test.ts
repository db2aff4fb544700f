import { rmSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import type { Connections } from '../../../src/adapters/kafka/connections.ts';
import { protocolError } from '../../../src/adapters/kafka/kafkajs-internals.ts';
import type { TopicAnswer } from '../../../src/adapters/kafka/rights.ts';
import type { TopicFacts } from '../../../src/adapters/kafka/topic-facts.ts';
import { clockFinding, type Finding, looked } from '../../../src/commands/doctor/finding.ts';
import { groupFinding } from '../../../src/commands/doctor/group-checks.ts';
import {
  brokersFinding,
  partitionsFinding,
  replicasFinding,
  topicFindings,
} from '../../../src/commands/doctor/kafka-checks.ts';
import { configurationFindings, policyFindings, programFinding } from '../../../src/commands/doctor/local-checks.ts';
import { redisFindings } from '../../../src/commands/doctor/redis-checks.ts';
import { topicReports } from '../../../src/commands/topic-reports.ts';
import { readConfig } from '../../../src/config.ts';
import { Fault } from '../../../src/stream/fault.ts';
import { spoiled } from '../../adapters/files/spoiled-policy.ts';
import { policyFolder } from '../policy-folder.ts';

const ENVIRONMENT = {
  KAFKA_BROKERS: 'broker:9092',
  REDIS_URL: 'redis://view:6379',
  SCHEMA_REGISTRY_URL: 'http://registry:8081',
  MEMBER_KEY_SECRET: 'synthetic-secret-of-a-test',
  LANES: '4',
};
const config = readConfig(ENVIRONMENT);

const facts: TopicFacts = { partitions: 8, replicas: 3, leaderless: 0, lagging: 0, rights: new Set() };
const report = (topic: string, changes: Partial<TopicFacts>) => ({
  topic,
  facts: { ...facts, ...changes },
  differences: [],
});
const redis = {
  name: 'redis',
  version: '7.0.0',
  evicts: false,
  aheadMs: 0,
  topology: { partitions: 8, lanes: 4 },
} as const;

const only = (findings: readonly Finding[], check: string): Finding | undefined =>
  findings.find((finding) => finding.check === check);

describe('a finding is', () => {
  test.each<[Finding['verdict'], string, Finding | undefined]>([
    ['ok', 'a clock 2 s ahead', clockFinding('clock', 2_000)],
    ['ok', 'a clock 2 s behind', clockFinding('clock', -2_000)],
    ['warning', 'a clock more than 2 s ahead', clockFinding('clock', 2_001)],
    ['warning', 'a clock more than 2 s behind', clockFinding('clock', -2_001)],
    ['ok', 'the Node of the tests, in any version of it', programFinding('24.0.0')],
    ['warning', 'another Node', programFinding('22.18.0')],
    ['ok', 'a Kafka since 4.0', brokersFinding({ brokers: 3, since4: true })],
    ['warning', 'an older one', brokersFinding({ brokers: 3, since4: false })],
    ['ok', 'one replica on one broker', replicasFinding([report('a', { replicas: 1 })], 1)],
    ['ok', 'two replicas on three', replicasFinding([report('a', { replicas: 2 })], 3)],
    ['warning', 'one replica on three', replicasFinding([report('a', {}), report('b', { replicas: 1 })], 3)],
    ['ok', 'as many partitions in every topic', partitionsFinding([report('a', {}), report('b', {})])],
    ['failed', 'one more in one', partitionsFinding([report('a', {}), report('b', { partitions: 9 })])],
    ['failed', 'no topic at all', partitionsFinding([])],
    ['ok', 'a worker to a lane', groupFinding({ state: 'Stable', members: 4, rights: new Set() }, config)],
    ['warning', 'one more', groupFinding({ state: 'Stable', members: 5, rights: new Set() }, config)],
    ['ok', 'Redis 7', only(redisFindings(redis, config, 8), 'redis')],
    ['warning', 'Redis 6', only(redisFindings({ ...redis, version: '6.2.14' }, config, 8), 'redis')],
    ['failed', 'a Redis that may evict', only(redisFindings({ ...redis, evicts: true }, config, 8), 'redis memory')],
    ['ok', 'a view of these lanes', only(redisFindings(redis, config, 8), 'view')],
    ['ok', 'no view yet', only(redisFindings({ ...redis, topology: null }, config, 8), 'view')],
    ['ok', 'a view, while nobody tells the partitions', only(redisFindings(redis, config, null), 'view')],
    ['failed', 'a view of other partitions', only(redisFindings(redis, config, 16), 'view')],
    [
      'failed',
      'a view of other lanes',
      only(redisFindings({ ...redis, topology: { partitions: 8, lanes: 2 } }, config, 8), 'view'),
    ],
  ])('%s for %s', (verdict, _what, finding) => {
    expect(finding?.verdict).toBe(verdict);
    expect(finding?.next === null).toBe(verdict === 'ok');
  });
});

describe('the configuration', () => {
  test('is found complete', () => {
    expect(configurationFindings(ENVIRONMENT).findings.map(({ verdict }) => verdict)).toEqual(['ok']);
  });

  test('is found wanting, a problem to a finding', () => {
    const { config: none, findings } = configurationFindings({ ...ENVIRONMENT, LANES: '0', REDIS_URL: '' });
    expect(none).toBeNull();
    expect(findings.map(({ verdict, found }) => [verdict, found])).toEqual([
      ['failed', 'LANES must be a whole number from 1 to 1024'],
      ['failed', 'REDIS_URL is not set'],
    ]);
  });

  test('is warned of a name that is not of it', () => {
    const { findings } = configurationFindings({ ...ENVIRONMENT, KAFKA_BROKER: 'x' });
    expect(findings.map(({ verdict, found }) => [verdict, found])).toContainEqual([
      'warning',
      'KAFKA_BROKER is not a variable of the adjudicator',
    ]);
  });
});

describe('the policy', () => {
  test('is found with its version', async () => {
    expect(await policyFindings('deploy/policy')).toMatchObject([
      { verdict: 'ok', found: expect.stringMatching(/^deploy\/policy, version \w+$/) as string },
    ]);
  });

  test.each([
    [
      'that cannot be used, a problem to a finding',
      policyFolder(spoiled('messages.json', ['messages'], { '99': 'X' })),
    ],
    ['that is not there', 'none'],
  ])('fails %s', async (_what, directory) => {
    const findings = await policyFindings(directory);
    expect(findings.map(({ verdict }) => verdict)).toEqual(['failed']);
    if (directory !== 'none') rmSync(directory, { recursive: true });
  });
});

describe('of a topic is told', () => {
  const healthy = { led: true, replicas: 3, inSync: 3 };
  const plan = { topic: 'rx.claims.v1', partitions: 2, settings: {} };

  /** As the brokers would answer about it. */
  async function told(answer: Partial<TopicAnswer>): Promise<readonly (readonly [string, string])[]> {
    const whole: TopicAnswer = {
      name: plan.topic,
      error: undefined,
      partitions: [healthy, healthy],
      rights: new Set(['DESCRIBE', 'DESCRIBE_CONFIGS']),
      ...answer,
    };
    const broker = { connectionPool: { send: () => Promise.resolve([whole]) } };
    const connections = {
      cluster: { findControllerBroker: () => Promise.resolve(broker) },
      admin: {
        describeConfigs: () => Promise.resolve({ resources: [{ resourceName: plan.topic, configEntries: [] }] }),
      },
    } as unknown as Connections;
    const reports = await topicReports(connections, [plan]);
    return reports.flatMap(topicFindings).map(({ verdict, found }) => [verdict, found]);
  }

  test.each<[string, Partial<TopicAnswer>, string, string]>([
    ['that it is as wanted', {}, 'ok', '2 partitions'],
    ['that it is missing', { error: protocolError(3), partitions: [] }, 'failed', 'missing'],
    ['that it is hidden', { error: protocolError(29), partitions: [] }, 'failed', 'hidden from this client'],
    [
      'that nobody leads a partition',
      { partitions: [healthy, { ...healthy, led: false }] },
      'failed',
      '1 partition without a leader',
    ],
    [
      'that replicas lag',
      { partitions: [healthy, { ...healthy, inSync: 2 }] },
      'warning',
      '1 partition with too few replicas in step',
    ],
    ['that it has another size', { partitions: [healthy] }, 'warning', '1 partition and not 2'],
    [
      'that its settings may not be read',
      { rights: new Set(['DESCRIBE']) },
      'warning',
      'settings that this client may not read',
    ],
  ])('%s', async (_what, answer, ...finding) => {
    expect(await told(answer)).toEqual([finding]);
  });
});

test('a fault is a finding, and a bug is not', async () => {
  const part = { check: 'redis', next: 'look at it' };
  const away = new Fault('Redis did not answer as expected', { retryable: true });
  expect(await looked(part, () => Promise.reject(away))).toEqual([
    { ...part, verdict: 'failed', found: 'Redis did not answer as expected' },
  ]);
  await expect(looked(part, () => Promise.reject(new TypeError('x is not a function')))).rejects.toThrow(TypeError);
});
