import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs';
import type { AclEntry, Kafka } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { freePort, LOOPBACK } from '../../deploy/local/ports.ts';
import { startStack, type Stack } from '../../deploy/local/start-stack.ts';
import { errorType } from '../../src/adapters/kafka/faults.ts';
import { kafkaClient } from '../../src/adapters/kafka/kafka-client.ts';
import { READER_GROUPS } from '../../src/adapters/kafka/topic-tail.ts';
import { readConfig } from '../../src/config.ts';
import { KAFKA_USERS, type Rule } from '../docs/strimzi-resources.ts';
import { Deployment } from './deployment.ts';
import { expectExactlyOnce } from './settled-run.ts';
import { killAllWorkers, startWorker } from './workers.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
const CLAIMS = 500;
const PASSWORD = 'synthetic';

let stack: Stack;
let deployment: Deployment;
/** Of the listener where a client is somebody, and may do what the rules for that user allow. */
let port: number;

beforeAll(async () => {
  const [open, controller] = [await freePort(), await freePort()];
  port = await freePort();
  stack = await startStack({ ports: { kafka: open }, kafka: { settings: brokerWithRights(open, controller) } });
  deployment = new Deployment(stack, 'rights');
  const admin = deployment.kafka.admin();
  await admin.connect();
  const acl = Object.entries(KAFKA_USERS).flatMap(([user, rules]) => rules.flatMap((rule) => entriesOf(user, rule)));
  await admin.createAcls({ acl });
  await admin.disconnect();
});
afterAll(async () => {
  killAllWorkers();
  await stack.stop();
});

test('the rights that a deployment asks for are enough to provision, to answer claims, and to look after both', async () => {
  await run('adjudicator-provision', 'provision');
  await deployment.open();
  const claims = await deployment.sendReference({ seed: 43, members: 100 });
  const worker = startWorker(environmentOf('adjudicator-worker'), stack.folder);
  await deployment.sendClaims(claims, CLAIMS);
  await expectExactlyOnce(deployment, CLAIMS);
  await worker.stop();
  const [first] = await deployment.read('claims');
  const position = `${String(first?.partition)}/${String(first?.offset)}`;
  const look = (...args: readonly string[]) => run('adjudicator-operations', ...args);
  expect(await look('explain', '--position', position)).toMatch(/^(B[123]|E1) /);
  expect(await look('lag')).toContain(deployment.topics.claims);
  expect(await look('topics')).toContain(deployment.topics.claims);
  await deployment.close();
});

type Forbidden = {
  readonly user: string;
  readonly what: string;
  readonly refusal: string;
  readonly attempt: (kafka: Kafka) => Promise<unknown>;
};
const sendClaims = (kafka: Kafka) => sendTo(kafka, 'claims');
const TOPIC = 'TOPIC_AUTHORIZATION_FAILED';
/** kafkajs does not tell why nobody coordinates: of the worker's own group and ids it finds who does. */
const COORDINATOR = 'KafkaJSGroupCoordinatorNotFound';

test.each<Forbidden>([
  { user: 'worker', what: 'send claims', refusal: TOPIC, attempt: sendClaims },
  { user: 'worker', what: 'change coverage', refusal: TOPIC, attempt: (kafka) => sendTo(kafka, 'coverage') },
  { user: 'worker', what: 'read its answers', refusal: TOPIC, attempt: (kafka) => readFrom(kafka, 'responses') },
  {
    user: 'worker',
    what: 'join others',
    refusal: COORDINATOR,
    attempt: (kafka) => readFrom(kafka, 'claims', 'ledger'),
  },
  { user: 'worker', what: 'be another producer', refusal: COORDINATOR, attempt: beAnotherProducer },
  { user: 'worker', what: 'delete a topic', refusal: TOPIC, attempt: deleteClaims },
  { user: 'provision', what: 'delete a topic', refusal: TOPIC, attempt: deleteClaims },
  { user: 'provision', what: 'send claims', refusal: TOPIC, attempt: sendClaims },
  { user: 'operations', what: 'send claims', refusal: TOPIC, attempt: sendClaims },
])('the user adjudicator-$user may not $what', async ({ user, refusal, attempt }) => {
  const { kafka } = readConfig(environmentOf(`adjudicator-${user}`));
  const client = kafkaClient(kafka);
  expect(await refusalOf(() => attempt(client))).toBe(refusal);
});

