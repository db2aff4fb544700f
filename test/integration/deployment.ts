import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { Admin, Producer } from 'kafkajs';

import type { Stack } from '../../deploy/local/start-stack.ts';
import { readTopicsFile } from '../../src/adapters/files/topics-file.ts';
import { Kafka, logLevel } from '../../src/adapters/kafka/kafkajs.ts';
import { provisionTopics } from '../../src/adapters/kafka/provision-topics.ts';
import { RedisView } from '../../src/adapters/redis/redis-view.ts';
import { openCodecs } from '../../src/adapters/registry/registry-codec.ts';
import type { Codecs } from '../../src/adapters/registry/registry-codec.ts';
import { schemaRegistry } from '../../src/adapters/registry/schema-registry.ts';
import { provision } from '../../src/commands/provision.ts';
import { generate } from '../../src/commands/synthetic/generate.ts';
import type { SyntheticClaim } from '../../src/commands/synthetic/claims.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import { memberKeys } from '../../src/wire/member-key.ts';
import { topicNames } from '../../src/wire/topics.ts';
import type { TopicNames } from '../../src/wire/topics.ts';
import { participationKey } from '../../src/policy/participation-keys.ts';
import { readParticipation } from '../../src/wire/participation.ts';
import { openTopicTail } from '../../src/adapters/kafka/topic-tail.ts';
import type { TopicRecord } from '../../src/adapters/kafka/topic-tail.ts';
import { INPUT_SOURCES } from '../../src/stream/ports.ts';
import type { MemberView } from '../../src/stream/ports.ts';
import { startWorker } from './workers.ts';
import type { SignalAt, WorkerProcess } from './workers.ts';

const SECRET = 'a synthetic secret for tests';

/** One deployment on the shared servers of a test file: its own topics, group, transactional ids and keys. */
export class Deployment {
  readonly stack: Stack;
  readonly topics: TopicNames;
  readonly environment: NodeJS.ProcessEnv;
  readonly keys = memberKeys(SECRET);
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly #producer: Producer;
  readonly #prefix: string;
  readonly #workers: WorkerProcess[] = [];
  #codecs: Codecs | undefined;

