import type { TopicsTable } from '../../adapters/files/topics-file.ts';
import { brokerFacts } from '../../adapters/kafka/broker-facts.ts';
import { type Connections, lookingAt } from '../../adapters/kafka/connections.ts';
import { groupFacts } from '../../adapters/kafka/group-facts.ts';
import type { Kafka } from '../../adapters/kafka/kafkajs.ts';
import type { Config } from '../../config.ts';
import { topicNames } from '../../wire/topics.ts';
import { topicPlans, type TopicReport, topicReports } from '../topic-reports.ts';
import { type Finding, looked } from './finding.ts';
import { groupFinding } from './group-checks.ts';
import {
  agreedPartitions,
  brokerClockFindings,
  brokerSettingsFindings,
  brokersFinding,
  partitionsFinding,
  replicasFinding,
  topicFindings,
} from './kafka-checks.ts';
import { rightsFindings } from './rights-checks.ts';

export type KafkaParts = {
  readonly kafka: Kafka;
  readonly config: Config;
  readonly table: TopicsTable;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

type KafkaLook = {
  readonly findings: readonly Finding[];
  /** What all topics have; null where they do not agree or could not be asked about. */
  readonly partitions: number | null;
};

const AWAY = 'look whether the brokers run, and at KAFKA_BROKERS, KAFKA_SSL and KAFKA_SASL_MECHANISM';

/** Brokers, their settings, topics, rights and the group. */
export async function kafkaLook(parts: KafkaParts): Promise<KafkaLook> {
  const seen: { reports: readonly TopicReport[] } = { reports: [] };
  const findings = await looked({ check: 'kafka', next: AWAY }, () =>
    lookingAt(parts.kafka, async (connections) => {
      const { brokers, since4 } = await brokerFacts(connections);
      const reports = await topicReports(connections, topicPlans(parts.table, parts.config.topics.prefix));
      seen.reports = reports;
      return [
        brokersFinding({ brokers, since4 }),
        ...(await brokerSettingsFindings(connections, parts.config)),
        ...reports.flatMap(topicFindings),
        partitionsFinding(reports),
        replicasFinding(reports, brokers),
        ...(await workersFindings(connections, parts, reports)),
      ];
    }),
  );
  return { findings, partitions: agreedPartitions(seen.reports) };
}

/** What concerns those who work with the topics. */
async function workersFindings(
  connections: Connections,
  { config, table, now }: KafkaParts,
  reports: readonly TopicReport[],
): Promise<readonly Finding[]> {
  const group = await groupFacts(connections, config.group.id);
  const claims = topicNames(config.topics.prefix).claims;
  const known = reports.some(({ topic, facts }) => topic === claims && facts !== null);
  return [
    ...(await rightsFindings(connections, { config, table, reports, group })),
    groupFinding(group, config),
    ...(known ? await brokerClockFindings(connections, { topic: claims, now }) : []),
  ];
}
