import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { loadPolicyBundle } from '../adapters/files/policy-bundle.ts';
import { startAdminServer } from '../adapters/http/admin-server.ts';
import { kafkaLogCreator } from '../adapters/kafka/client-log.ts';
import { kafkaClient } from '../adapters/kafka/kafka-client.ts';
import { workerKafka } from '../adapters/kafka/worker-kafka.ts';
import { RedisView } from '../adapters/redis/redis-view.ts';
import { registryCodec } from '../adapters/registry/registry-codec.ts';
import { createLogEvents } from '../adapters/telemetry/log-events.ts';
import { createMetrics } from '../adapters/telemetry/metrics.ts';
import { createTelemetry } from '../adapters/telemetry/telemetry.ts';
import type { Config } from '../config.ts';
import { Fault } from '../stream/fault.ts';
import type { Topology } from '../stream/lanes.ts';
import { patiently } from '../stream/patience.ts';
import type { Telemetry, View } from '../stream/ports.ts';
import { Worker } from '../stream/worker.ts';
import { memberKeys } from '../wire/member-key.ts';
import { topicNames } from '../wire/topics.ts';
import { VERSION } from './version.ts';

export type StartOptions = {
  readonly config: Config;
  /** Aborted when the worker has to finish what it does and leave. */
  readonly signal: AbortSignal;
  /** Lets a test watch, or end, the process at a step of the loop. */
  readonly observe?: (telemetry: Telemetry) => Telemetry;
};

/** A command that does not answer within this time is repeated. */
const REDIS_COMMAND_MS = 2_000;

/** Runs one worker until `signal`: waits for its servers, takes its lanes, adjudicates. Throws what waiting would not mend. */
export async function start({ config, signal, observe = (telemetry) => telemetry }: StartOptions): Promise<void> {
  const policy = await loadPolicyBundle(config.policy.directory);
  const log = createLogEvents({ level: config.log.level });
  const metrics = createMetrics({ version: VERSION, policyVersion: policy.version });
  const telemetry = createTelemetry({ log, metrics, lanes: config.lanes.count });
  const server = await startAdminServer({ ...config.admin, metrics: metrics.text, ready: telemetry.readiness });
  log.serviceStarted({ version: VERSION, policyVersion: policy.version, adminUrl: server.url });
  signal.addEventListener('abort', log.serviceStopping, { once: true });

  const topics = topicNames(config.topics.prefix);
  const kafka = workerKafka({
    kafka: kafkaClient(config.kafka, kafkaLogCreator({ log, metrics })),
    topics,
    groupId: config.group.id,
    sessionTimeoutMs: config.group.sessionTimeoutMs,
    ...config.lanes,
  });
  const view = new RedisView({
    url: config.redis.url,
    prefix: config.redis.keyPrefix,
    commandTimeoutMs: REDIS_COMMAND_MS,
  });
  const patience = { sleep: pause, signal, waiting: log.waiting };
  try {
    await view.connect();
    const codec = await patiently(() => registryCodec(config.registry.url, config.topics.prefix), patience);
    const topology = await patiently(
      async () => agreed({ partitions: await kafka.partitions(), lanes: config.lanes.count }, view),
      patience,
    );
    const observed = observe(telemetry);
    const worker = new Worker({
      ...kafka.lanes(topology, observed),
      telemetry: observed,
      topology,
      view,
      codec,
      policy,
      keys: memberKeys(config.members.keySecret),
      batchClaimsMax: config.lanes.batchClaimsMax,
      inputTopics: topics,
      source: `/${config.group.id}`,
      now: () => performance.now(),
      wallClock: () => Date.now(),
      sleep: pause,
      newEpoch: () => randomUUID(),
    });
    await worker.run(signal);
  } catch (error) {
    // Asked to stop while it waited for a server: that is no failure.
    if (signal.aborted) return;
    log.serviceFailed({ fault: error });
    throw error;
  } finally {
    view.close();
    await Promise.allSettled([kafka.close(), server.close()]);
    log.serviceStopped();
  }
}

/** The topology of this worker, when the view can be trusted with it. */
async function agreed(wanted: Topology, view: View): Promise<Topology> {
  if (await view.evicts())
    throw new Fault('Redis may evict keys: set maxmemory-policy to noeviction', { retryable: false });
  const kept = await view.topology(wanted);
  if (kept.partitions === wanted.partitions && kept.lanes === wanted.lanes) return wanted;
  throw new Fault('LANES or the partitions are not those of the view: stop all workers and empty the view first', {
    retryable: false,
  });
}

const pause = async (milliseconds: number): Promise<void> => {
  await sleep(milliseconds);
};
