import type { DeploymentLog } from '../../adapters/kafka/deployment-log.ts';
import type { GroupFacts } from '../../adapters/kafka/group-facts.ts';
import type { PartitionLag } from '../../adapters/kafka/group-lag.ts';
import type { Config } from '../../config.ts';
import { counted } from '../counted.ts';
import { failed, type Finding, ok, warning } from './finding.ts';
import { firstRecords } from './first-records.ts';

export function groupFinding({ state, members }: GroupFacts, { group, lanes }: Config): Finding {
  const found = `${group.id}: ${STATES[state] ?? state}, ${counted(members, 'worker')}`;
  return members > lanes.count
    ? warning(
        'group',
        found,
        `stop some: there are ${String(lanes.count)} lanes (LANES), and no more workers find work`,
      )
    : ok('group', found);
}

/** What Kafka calls a group without members is no cause for alarm. */
const STATES: Readonly<Record<string, string>> = { Dead: 'not yet known', Empty: 'not at work', Stable: 'at work' };

const ANCHOR = 'docs/operations.md#when-a-server-is-away';

/** Where the workers go on. A worker refuses to guess at it, so the same is told here. */
export async function offsetsFindings(
  log: DeploymentLog['log'],
  lags: readonly PartitionLag[],
): Promise<readonly Finding[]> {
  const lost = lags
    .filter((lag) => lag.lost > 0)
    .map(({ topic, partition, lost: records }) =>
      failed(
        'offsets',
        `retention has deleted ${String(records)} records of ${topic}/${String(partition)} that were not read`,
        `their claims have no answer: ${ANCHOR}`,
      ),
    );
  // Accounts come of claims alone, whose topic is the first.
  const unread = lags.filter(({ topic, committed }) => topic === lags[0]?.topic && committed === null);
  const never = new Set(unread.map(({ partition }) => partition));
  const orphaned = never.size > 0 && (await firstRecords(log, 'accounts', never)).length > 0;
  if (orphaned)
    return [
      ...lost,
      failed(
        'offsets',
        'the group has no committed offset in a partition with accounts',
        `put the offsets back: ${ANCHOR}`,
      ),
    ];
  const waiting = lags.reduce((sum, { records }) => sum + records, 0);
  return lost.length > 0 ? lost : [ok('offsets', `${counted(waiting, 'record')} to be read`)];
}
