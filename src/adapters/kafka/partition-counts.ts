import type { Admin } from 'kafkajs';

import { Fault } from '../../stream/fault.ts';
import { kafkaFault } from './faults.ts';

/** The partition count that all topics of the deployment share. A missing or uneven topic stops the process: every lane would be wrong. */
export async function commonPartitionCount(admin: Admin, topics: readonly string[]): Promise<number> {
  const counts = await partitionCounts(admin, topics).catch((error: unknown) => {
    throw kafkaFault(error);
  });
  const [count = 0, ...others] = new Set(counts.values());
  if (counts.size < topics.length || others.length > 0 || count === 0) {
    throw new Fault('the topics are missing or differ in their partitions: run `adjudicator provision`', {
      retryable: false,
    });
  }
  return count;
}

/** Of those topics that there are. */
export async function partitionCounts(admin: Admin, wanted: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const known = new Set(await admin.listTopics());
  const present = wanted.filter((topic) => known.has(topic));
  if (present.length === 0) return new Map();
  const { topics } = await admin.fetchTopicMetadata({ topics: present });
  return new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
}
