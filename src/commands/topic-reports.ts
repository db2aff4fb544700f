import type { TopicsTable } from '../adapters/files/topics-file.ts';
import type { Connections } from '../adapters/kafka/connections.ts';
import type { TopicPlan } from '../adapters/kafka/provision-topics.ts';
import { type TopicFacts, topicFacts } from '../adapters/kafka/topic-facts.ts';
import { type DifferingSetting, differingSettings } from '../adapters/kafka/topic-settings.ts';
import { counted } from './counted.ts';

/** The topics of a deployment, as its table wants them. */
export const topicPlans = ({ partitions, topics }: TopicsTable, prefix: string): readonly TopicPlan[] =>
  topics.map(({ name, settings }) => ({ topic: `${prefix}${name}`, partitions, settings }));

/** A topic of the table and of the brokers. */
export type TopicReport = {
  readonly topic: string;
  /** Null where the topic is missing or hidden. */
  readonly facts: TopicFacts | null;
  /** How the brokers have it otherwise than the table, or otherwise than well. */
  readonly differences: readonly Difference[];
};

export type Difference = {
  readonly text: string;
  /** Whether workers can do without. */
  readonly tolerable: boolean;
};

/** Throws a Fault when the brokers do not answer. */
export async function topicReports(
  connections: Connections,
  plans: readonly TopicPlan[],
): Promise<readonly TopicReport[]> {
  const facts = await topicFacts(
    connections,
    plans.map(({ topic }) => topic),
  );
  const known = (topic: string): TopicFacts | null => {
    const found = facts.get(topic);
    return found === undefined || found === 'HIDDEN' ? null : found;
  };
  const readable = plans.filter(({ topic }) => known(topic)?.rights.has('DESCRIBE_CONFIGS'));
  const settings = await differingSettings(connections.admin, readable);
  return plans.map((plan) => {
    const { topic } = plan;
    const found = facts.get(topic) ?? 'MISSING';
    return { topic, facts: known(topic), differences: differencesOf(plan, found, settings.get(topic)) };
  });
}

function differencesOf(
  { partitions }: TopicPlan,
  facts: TopicFacts | 'MISSING' | 'HIDDEN',
  settings: readonly DifferingSetting[] | undefined,
): readonly Difference[] {
  if (facts === 'MISSING') return [{ text: 'missing', tolerable: false }];
  if (facts === 'HIDDEN') return [{ text: 'hidden from this client', tolerable: false }];
  const { leaderless, lagging } = facts;
  return [
    [leaderless > 0, `${counted(leaderless, 'partition')} without a leader`, false] as const,
    [lagging > 0, `${counted(lagging, 'partition')} with too few replicas in step`, true] as const,
    [
      facts.partitions !== partitions,
      `${counted(facts.partitions, 'partition')} and not ${String(partitions)}`,
      true,
    ] as const,
    [settings === undefined, 'settings that this client may not read', true] as const,
    ...(settings ?? []).map((each) => [true, settingText(each), true] as const),
  ].flatMap(([differs, text, tolerable]) => (differs ? [{ text, tolerable }] : []));
}

/** `cleanup.policy is delete and not compact` */
export const settingText = ({ setting, found, wanted }: DifferingSetting): string =>
  `${setting} is ${found} and not ${wanted}`;
