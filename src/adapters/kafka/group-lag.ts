import type { Connections } from './connections.ts';

/** How far a group is behind in one partition. */
export type PartitionLag = {
  readonly topic: string;
  readonly partition: number;
  /** Where the group goes on; null where it has never committed, and so begins with what there is. */
  readonly committed: number | null;
  /** Last stable offset: the end of what read_committed can see. */
  readonly end: number;
  /** Offsets from the one to the other, markers of transactions included. */
  readonly records: number;
  /** When the first of them was appended, epoch milliseconds; null where none waits. */
  readonly waitingSince: number | null;
  /** Offsets that retention has deleted before the group had read them. */
  readonly lost: number;
};

/** Of these topics and of all others in which the group has committed. */
export async function groupLag(
  connections: Connections,
  { groupId, inputs }: { readonly groupId: string; readonly inputs: readonly string[] },
): Promise<readonly PartitionLag[]> {
  const groupOffsets = new Map(
    (await connections.admin.fetchOffsets({ groupId })).map((answer) => [answer.topic, answer.partitions]),
  );
  const topics = [...new Set([...inputs, ...groupOffsets.keys()])];
  await connections.cluster.addMultipleTargetTopics(topics);
  const lags = await Promise.all(
    topics.map(async (each) => {
      const committed = new Map(groupOffsets.get(each)?.map(({ partition, offset }) => [partition, Number(offset)]));
      const bounds = await connections.admin.fetchTopicOffsets(each);
      return Promise.all(
        bounds.map((bound) => lagOf(connections, { topic: each, ...bound }, committed.get(bound.partition) ?? -1)),
      );
    }),
  );
  return lags.flat().sort((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic) || a.partition - b.partition);
}

type Bounds = { readonly topic: string; readonly partition: number; readonly low: string; readonly high: string };

async function lagOf(
  connections: Connections,
  { topic, partition, low, high }: Bounds,
  offset: number,
): Promise<PartitionLag> {
  const committed = offset < 0 ? null : offset;
  const from = Math.max(Number(low), offset);
  const records = Math.max(0, Number(high) - from);
  return {
    topic,
    partition,
    committed,
    end: Number(high),
    records,
    waitingSince: records === 0 ? null : await appendedAt(connections, { topic, partition, offset: from }),
    lost: committed === null ? 0 : Math.max(0, Number(low) - committed),
  };
}

export type Place = { readonly topic: string; readonly partition: number; readonly offset: number };

/** When the first record at a place or behind it was appended, epoch milliseconds; null where there is none. */
export async function appendedAt(
  { cluster }: Pick<Connections, 'cluster'>,
  { topic, partition, offset }: Place,
): Promise<number | null> {
  const [nodeId] = Object.keys(cluster.findLeaderForPartitions(topic, [partition]));
  if (nodeId === undefined) return null;
  const broker = await cluster.findBroker({ nodeId });
  // With room for one byte the broker sends one batch: the one that holds the offset.
  const partitions = [{ partition, fetchOffset: String(offset), maxBytes: 1 }];
  const { responses } = await broker.fetch({ ...ONE_BATCH, topics: [{ topic, partitions }] });
  const record = responses[0]?.partitions[0]?.messages.find((each) => Number(each.offset) >= offset);
  return record === undefined ? null : Number(record.timestamp);
}

const ONE_BATCH = { isolationLevel: 1, maxWaitTime: 0, minBytes: 1, maxBytes: 1 } as const;
