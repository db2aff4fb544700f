import type { Admin } from 'kafkajs';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { startStack } from '../../../deploy/local/start-stack.ts';
import type { Stack } from '../../../deploy/local/start-stack.ts';
import { AssignerProtocol, Kafka, logLevel } from '../../../src/adapters/kafka/kafkajs.ts';
import { KafkaLaneLog } from '../../../src/adapters/kafka/lane-log.ts';
import { KafkaLaneMembership } from '../../../src/adapters/kafka/lane-membership.ts';
import { KafkaLanePublisher } from '../../../src/adapters/kafka/lane-publisher.ts';
import { Fault, Fenced } from '../../../src/stream/fault.ts';
import { perSource } from '../../../src/stream/per-source.ts';
import type { InputSource, NextOffsets, OutRecord, Positions, Publication } from '../../../src/stream/ports.ts';

let stack: Stack;
let kafka: Kafka;
let admin: Admin;
let topics: ReturnType<typeof topicsOf>;
let run = 0;

const topicsOf = (prefix: string) => ({
  claims: `${prefix}.claims`,
  authorizationRequests: `${prefix}.requests`,
  accounts: `${prefix}.accounts`,
  coverage: `${prefix}.coverage`,
  priorAuthorizations: `${prefix}.prior-authorizations`,
  participation: `${prefix}.participation`,
  responses: `${prefix}.responses`,
  rebateEvents: `${prefix}.rebate-events`,
  deadLetters: `${prefix}.dlq`,
});

beforeAll(async () => {
  stack = await startStack({ servers: ['kafka'] });
  kafka = new Kafka({ brokers: [...stack.kafka.brokers], logLevel: logLevel.NOTHING });
  admin = kafka.admin();
  await admin.connect();
  // The first commit of a transaction's offsets finds no coordinator while the broker makes its offsets topic.
  await vi.waitFor(() => admin.fetchOffsets({ groupId: 'warm-up' }), { timeout: 30_000 });
});
afterAll(async () => {
  await admin.disconnect();
  await stack.stop();
});
beforeEach(async () => {
  run += 1;
  topics = topicsOf(`run${String(run)}`);
  const names = Object.values(topics);
  await admin.createTopics({ waitForLeaders: false, topics: names.map((topic) => ({ topic, numPartitions: 4 })) });
  // kafkajs' own waiting for leaders gives up at the first broker thread that has not heard of a topic yet.
  await vi.waitFor(() => Promise.all(names.map((topic) => admin.fetchTopicOffsets(topic))), { timeout: 10_000 });
});

const groupId = (): string => `group${String(run)}`;
const openLog = (): KafkaLaneLog =>
  new KafkaLaneLog({
    kafka,
    admin,
    topics,
    partitions: [0, 2],
    groupId: groupId(),
    fetchWaitMs: 100,
    bytesPerPartitionMax: 262_144,
  });
const publisher = (): KafkaLanePublisher =>
  new KafkaLanePublisher({
    kafka,
    topics,
    transactionalId: `run${String(run)}.lane-0`,
    groupId: groupId(),
    transactionTimeoutMs: 30_000,
    onStep: () => undefined,
  });
const account = (partition: number, key: string): OutRecord => ({
  partition,
  key,
  value: Buffer.from(key),
  headers: {},
});
const publication = (accounts: readonly OutRecord[]): Publication => ({
  responses: [],
  rebateEvents: [],
  postImages: { source: 'accounts', records: accounts, landing: null },
  deadLetters: [],
});
const behind = (input: InputSource, ...offsets: readonly (readonly [number, number])[]): NextOffsets => ({
  input,
  offsets: new Map(offsets),
});
const nowhere: Positions = perSource(() => new Map());

