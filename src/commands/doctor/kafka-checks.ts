import { type BrokerFacts, brokerSettings } from '../../adapters/kafka/broker-facts.ts';
import type { Connections } from '../../adapters/kafka/connections.ts';
import { kafkaFault } from '../../adapters/kafka/faults.ts';
import { appendedAt } from '../../adapters/kafka/group-lag.ts';
import type { Config } from '../../config.ts';
import { counted } from '../counted.ts';
import type { TopicReport } from '../topic-reports.ts';
import { clockFinding, failed, type Finding, looked, ok, warning } from './finding.ts';

export function brokersFinding({ brokers, since4 }: BrokerFacts): Finding {
  const found = `${counted(brokers, 'broker')}, ${since4 ? 'Kafka 4.0 or later' : 'older than Kafka 4.0, or something else'}`;
  return since4 ? ok('kafka', found) : warning('kafka', found, 'upgrade it: this program is tested with Kafka 4');
}

/** A look of its own among others: what it meets does not end them. */
const lookedAtKafka = (part: Parameters<typeof looked>[0], look: () => Promise<readonly Finding[]>) =>
  looked(part, () =>
    look().catch((error: unknown) => {
      throw kafkaFault(error);
    }),
  );

type Limit = {
  readonly setting: string;
  readonly fits: (value: number) => boolean;
  readonly verdict: typeof failed;
  readonly next: string;
};

/** What the brokers have to allow. Waiting mends none of it. */
const limitsFor = ({ lanes, group }: Config): readonly Limit[] => [
  {
    setting: 'transaction.max.timeout.ms',
    fits: (value) => value >= lanes.transactionTimeoutMs,
    verdict: failed,
    next: `raise it, or set TRANSACTION_TIMEOUT_MS (${String(lanes.transactionTimeoutMs)}) below it`,
  },
  {
    setting: 'group.min.session.timeout.ms',
    fits: (value) => value <= group.sessionTimeoutMs,
    verdict: failed,
    next: `lower it, or raise SESSION_TIMEOUT_MS (${String(group.sessionTimeoutMs)})`,
  },
  {
    setting: 'group.max.session.timeout.ms',
    fits: (value) => value >= group.sessionTimeoutMs,
    verdict: failed,
    next: `raise it, or lower SESSION_TIMEOUT_MS (${String(group.sessionTimeoutMs)})`,
  },
  {
    setting: 'offsets.retention.minutes',
    fits: (value) => value >= WEEK_MINUTES,
    verdict: warning,
    next: 'raise it above the longest time without workers: a group that has lost its offsets is not started',
  },
];

const WEEK_MINUTES = 7 * 24 * 60;

export const brokerSettingsFindings = (connections: Connections, config: Config): Promise<readonly Finding[]> =>
  lookedAtKafka(
    {
      check: 'kafka settings',
      next: 'allow this client DescribeConfigs on the cluster, or compare by hand',
      verdict: warning,
    },
    async () => {
      const limits = limitsFor(config);
      const settings = await brokerSettings(
        connections,
        limits.map(({ setting }) => setting),
      );
      const wrong = limits.filter(({ setting, fits }) => !fits(Number(settings.get(setting) ?? NaN)));
      if (wrong.length === 0) return [ok('kafka settings', 'they allow the timeouts of this configuration')];
      return wrong.map(({ setting, verdict, next }) =>
        verdict('kafka settings', `${setting} is ${settings.get(setting) ?? 'not told'}`, next),
      );
    },
  );

export function topicFindings({ topic, facts, differences }: TopicReport): readonly Finding[] {
  const check = `topic ${topic}`;
  if (differences.length === 0) return [ok(check, counted(facts?.partitions ?? 0, 'partition'))];
  return differences.map(({ text, tolerable }) =>
    tolerable
      ? warning(check, text, 'decide which of the two is right: adjudicator topics')
      : failed(check, text, 'adjudicator provision'),
  );
}

/** What all topics have; null where they do not agree. */
export function agreedPartitions(reports: readonly TopicReport[]): number | null {
  const counts = countsOf(reports);
  return counts.length === 1 && counts[0] !== 0 ? (counts[0] ?? null) : null;
}

const countsOf = (reports: readonly TopicReport[]): readonly number[] => [
  ...new Set(reports.map(({ facts }) => facts?.partitions ?? 0)),
];

/** The outputs of a claim go to the partition of its number, so that all topics have as many. */
export function partitionsFinding(reports: readonly TopicReport[]): Finding {
  const count = agreedPartitions(reports);
  return count !== null
    ? ok('partitions', `${String(count)} in each topic`)
    : failed(
        'partitions',
        `the topics have ${countsOf(reports).join(', ')}`,
        'adjudicator provision for what is missing; another number cannot be mended: make the topics anew',
      );
}

/** A cluster keeps copies, or it loses with one broker what it had acknowledged. */
export function replicasFinding(reports: readonly TopicReport[], brokers: number): Finding {
  const single = reports.filter(({ facts }) => facts?.replicas === 1).map(({ topic }) => topic);
  if (single.length === 0) return ok('replicas', 'every topic has more than one');
  return brokers === 1
    ? ok('replicas', 'one, as there is one broker')
    : warning(
        'replicas',
        `there is one of ${single.join(', ')}`,
        'set default.replication.factor and min.insync.replicas, and move the topics to more brokers',
      );
}

/** No broker tells its time, but the newest claim was stamped by one of them. */
export const brokerClockFindings = (
  connections: Connections,
  { topic, now }: { readonly topic: string; readonly now: () => number },
): Promise<readonly Finding[]> =>
  lookedAtKafka({ check: 'clock of Kafka', next: 'see the topics and the rights' }, async () => {
    await connections.cluster.addMultipleTargetTopics([topic]);
    const bounds = await connections.admin.fetchTopicOffsets(topic);
    const newest = await Promise.all(
      bounds
        .filter(({ low, high }) => Number(high) > Number(low))
        .map(({ partition, high }) => appendedAt(connections, { topic, partition, offset: Number(high) - 1 })),
    );
    if (newest.length === 0) return [];
    const ahead = Math.max(...newest.map((appended) => (appended ?? 0) - now()));
    return [ahead > 0 ? clockFinding('clock of Kafka', ahead) : ok('clock of Kafka', 'no claim is of the future')];
  });