/** The open listener is that of this test, which may do everything; on the other one, users say who they are. */
function brokerWithRights(open: number, controller: number): Readonly<Record<string, string>> {
  const users = Object.keys(KAFKA_USERS).map((user) => `user_${user}="${PASSWORD}"`);
  return {
    listeners: [
      `PLAINTEXT://${LOOPBACK}:${String(open)}`,
      `RIGHTS://${LOOPBACK}:${String(port)}`,
      `CONTROLLER://${LOOPBACK}:${String(controller)}`,
    ].join(),
    'controller.quorum.bootstrap.servers': `${LOOPBACK}:${String(controller)}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,RIGHTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
    'listener.name.rights.sasl.enabled.mechanisms': 'PLAIN',
    'listener.name.rights.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required ${users.join(' ')};`,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
  };
}

const OPERATIONS: Readonly<Record<Rule['operations'][number], AclOperationTypes>> = {
  Create: AclOperationTypes.CREATE,
  Delete: AclOperationTypes.DELETE,
  Describe: AclOperationTypes.DESCRIBE,
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
  Read: AclOperationTypes.READ,
  Write: AclOperationTypes.WRITE,
};
const RESOURCES: Readonly<Record<Rule['resource']['type'], AclResourceTypes>> = {
  group: AclResourceTypes.GROUP,
  topic: AclResourceTypes.TOPIC,
  transactionalId: AclResourceTypes.TRANSACTIONAL_ID,
};
const PATTERNS: Readonly<Record<Rule['resource']['patternType'], ResourcePatternTypes>> = {
  literal: ResourcePatternTypes.LITERAL,
  prefix: ResourcePatternTypes.PREFIXED,
};

/** Before all names of this deployment; but readers, who belong to none, name their groups without it. */
const prefixOf = (name: string): string =>
  name === READER_GROUPS ? '' : String(deployment.environment['TOPIC_PREFIX']);

/** As the operator makes them of a rule. */
const entriesOf = (user: string, { resource, operations }: Rule): readonly AclEntry[] =>
  operations.map((operation) => ({
    resourceType: RESOURCES[resource.type],
    resourceName: `${prefixOf(resource.name)}${resource.name}`,
    resourcePatternType: PATTERNS[resource.patternType],
    principal: `User:${user}`,
    host: '*',
    operation: OPERATIONS[operation],
    permissionType: AclPermissionTypes.ALLOW,
  }));

const environmentOf = (user: string): NodeJS.ProcessEnv => ({
  ...deployment.environment,
  KAFKA_BROKERS: `${LOOPBACK}:${String(port)}`,
  KAFKA_SASL_MECHANISM: 'plain',
  KAFKA_SASL_USERNAME: user,
  KAFKA_SASL_PASSWORD: PASSWORD,
});

/** What a command prints that this user runs. */
async function run(user: string, ...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, [MAIN, ...args], { env: environmentOf(user) })).stdout;
}

async function refusalOf(attempt: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    return errorType(error) ?? (error as Error).name;
  }
}

async function sendTo(kafka: Kafka, role: 'claims' | 'coverage'): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  await producer
    .send({ topic: deployment.topics[role], messages: [{ value: 'x' }] })
    .finally(() => producer.disconnect());
}

async function beAnotherProducer(kafka: Kafka): Promise<void> {
  const producer = kafka.producer({ transactionalId: 'other.lane-0', maxInFlightRequests: 1 });
  await producer.connect();
  await producer.transaction().finally(() => producer.disconnect());
}

async function deleteClaims(kafka: Kafka): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [deployment.topics.claims] }).finally(() => admin.disconnect());
}

/** Throws what the consumer ends with. */
async function readFrom(
  kafka: Kafka,
  role: 'claims' | 'responses',
  groupId = String(deployment.environment['KAFKA_GROUP_ID']),
): Promise<void> {
  const consumer = kafka.consumer({ groupId, retry: { retries: 0, restartOnFailure: () => Promise.resolve(false) } });
  const crashed = new Promise<Error>((resolve) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      resolve(payload.error);
    });
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [deployment.topics[role]], fromBeginning: true });
  await consumer.run({ eachBatch: () => Promise.resolve() });
  throw await crashed.finally(() => consumer.disconnect());
}