describe('the log of a lane', () => {
  test('is read to its end, commit markers and aborted records included', async () => {
    const first = publisher();
    await first.fence();
    await first.begin(behind('claims', [0, 7]));
    const { ends } = await first.publish(publication([account(0, 'a'), account(0, 'b'), account(2, 'c')]));
    // A predecessor that dies between its records and its commit leaves records that nobody may ever see.
    const unfinished = kafka.producer({
      transactionalId: `run${String(run)}.other`,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await unfinished.connect();
    const transaction = await unfinished.transaction();
    await transaction.send({ topic: topics.accounts, messages: [{ partition: 2, key: 'x', value: 'aborted' }] });
    await transaction.abort();
    const log = openLog();
    // The markers are written behind the answer to the commit, so the end is waited for.
    await expect
      .poll(async () => {
        const fetched = await log.fetch(
          {
            ...nowhere,
            accounts: new Map([
              [0, 0],
              [2, 0],
            ]),
          },
          'no-wait',
        );
        return fetched
          .map(({ partition, records, next, end }) => ({
            partition,
            keys: records.map(({ key }) => String(key)),
            next,
            end,
          }))
          .sort((a, b) => a.partition - b.partition);
      })
      .toEqual([
        { partition: 0, keys: ['a', 'b'], next: 3, end: 3 },
        { partition: 2, keys: ['c'], next: 4, end: 4 },
      ]);
    expect(ends).toEqual(
      new Map([
        [0, 3],
        [2, 2],
      ]),
    );
    await Promise.all([log.close(), first.close(), unfinished.disconnect()]);
  });

  test('gives, behind a fence, the committed offsets of its own partitions alone, and the bounds of all its topics', async () => {
    const [first, second] = [publisher(), publisher()];
    await first.fence();
    await first.begin(behind('claims', [0, 7], [1, 9]));
    await first.publish(publication([account(0, 'a')]));
    await first.begin(behind('authorizationRequests', [0, 3]));
    await first.publish(publication([]));
    // The broker answers a commit before its offsets can be read; only the fence waits for them.
    await second.fence();
    const log = openLog();
    expect(await log.committed()).toEqual({ claims: new Map([[0, 7]]), authorizationRequests: new Map([[0, 3]]) });
    const { beginnings, ends } = await log.bounds();
    expect(beginnings.coverage).toEqual(
      new Map([
        [0, 0],
        [2, 0],
      ]),
    );
    expect(ends.accounts.get(0)).toBeGreaterThan(1); // the account and the marker of its commit
    await Promise.all([log.close(), first.close(), second.close()]);
  });

  test('answers with nothing when there is nothing, and with what came while it waited', async () => {
    const log = openLog();
    const from = { ...nowhere, claims: new Map([[0, 0]]) };
    expect((await log.fetch(from, 'wait')).flatMap(({ records }) => records)).toEqual([]);
    const poll = log.fetch(from, 'wait');
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({
      topic: topics.claims,
      messages: [{ partition: 0, key: 'k', value: 'v', headers: { h: 'w' } }],
    });
    const records = [...(await poll), ...(await log.fetch(from, 'wait'))].flatMap((fetched) => fetched.records);
    expect(records[0]).toMatchObject({
      offset: 0,
      key: Buffer.from('k'),
      value: Buffer.from('v'),
      headers: { h: Buffer.from('w') },
    });
    await Promise.all([log.close(), producer.disconnect()]);
  });
});

describe('the publisher of a lane', () => {
  test('is shut out by its successor, whose fence makes the journal final', async () => {
    const [first, second] = [publisher(), publisher()];
    await first.fence();
    await second.fence();
    await expect(first.begin(behind('claims', [0, 1]))).rejects.toThrow(Fenced);
    await second.begin(behind('claims', [0, 2]));
    await second.publish(publication([account(0, 'mine')]));
    const log = openLog();
    const [fetched] = await log.fetch({ ...nowhere, accounts: new Map([[0, 0]]) }, 'no-wait');
    expect(fetched?.records.map(({ key }) => String(key))).toEqual(['mine']);
    expect(await log.committed()).toMatchObject({ claims: new Map([[0, 2]]) });
    await Promise.all([log.close(), first.close(), second.close()]);
  });
});

describe('post-images that have to land in a place', () => {
  const authorizations = (landing: number, ...keys: readonly string[]): Publication => ({
    ...publication([]),
    postImages: {
      source: 'priorAuthorizations',
      records: keys.map((key) => account(0, key)),
      landing: new Map([[0, landing]]),
    },
  });
  const publish = async (lane: KafkaLanePublisher, offset: number, wanted: Publication) => {
    await lane.begin(behind('authorizationRequests', [0, offset]));
    return lane.publish(wanted);
  };

  test('are committed there, and nowhere else: then nothing of their transaction is, and the next one may be', async () => {
    const lane = publisher();
    await lane.fence();
    expect(await publish(lane, 1, authorizations(0, 'a', 'b'))).toEqual({ committed: true, ends: new Map([[0, 3]]) });
    const somebody = kafka.producer();
    await somebody.connect();
    await somebody.send({
      topic: topics.priorAuthorizations,
      messages: [{ partition: 0, key: 'theirs', value: 'theirs' }],
    });
    const overtaken = await publish(lane, 2, authorizations(3, 'overtaken'));
    expect(overtaken).toEqual({ committed: false, ends: new Map([[0, 6]]) });
    expect(await publish(lane, 3, authorizations(6, 'c'))).toEqual({ committed: true, ends: new Map([[0, 8]]) });
    const log = openLog();
    const from = { ...nowhere, priorAuthorizations: new Map([[0, 0]]) };
    await expect
      .poll(async () =>
        (await log.fetch(from, 'no-wait')).flatMap(({ records }) => records.map(({ key }) => String(key))),
      )
      .toEqual(['a', 'b', 'theirs', 'c']);
    await lane.begin(behind('authorizationRequests', [2, 99]));
    await lane.publish(authorizations(7, 'overtaken'));
    await lane.fence();
    expect((await log.committed()).authorizationRequests).toEqual(new Map([[0, 3]]));
    await Promise.all([log.close(), lane.close(), somebody.disconnect()]);
  });
});

describe('the membership', () => {
  const member = (assigned: (lanes: readonly number[]) => void, lanes = 4) => {
    const membership = new KafkaLaneMembership({
      kafka,
      topic: topics.claims,
      otherInputs: [topics.authorizationRequests],
      groupId: groupId(),
      topology: { partitions: 4, lanes },
      sessionTimeoutMs: 6_000,
    });
    const left = membership.run(assigned);
    return { membership, left };
  };

  test('deals every lane to exactly one worker, leaves lanes where they are, and gives them on when a worker leaves', async () => {
    const lanes: Record<'a' | 'b', readonly number[]> = { a: [], b: [] };
    const a = member((dealt) => (lanes.a = dealt));
    await expect.poll(() => lanes.a, { timeout: 30_000 }).toEqual([0, 1, 2, 3]);
    const b = member((dealt) => (lanes.b = dealt));
    await expect.poll(() => lanes.b.length, { timeout: 30_000 }).toBe(2);
    expect([...lanes.a, ...lanes.b].sort()).toEqual([0, 1, 2, 3]);
    await a.membership.leave();
    await expect.poll(() => lanes.b, { timeout: 30_000 }).toEqual([0, 1, 2, 3]);
    await b.membership.confirmed();
    await b.membership.leave();
    await Promise.all([a.left, b.left]);
  });

  test('subscribes to every topic whose offsets are committed: a broker forgets those of others', async () => {
    const a = member(() => undefined);
    await a.membership.confirmed();
    const { groups } = await admin.describeGroups([groupId()]);
    const [metadata = Buffer.alloc(0)] = groups.flatMap(({ members }) => members.map((each) => each.memberMetadata));
    expect(AssignerProtocol.MemberMetadata.decode(metadata)?.topics.toSorted()).toEqual([
      topics.claims,
      topics.authorizationRequests,
    ]);
    await a.membership.leave();
    await a.left;
  });

  test('refuses a worker that would deal the partitions into other lanes', async () => {
    let lanes: readonly number[] = [];
    const a = member((dealt) => (lanes = dealt));
    await expect.poll(() => lanes, { timeout: 30_000 }).toEqual([0, 1, 2, 3]);
    const b = member(() => undefined, 2);
    await expect(b.left).rejects.toThrow(Fault);
    await a.membership.leave();
    await a.left;
  });
});
