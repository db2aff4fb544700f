import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Program, StackFolder } from './guarded.ts';
import { REDIS_SERVER } from './installed.ts';
import { LOOPBACK } from './ports.ts';
import { Server } from './server.ts';

export type RedisOptions = {
  /** Keeps the data over a restart, synced at every write. Without it a restarted Redis is empty, as the design allows. */
  readonly appendOnly?: boolean;
};

export class RedisServer extends Server {
  readonly name = 'redis';
  readonly url: string;
  protected readonly program: Program;

  constructor(folder: StackFolder, port: number, { appendOnly = false }: RedisOptions = {}) {
    super(folder, port);
    this.url = `redis://${LOOPBACK}:${String(port)}`;
    const data = join(folder.path, 'redis');
    mkdirSync(data);
    const settings: Readonly<Record<string, string>> = {
      port: String(port),
      bind: LOOPBACK,
      dir: data,
      save: '',
      appendonly: appendOnly ? 'yes' : 'no',
      appendfsync: 'always',
      'maxmemory-policy': 'noeviction',
    };
    this.program = {
      log: join(folder.path, 'redis.log'),
      command: REDIS_SERVER,
      arguments: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
      workingFolder: data,
    };
  }

  protected async answers(): Promise<boolean> {
    const redis = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null });
    redis.on('error', () => undefined); // the same error rejects connect()
    try {
      // Waits also until a server with data on disk has loaded it.
      await redis.connect();
      await redis.ping();
      return true;
    } finally {
      redis.disconnect();
    }
  }
}
