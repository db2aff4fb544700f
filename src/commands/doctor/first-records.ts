import type { DeploymentLog } from '../../adapters/kafka/deployment-log.ts';
import { perSource } from '../../stream/per-source.ts';
import type { LogRecord, Source } from '../../stream/ports.ts';

/** Some of the oldest records of a topic in some of its partitions, as read_committed sees them; none where there are none. */
export async function firstRecords(
  log: DeploymentLog['log'],
  source: Source,
  partitions: ReadonlySet<number>,
): Promise<readonly LogRecord[]> {
  const { beginnings, ends } = await log.bounds();
  const open = new Map([...beginnings[source]].filter(([partition]) => partitions.has(partition)));
  const close = (partition: number, next: number): void => {
    if (next >= (ends[source].get(partition) ?? 0)) open.delete(partition);
    else open.set(partition, next);
  };
  for (const [partition, beginning] of [...open]) close(partition, beginning);
  while (open.size > 0) {
    const fetched = await log.fetch(
      perSource((each) => (each === source ? open : new Map<number, number>())),
      'no-wait',
    );
    const records = fetched.flatMap((each) => each.records);
    if (records.length > 0) return records;
    for (const { partition, next } of fetched) close(partition, next);
  }
  return [];
}
