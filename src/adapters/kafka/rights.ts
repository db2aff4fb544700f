import {
  type Decoder,
  newDecoder,
  newEncoder,
  type ProtocolError,
  protocolError,
  type RawRequest,
} from './kafkajs-internals.ts';

/** What Kafka can allow somebody to do, as far as this program asks. */
export type Right = 'READ' | 'WRITE' | 'DESCRIBE' | 'DESCRIBE_CONFIGS';

/** The code of an operation in ACLs is its bit in the field of what is allowed (KIP-430). */
const BITS: Readonly<Record<Right, number>> = { READ: 3, WRITE: 4, DESCRIBE: 8, DESCRIBE_CONFIGS: 10 };

const rightsOf = (field: number): ReadonlySet<Right> =>
  new Set((Object.keys(BITS) as Right[]).filter((right) => (field & (1 << BITS[right])) !== 0));

export type TopicAnswer = {
  readonly name: string;
  /** Why nothing else is told; undefined when all is. */
  readonly error: ProtocolError | undefined;
  readonly partitions: readonly { readonly led: boolean; readonly replicas: number; readonly inSync: number }[];
  readonly rights: ReadonlySet<Right>;
};

/** Topics, and what this client may do with them. kafkajs stops at version 6, and rights are told from 8 on. */
export const describeTopics = (topics: readonly string[]): RawRequest<readonly TopicAnswer[]> => ({
  request: {
    apiKey: 3,
    apiVersion: 8,
    apiName: 'Metadata',
    // Behind the topics: do not create them, tell no rights on the cluster, tell those on the topics.
    encode: () =>
      Promise.resolve(newEncoder().writeArray(topics).writeBoolean(false).writeBoolean(false).writeBoolean(true)),
  },
  response: {
    decode: (raw) => Promise.resolve(decodeTopics(newDecoder(raw))),
    parse: (answer) => Promise.resolve(answer),
  },
});

function decodeTopics(decoder: Decoder): readonly TopicAnswer[] {
  decoder.readInt32(); // throttled for
  decoder.readArray((broker) => [broker.readInt32(), broker.readString(), broker.readInt32(), broker.readString()]);
  decoder.readString(); // cluster
  decoder.readInt32(); // controller
  return decoder.readArray((topic) => {
    const error = protocolError(topic.readInt16());
    const name = topic.readString() ?? '';
    topic.readBoolean(); // of Kafka's own
    const partitions = topic.readArray(decodePartition);
    return { name, error, partitions, rights: rightsOf(topic.readInt32()) };
  });
}

function decodePartition(decoder: Decoder) {
  decoder.readInt16(); // error: no leader, which the leader says too
  decoder.readInt32(); // partition
  const led = decoder.readInt32() >= 0;
  decoder.readInt32(); // epoch of the leader
  const nodes = () => decoder.readArray((node) => node.readInt32()).length;
  const [replicas, inSync] = [nodes(), nodes()];
  nodes(); // offline
  return { led, replicas, inSync };
}

export type GroupAnswer = {
  readonly error: ProtocolError | undefined;
  /** Such as Stable, Empty, Dead. */
  readonly state: string;
  readonly members: number;
  readonly rights: ReadonlySet<Right>;
};

/** A group, and what this client may do with it: told from version 3 on, where kafkajs stops at 2. */
export const describeGroup = (groupId: string): RawRequest<GroupAnswer> => ({
  request: {
    apiKey: 15,
    apiVersion: 3,
    apiName: 'DescribeGroups',
    encode: () => Promise.resolve(newEncoder().writeArray([groupId]).writeBoolean(true)),
  },
  response: {
    decode: (raw) => Promise.resolve(decodeGroup(newDecoder(raw))),
    parse: (answer) => Promise.resolve(answer),
  },
});

function decodeGroup(decoder: Decoder): GroupAnswer {
  decoder.readInt32(); // throttled for
  const [group] = decoder.readArray((each) => {
    const error = protocolError(each.readInt16());
    each.readString(); // id
    const state = each.readString() ?? '';
    each.readString(); // protocol type
    each.readString(); // protocol
    const members = each.readArray((member) => [
      ...[member.readString(), member.readString(), member.readString()],
      ...[member.readBytes(), member.readBytes()],
    ]).length;
    return { error, state, members, rights: rightsOf(each.readInt32()) };
  });
  if (group === undefined) throw new Error('the broker has answered about another group');
  return group;
}
