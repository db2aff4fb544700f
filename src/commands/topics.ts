import type { TopicsTable } from '../adapters/files/topics-file.ts';
import { lookingAt } from '../adapters/kafka/connections.ts';
import type { Kafka } from '../adapters/kafka/kafkajs.ts';
import { counted } from './counted.ts';
import { topicPlans, type TopicReport, topicReports } from './topic-reports.ts';

export type TopicsOptions = {
  readonly kafka: Kafka;
  readonly table: TopicsTable;
  /** Before the name of every topic. */
  readonly prefix: string;
  readonly json: boolean;
  /** Takes one line of standard output. */
  readonly print: (line: string) => void;
};

/** Prints the topics of a deployment and how they differ from their table. Answers whether none does. */
export async function topics({ kafka, table, prefix, json, print }: TopicsOptions): Promise<boolean> {
  const reports = await lookingAt(kafka, (connections) => topicReports(connections, topicPlans(table, prefix)));
  const width = Math.max(...reports.map(({ topic }) => topic.length));
  for (const report of reports) print(json ? JSON.stringify(jsonOf(report)) : line(report, width));
  return reports.every(({ differences }) => differences.length === 0);
}

const jsonOf = ({ topic, facts, differences }: TopicReport) => ({
  topic,
  partitions: facts?.partitions ?? null,
  replicas: facts?.replicas ?? null,
  differences: differences.map(({ text }) => text),
});

function line({ topic, facts, differences }: TopicReport, width: number): string {
  const size = facts === null ? '' : `${counted(facts.partitions, 'partition')}, ${counted(facts.replicas, 'replica')}`;
  const verdict = differences.length === 0 ? 'as in the table' : differences.map(({ text }) => text).join('; ');
  return `${topic.padEnd(width)}  ${size.padEnd(SIZE)}  ${verdict}`;
}

const SIZE = '128 partitions, 3 replicas'.length;
