import type { Kafka } from 'kafkajs';

import type { Topology } from '../../stream/lanes.ts';
import type { LaneLog, Membership, Publisher, Source, Telemetry } from '../../stream/ports.ts';
import { kafkaFault } from './faults.ts';
import { KafkaLaneLog } from './lane-log.ts';
import { KafkaLaneMembership } from './lane-membership.ts';
import { KafkaLanePublisher } from './lane-publisher.ts';
import type { OutputTopics } from './lane-publisher.ts';
import { commonPartitionCount } from './partition-counts.ts';

export type WorkerKafkaOptions = {
  readonly kafka: Kafka;
  readonly topics: OutputTopics & Readonly<Record<Source, string>>;
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly transactionalIdPrefix: string;
  readonly transactionTimeoutMs: number;
  readonly fetchWaitMs: number;
};

/** All that a worker has of Kafka. */
export type WorkerKafka = {
  /** The partition count that the topics share. Throws a Fault. */
  partitions(): Promise<number>;
  lanes(topology: Topology, telemetry: Telemetry): LaneKafka;
  close(): Promise<void>;
};

export type LaneKafka = {
  readonly membership: Membership;
  readonly openLogOf: (partitions: readonly number[]) => LaneLog;
  readonly publisherOf: (lane: number) => Publisher;
};

/** About 500 claims: what one transaction takes of a partition. A larger record is still fetched, alone. */
const BYTES_PER_PARTITION_MAX = 262_144;

export function workerKafka(options: WorkerKafkaOptions): WorkerKafka {
  const { kafka, topics, groupId, sessionTimeoutMs, transactionalIdPrefix, transactionTimeoutMs, fetchWaitMs } =
    options;
  // Whoever asks repeats the question, so this client need not for long.
  const admin = kafka.admin({ retry: { retries: 2 } });
  return {
    partitions: async () => {
      await admin.connect().catch((error: unknown) => {
        throw kafkaFault(error);
      });
      return commonPartitionCount(admin, Object.values(topics));
    },
    lanes: (topology, telemetry) => ({
      membership: new KafkaLaneMembership({
        kafka,
        topic: topics.claims,
        otherInputs: [topics.authorizationRequests],
        groupId,
        topology,
        sessionTimeoutMs,
      }),
      openLogOf: (partitions) =>
        new KafkaLaneLog({
          kafka,
          admin,
          topics,
          partitions,
          groupId,
          fetchWaitMs,
          bytesPerPartitionMax: BYTES_PER_PARTITION_MAX,
        }),
      publisherOf: (lane) =>
        new KafkaLanePublisher({
          kafka,
          topics,
          groupId,
          transactionTimeoutMs,
          transactionalId: `${transactionalIdPrefix}.lane-${String(lane)}`,
          onStep: (step, milliseconds) => {
            telemetry.stepDone({ lane, step, milliseconds });
          },
        }),
    }),
    close: () => admin.disconnect(),
  };
}
