import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

import ioredis from 'ioredis/package.json' with { type: 'json' };
import kafkajs from 'kafkajs/package.json' with { type: 'json' };

import { KAFKA_JARS, REDIS_SERVER } from '../../deploy/local/installed.ts';

const GIGABYTE = 2 ** 30;

/** Where and when figures were taken, as one sentence. */
export function machine(): string {
  const processors = cpus();
  const parts = [
    `${String(processors.length)} cores (${processors[0]?.model.trim() ?? 'unknown'})`,
    `${String(Math.round(totalmem() / GIGABYTE))} GB`,
    `Node ${process.versions.node}`,
    `Kafka ${found(/^kafka_[\d.]+-([\d.]+)\.jar$/m, readdirSync(KAFKA_JARS).join('\n'))}`,
    `Redis ${found(/v=(\S+)/, execFileSync(REDIS_SERVER, ['--version'], { encoding: 'utf8' }))}`,
    `kafkajs ${kafkajs.version}`,
    `ioredis ${ioredis.version}`,
  ];
  return `Measured on ${new Date().toISOString().slice(0, 10)}: ${parts.join(', ')}.`;
}

const found = (version: RegExp, text: string): string => version.exec(text)?.[1] ?? 'of unknown version';
