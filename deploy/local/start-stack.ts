import { openStackFolder } from './guarded.ts';
import { assertInstalled } from './installed.ts';
import { KafkaServer } from './kafka-server.ts';
import type { KafkaOptions } from './kafka-server.ts';
import { freePort } from './ports.ts';
import { RedisServer } from './redis-server.ts';
import type { RedisOptions } from './redis-server.ts';
import { RegistryServer } from './registry-server.ts';

export type ServerName = 'kafka' | 'registry' | 'redis';

export type StackOptions = {
  /** The servers to start now: all of them unless told. The others have their addresses and wait for their `start()`. */
  readonly servers?: readonly ServerName[];
  /** Free ones unless told. */
  readonly ports?: Readonly<Partial<Record<ServerName, number>>>;
  readonly kafka?: KafkaOptions;
  readonly redis?: RedisOptions;
};

/** Real servers on this machine, for one command or one file of tests. They end with the process that started them. */
export type Stack = {
  readonly kafka: KafkaServer;
  readonly registry: RegistryServer;
  readonly redis: RedisServer;
  /** Holds all that the servers write, logs included. */
  readonly folder: string;
  /** The addresses under the names by which the service reads them. */
  readonly environment: Readonly<Record<'KAFKA_BROKERS' | 'SCHEMA_REGISTRY_URL' | 'REDIS_URL', string>>;
  /** Ends the servers at once and removes the folder. */
  stop(): Promise<void>;
};

const ALL: readonly ServerName[] = ['kafka', 'registry', 'redis'];

export async function startStack({ servers: wanted = ALL, ports = {}, ...options }: StackOptions = {}): Promise<Stack> {
  assertInstalled();
  const kafkaPort = ports.kafka ?? (await freePort());
  const registryPort = ports.registry ?? (await freePort());
  const redisPort = ports.redis ?? (await freePort());
  const folder = await openStackFolder();
  const kafka = new KafkaServer(folder, kafkaPort, { controllerPort: await freePort(), ...options.kafka });
  const registry = new RegistryServer(folder, registryPort);
  const redis = new RedisServer(folder, redisPort, options.redis);
  const servers = { kafka, registry, redis };

  const stop = async (): Promise<void> => {
    await Promise.all(ALL.map((name) => servers[name].kill()));
    await folder.remove();
  };
  const starts = await Promise.allSettled(wanted.map((name) => servers[name].start()));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const environment = {
    KAFKA_BROKERS: kafka.brokers.join(','),
    SCHEMA_REGISTRY_URL: registry.url,
    REDIS_URL: redis.url,
  };
  return { ...servers, folder: folder.path, environment, stop };
}
