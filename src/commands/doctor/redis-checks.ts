import type { RedisFacts } from '../../adapters/redis/redis-facts.ts';
import type { Config } from '../../config.ts';
import { clockFinding, failed, type Finding, ok, warning } from './finding.ts';

/** `partitions` is what the topics have; null where they do not agree. */
export function redisFindings(facts: RedisFacts, config: Config, partitions: number | null): readonly Finding[] {
  return [
    versionFinding(facts),
    facts.evicts
      ? failed(
          'redis memory',
          'it may evict keys',
          'set maxmemory-policy to noeviction: an evicted account looks like a new member',
        )
      : ok('redis memory', 'it evicts nothing'),
    viewFinding(facts, config, partitions),
    clockFinding('clock of Redis', facts.aheadMs),
  ];
}

const OLDEST = 7;

function versionFinding({ name, version }: RedisFacts): Finding {
  const found = `${name} ${version}`;
  return Number(version.split('.')[0]) >= OLDEST
    ? ok('redis', found)
    : warning(
        'redis',
        found,
        `upgrade it: this program is tested with Redis ${String(OLDEST)} and later, and with Valkey`,
      );
}

function viewFinding({ topology }: RedisFacts, { lanes }: Config, partitions: number | null): Finding {
  if (topology === null) return ok('view', 'there is none yet: the first worker restores it from the topics');
  const found = `${String(topology.lanes)} lanes of ${String(topology.partitions)} partitions`;
  const agrees = topology.lanes === lanes.count && (partitions === null || topology.partitions === partitions);
  return agrees
    ? ok('view', found)
    : failed('view', `it is for ${found}`, 'stop all workers and empty it: docs/operations.md#changing-lanes');
}
