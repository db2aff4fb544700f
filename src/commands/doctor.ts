import type { TopicsTable } from '../adapters/files/topics-file.ts';
import { kafkaClient } from '../adapters/kafka/kafka-client.ts';
import { redisFacts } from '../adapters/redis/redis-facts.ts';
import { registryFacts } from '../adapters/registry/registry-facts.ts';
import { schemaRegistry } from '../adapters/registry/schema-registry.ts';
import type { Config } from '../config.ts';
import { counted } from './counted.ts';
import { contentsFindings } from './doctor/contents-look.ts';
import { type Finding, looked, warning } from './doctor/finding.ts';
import { kafkaLook } from './doctor/kafka-look.ts';
import { configurationFindings, policyFindings, programFinding } from './doctor/local-checks.ts';
import { redisFindings } from './doctor/redis-checks.ts';
import { registryFindings } from './doctor/registry-checks.ts';

export type DoctorOptions = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly policyDirectory: string;
  readonly table: TopicsTable;
  readonly json: boolean;
  /** Takes one line of standard output. */
  readonly print: (line: string) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** Looks at everything that a worker needs, prints a finding to a line, and changes nothing. Answers whether a worker could work. */
export async function doctor({ json, print, ...options }: DoctorOptions): Promise<boolean> {
  const counts = { ok: 0, warning: 0, failed: 0 };
  for await (const findings of examinations(options)) {
    for (const finding of findings) {
      counts[finding.verdict] += 1;
      print(json ? JSON.stringify(finding) : line(finding));
    }
  }
  if (!json) print(`${String(counts.failed)} failed, ${counted(counts.warning, 'warning')}, ${String(counts.ok)} ok`);
  return counts.failed === 0;
}

function line({ check, verdict, found, next }: Finding): string {
  const text = found.replaceAll(/\s*\n\s*/g, ' ');
  return `${verdict.padEnd(VERDICT)}  ${check}: ${text}${next === null ? '' : ` -> ${next}`}`;
}

const VERDICT = 'warning'.length;

type Examined = Omit<DoctorOptions, 'json' | 'print'>;

/** From what needs nothing to what needs all the rest. */
async function* examinations({ env, policyDirectory, ...parts }: Examined): AsyncGenerator<readonly Finding[]> {
  yield [programFinding()];
  const { config, findings } = configurationFindings(env);
  yield findings;
  yield await policyFindings(policyDirectory);
  if (config === null) yield [warning('servers', 'not looked at', 'mend the configuration first')];
  else yield* servers({ config, ...parts });
}

type Servers = Pick<DoctorOptions, 'table' | 'now'> & { readonly config: Config };

const REDIS_COMMAND_MS = 2_000;

async function* servers({ config, table, now }: Servers): AsyncGenerator<readonly Finding[]> {
  const kafka = kafkaClient(config.kafka);
  const registry = schemaRegistry(config.registry);
  const { findings, partitions } = await kafkaLook({ kafka, config, table, now });
  yield findings;
  const registryAway = 'look whether it runs, and at SCHEMA_REGISTRY_URL';
  yield await looked({ check: 'registry', next: registryAway }, () =>
    registryFindings({ registry, facts: registryFacts(config.registry) }, config.topics.prefix),
  );
  const redisAway = 'look whether it runs, and at REDIS_URL: the address, the password, the rights of the user';
  yield await looked({ check: 'redis', next: redisAway }, async () => {
    const view = { url: config.redis.url, prefix: config.redis.keyPrefix, commandTimeoutMs: REDIS_COMMAND_MS };
    return redisFindings(await redisFacts(view), config, partitions);
  });
  if (partitions !== null) yield await contentsFindings({ kafka, registry, config, partitions });
}
