import { Fault } from '../../stream/fault.ts';
import type { Topology } from '../../stream/lanes.ts';
import { connectionTo, mayEvict, type RedisViewOptions, topologyKey } from './redis-view.ts';

export type RedisFacts = {
  /** As it calls itself, such as `redis` or `valkey`. */
  readonly name: string;
  readonly version: string;
  readonly evicts: boolean;
  /** How far its clock is ahead of ours, milliseconds. */
  readonly aheadMs: number;
  /** What is kept with the view; null where there is no view yet. */
  readonly topology: Topology | null;
};

/** Asks once and writes nothing. Throws a Fault. */
export async function redisFacts({ url, prefix, commandTimeoutMs }: RedisViewOptions): Promise<RedisFacts> {
  const redis = connectionTo(url, commandTimeoutMs);
  try {
    await redis.connect();
    const asked = Date.now();
    const [seconds = 0, microseconds = 0] = await redis.time();
    const now = (asked + Date.now()) / 2;
    const [server, memory] = [await redis.info('server'), await redis.info('memory')];
    const topology = await redis.eval(READ_BY_SCRIPT, 1, topologyKey(prefix));
    const valkey = fieldOf(server, 'valkey_version');
    return {
      name: valkey === null ? 'redis' : 'valkey',
      version: valkey ?? fieldOf(server, 'redis_version') ?? '',
      evicts: mayEvict(memory),
      aheadMs: seconds * 1000 + microseconds / 1000 - now,
      topology: typeof topology === 'string' ? (JSON.parse(topology) as Topology) : null,
    };
  } catch (error) {
    throw new Fault('Redis did not answer as expected', { retryable: true, cause: error });
  } finally {
    redis.disconnect();
  }
}

/** The view is fenced and written by scripts, so a server that runs none is of no use. */
const READ_BY_SCRIPT = `return redis.call('GET', KEYS[1])`;

const fieldOf = (section: string, name: string): string | null =>
  new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(section)?.[1] ?? null;