  constructor(stack: Stack, name: string) {
    this.stack = stack;
    this.#prefix = `${name}-${randomUUID().slice(0, 8)}.`;
    this.topics = topicNames(this.#prefix);
    this.environment = {
      ...stack.environment,
      TOPIC_PREFIX: this.#prefix,
      KAFKA_GROUP_ID: `${this.#prefix}adjudicator`,
      KAFKA_TRANSACTIONAL_ID_PREFIX: `${this.#prefix}adjudicator`,
      REDIS_KEY_PREFIX: this.#prefix,
      MEMBER_KEY_SECRET: SECRET,
      SESSION_TIMEOUT_MS: '6000',
      LANES: '4',
      ADMIN_PORT: '0',
      // Small batches, so that a run has many of them and a crash hits one in the middle.
      BATCH_CLAIMS_MAX: '64',
    };
    this.kafka = new Kafka({ brokers: [...stack.kafka.brokers], logLevel: logLevel.NOTHING, retry: { retries: 15 } });
    this.admin = this.kafka.admin();
    this.#producer = this.kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  }

  async open(): Promise<this> {
    // Its first answer takes long, and longer on a machine at work.
    const registry = schemaRegistry({ url: this.stack.registry.url, timeoutMs: 20_000 });
    const table = readTopicsFile('deploy/topics.yaml');
    await provision({
      table,
      prefix: this.#prefix,
      registry,
      provisionTopics: (plans, dryRun) => provisionTopics(this.kafka, plans, dryRun),
      dryRun: false,
      json: false,
      print: () => undefined,
    });
    this.#codecs = await openCodecs(registry, this.#prefix);
    await Promise.all([this.admin.connect(), this.#producer.connect()]);
    return this;
  }

  async close(): Promise<void> {
    await Promise.all([this.admin.disconnect(), this.#producer.disconnect()]);
  }

  get codecs(): Codecs {
    if (!this.#codecs) throw new Error('the deployment is not open');
    return this.#codecs;
  }

  startWorker(signalAt?: SignalAt): WorkerProcess {
    const worker = startWorker(this.environment, this.stack.folder, signalAt);
    this.#workers.push(worker);
    return worker;
  }

  /** How often the workers of this deployment have logged something. */
  async logged(message: string): Promise<number> {
    const logs = await Promise.all(this.#workers.map(({ logFile }) => readFile(logFile, 'utf8').catch(() => '')));
    return logs.join('').split(`"msg":"${message}"`).length - 1;
  }

  /** End offsets of the answers, summed: more than the answers by the markers of the transactions, and zero only without any. */
  async answered(): Promise<number> {
    const ends = await this.admin.fetchTopicOffsets(this.topics.responses);
    return ends.reduce((sum, { high }) => sum + Number(high), 0);
  }

  /** Sends the members, pharmacies and prescribers of a synthetic world, and gives its claims. */
  async sendReference(options: {
    readonly seed: number;
    readonly members: number;
  }): Promise<Generator<SyntheticClaim, never>> {
    const synthetic = generate({
      ...options,
      startDate: CalendarDate.of('2026-08-03'),
      mix: { rejects: 0.2, resends: 0.08, reversals: 0.08 },
    });
    const coverage = this.codecs.encoderOf('Coverage');
    const authorizations = this.codecs.encoderOf('PriorAuthorization');
    const participation = this.codecs.encoderOf('Participation');
    const files = [...synthetic.reference.files].map((file) => ({
      ...file,
      key: this.keys.ofCardholder(file.cardholderId),
    }));
    await this.send(
      'coverage',
      files.map((file) => ({ key: file.key, value: coverage(file.coverage) })),
    );
    const authorized = files.flatMap(({ key, priorAuthorization }) =>
      priorAuthorization ? [{ key, value: authorizations(priorAuthorization) }] : [],
    );
    await this.send('priorAuthorizations', authorized);
    await this.send(
      'participation',
      synthetic.reference.participation.map((record) => ({
        key: participationKey(readParticipation(record)),
        value: participation(record),
      })),
    );
    return synthetic.claims;
  }

  async sendClaims(claims: Iterator<SyntheticClaim>, count: number): Promise<void> {
    const encode = this.codecs.encoderOf('Claim');
    const records = Array.from({ length: count }, () => (claims.next().value as SyntheticClaim).record);
    await this.send(
      'claims',
      records.map((record) => ({
        key: this.keys.ofClaim(record) ?? this.keys.ofCardholder('nobody'),
        value: encode(record),
      })),
    );
  }

  async send(
    role: keyof TopicNames,
    messages: readonly { readonly key: Buffer | string | null; readonly value: Buffer | null }[],
  ): Promise<void> {
    for (let from = 0; from < messages.length; from += 500) {
      await this.#producer.send({ topic: this.topics[role], messages: messages.slice(from, from + 500) });
    }
  }

  /** Everything that a read_committed consumer sees in a topic, partition by partition in order. */
  async read(role: keyof TopicNames): Promise<readonly TopicRecord[]> {
    const records: TopicRecord[] = [];
    const tail = await openTopicTail({
      kafka: this.kafka,
      topics: [this.topics[role]],
      onRecords: (batch) => records.push(...batch),
    });
    await tail.caughtUp();
    await tail.close();
    return records.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
  }

  /** What the view has of members, by partition. */
  async viewed(
    source: keyof MemberView,
    members: ReadonlyMap<number, readonly string[]>,
  ): Promise<readonly { readonly key: string; readonly value: Buffer | null }[]> {
    const view = new RedisView({ url: this.stack.redis.url, prefix: this.#prefix, commandTimeoutMs: 10_000 });
    await view.connect();
    const answer = await view.read({ members, participants: [] });
    view.close();
    return [...answer.members.values()].flatMap((views) =>
      [...views].map(([key, member]) => ({ key, value: member[source] })),
    );
  }

  /** Waits until the group has committed an offset behind every claim and every request. */
  async settled(timeoutMs = 120_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!(await this.#allCommitted().catch(() => false))) {
      if (Date.now() > deadline)
        throw new Error('not everything was answered in time; the logs of the workers are in the folder of the stack');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async #allCommitted(): Promise<boolean> {
    const groupId = String(this.environment['KAFKA_GROUP_ID']);
    const inputs = INPUT_SOURCES.map((source) => this.topics[source]);
    const committed = new Map(
      (await this.admin.fetchOffsets({ groupId, topics: inputs })).flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }) => [`${topic}/${String(partition)}`, Number(offset)]),
      ),
    );
    const behind = async (topic: string): Promise<boolean> =>
      (await this.admin.fetchTopicOffsets(topic)).every(
        ({ partition, high }) => Number(high) <= Math.max(0, committed.get(`${topic}/${String(partition)}`) ?? 0),
      );
    return (await Promise.all(inputs.map(behind))).every(Boolean);
  }
}
