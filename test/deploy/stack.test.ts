import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePort } from '../../deploy/local/ports.ts';
import { startStack } from '../../deploy/local/start-stack.ts';
import type { Stack } from '../../deploy/local/start-stack.ts';
import { Kafka, logLevel } from '../../src/adapters/kafka/kafkajs.ts';

const SCHEMA = {
  type: SchemaType.AVRO,
  schema: '{"type":"record","namespace":"test","name":"Kept","fields":[]}',
} as const;

let temporary: string;
let stack: Stack;

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'stack-test-'));
  vi.stubEnv('TMPDIR', temporary);
  stack = await startStack();
});

afterAll(async () => {
  await stack.stop();
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});

const kafkaOf = ({ kafka }: Stack): Kafka => new Kafka({ brokers: kafka.brokers, logLevel: logLevel.NOTHING });

/** Answers with `use`'s answer, on a connection that does not outlive it. */
async function onRedis<T>({ redis }: Stack, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(redis.url);
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

/** As `ps` has it: T for a process that is stopped. */
const stateOf = (pid: number | undefined): string =>
  execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' });

describe('a stack', () => {
  test('has a broker that keeps topics and records when it is killed', async () => {
    const admin = kafkaOf(stack).admin();
    const producer = kafkaOf(stack).producer();
    await Promise.all([admin.connect(), producer.connect()]);
    await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 1 }], waitForLeaders: true });
    await producer.send({ topic: 'kept', messages: [{ value: 'one' }, { value: 'two' }] });
    await producer.disconnect();
    await stack.kafka.kill();
    await stack.kafka.start();
    expect(await admin.listTopics()).toContain('kept');
    expect(await admin.fetchTopicOffsets('kept')).toEqual([{ partition: 0, offset: '2', high: '2', low: '0' }]);
    await admin.disconnect();
  });

  test('has a broker that makes no topic of its own accord', async () => {
    const admin = kafkaOf(stack).admin();
    await admin.connect();
    await expect(admin.fetchTopicMetadata({ topics: ['never-made'] })).rejects.toThrow('does not host this topic');
    await admin.disconnect();
  });

  test('has a registry that gives a schema the same id when it was killed', async () => {
    const registry = new SchemaRegistry({ host: stack.registry.url });
    const { id } = await registry.register(SCHEMA, { subject: 'kept-value' });
    await stack.registry.kill();
    await stack.registry.start();
    expect(await registry.getLatestSchemaId('kept-value')).toBe(id);
  });

  test('has a Redis that answers PING, evicts nothing and forgets everything in a restart', async () => {
    await onRedis(stack, async (redis) => {
      expect(await redis.ping()).toBe('PONG');
      expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
      await redis.set('kept', 'no');
    });
    await stack.redis.stop();
    await stack.redis.start();
    expect(await onRedis(stack, (redis) => redis.dbsize())).toBe(0);
  });

  test('has servers that can be frozen and thawed', async () => {
    stack.redis.freeze();
    expect(stateOf(stack.redis.pid)).toMatch(/^T/);
    const answer = onRedis(stack, (redis) => redis.ping());
    stack.redis.thaw();
    expect(stateOf(stack.redis.pid)).not.toMatch(/^T/);
    expect(await answer).toBe('PONG');
  });

  test('ends a server that is frozen', async () => {
    stack.redis.freeze();
    await stack.redis.stop();
    expect(stack.redis.pid).toBeUndefined();
    await stack.redis.start();
    expect(stack.redis.pid).toBeDefined();
  });

  test('stands beside a second one, which has its own ports, keeps its Redis and waits with its registry', async () => {
    const port = await freePort();
    const second = await startStack({ servers: ['redis'], ports: { redis: port }, redis: { appendOnly: true } });
    expect(second.environment.REDIS_URL).toBe(`redis://127.0.0.1:${String(port)}`);
    await onRedis(second, (redis) => redis.set('kept', 'yes'));
    await second.redis.kill();
    await second.redis.start();
    expect(await onRedis(second, (redis) => redis.get('kept'))).toBe('yes');
    expect(await onRedis(stack, (redis) => redis.get('kept'))).toBeNull();
    await expect(fetch(second.registry.url)).rejects.toThrow('fetch failed');
    await second.registry.start();
    expect(await new SchemaRegistry({ host: second.registry.url }).register(SCHEMA)).toEqual({ id: 1 });
    await second.stop();
    expect(readdirSync(temporary).map((name) => join(temporary, name))).toEqual([stack.folder]);
  });

  test('that cannot start says what the log of the server says, and leaves nothing behind', async () => {
    const starting = startStack({
      servers: ['redis', 'kafka'],
      kafka: { settings: { 'log.retention.ms': 'for ever' } },
    });
    await expect(starting).rejects.toThrow(/kafka could not format .* log\.retention\.ms/s);
    expect(readdirSync(temporary).map((name) => join(temporary, name))).toEqual([stack.folder]);
  });
});
