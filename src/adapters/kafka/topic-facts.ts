import type { Connections } from './connections.ts';
import { describeTopics, type Right, type TopicAnswer } from './rights.ts';

/** What the brokers say of a topic. */
export type TopicFacts = {
  readonly partitions: number;
  /** The least that one of its partitions has. */
  readonly replicas: number;
  /** Partitions that nobody leads: nothing can be read from them or written to them. */
  readonly leaderless: number;
  /** Partitions with fewer replicas in step than they should have. */
  readonly lagging: number;
  /** What this client may do with it. */
  readonly rights: ReadonlySet<Right>;
};

/** Of those topics that there are; HIDDEN where this client may not know. */
export async function topicFacts(
  { cluster }: Connections,
  topics: readonly string[],
): Promise<ReadonlyMap<string, TopicFacts | 'HIDDEN'>> {
  const broker = await cluster.findControllerBroker();
  const answers = await broker.connectionPool.send(describeTopics(topics));
  return new Map(
    answers.flatMap(({ name, error, partitions, rights }): (readonly [string, TopicFacts | 'HIDDEN'])[] => {
      if (error?.type === 'TOPIC_AUTHORIZATION_FAILED') return [[name, 'HIDDEN']];
      return partitions.length === 0 ? [] : [[name, factsOf(partitions, rights)]];
    }),
  );
}

const factsOf = (partitions: TopicAnswer['partitions'], rights: ReadonlySet<Right>): TopicFacts => ({
  partitions: partitions.length,
  replicas: Math.min(...partitions.map(({ replicas }) => replicas)),
  leaderless: partitions.filter(({ led }) => !led).length,
  lagging: partitions.filter(({ replicas, inSync }) => inSync < replicas).length,
  rights,
});
