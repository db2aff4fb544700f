import type { Kafka } from 'kafkajs';

import { SOURCES } from '../../stream/ports.ts';
import type { LaneLog, Source } from '../../stream/ports.ts';
import type { Instant } from '../../values/calendar-date.ts';
import { kafkaFault } from './faults.ts';
import { KafkaLaneLog } from './lane-log.ts';
import { commonPartitionCount } from './partition-counts.ts';

/** All partitions of a deployment, read as if they were one lane: read_committed, without a group, and leaving nothing behind. */
export type DeploymentLog = {
  readonly log: Pick<LaneLog, 'fetch' | 'bounds'>;
  /** Per partition of the claims, the first offset that was appended at an instant or after it; else the end. */
  claimsAt(instant: Instant): Promise<ReadonlyMap<number, number>>;
  close(): Promise<void>;
};

type DeploymentLogOptions = { readonly kafka: Kafka; readonly topics: Readonly<Record<Source, string>> };

const BYTES_PER_PARTITION_MAX = 1_048_576;

/** Throws a Fault when the brokers do not answer or the topics are missing. */
export async function openDeploymentLog({ kafka, topics }: DeploymentLogOptions): Promise<DeploymentLog> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const count = await commonPartitionCount(
      admin,
      SOURCES.map((source) => topics[source]),
    );
    const partitions = Array.from({ length: count }, (_, partition) => partition);
    const log = new KafkaLaneLog({
      kafka,
      admin,
      topics,
      partitions,
      // Asked for committed offsets alone, which nobody does here.
      groupId: '',
      fetchWaitMs: 0,
      bytesPerPartitionMax: BYTES_PER_PARTITION_MAX,
    });
    return {
      log,
      claimsAt: async (instant) => {
        const offsets = await admin.fetchTopicOffsetsByTimestamp(topics.claims, instant).catch((error: unknown) => {
          throw kafkaFault(error);
        });
        return new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]));
      },
      close: async () => {
        await log.close();
        await admin.disconnect();
      },
    };
  } catch (error) {
    await admin.disconnect().catch(() => undefined);
    throw kafkaFault(error);
  }
}
