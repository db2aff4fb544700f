import type { Admin } from 'kafkajs';

import { Fault } from '../../stream/fault.ts';
import { kafkaFault } from './faults.ts';

/** The partition count that all topics of the deployment share. A missing or uneven topic stops the process: every lane would be wrong. */
export async function commonPartitionCount(admin: Admin, topics: readonly string[]): Promise<number> {
  const counts = await countPartitions(admin, topics);
  const [count = 0, ...others] = new Set(counts.values());
  if (counts.size < topics.length || others.length > 0 || count === 0) {
    throw new Fault('the topics are missing or differ in their partitions: run `adjudicator provision`', {
      retryable: false,
    });
  }
  return count;
}

async function countPartitions(admin: Admin, wanted: readonly string[]): Promise<ReadonlyMap<string, number>> {
  try {
    const present = new Set(await admin.listTopics());
    const { topics } = await admin.fetchTopicMetadata({ topics: wanted.filter((topic) => present.has(topic)) });
    return new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
  } catch (error) {
    throw kafkaFault(error);
  }
}
