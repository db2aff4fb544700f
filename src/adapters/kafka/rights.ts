import { type Decoder, errorName, newDecoder, newEncoder, type RawRequest } from './kafkajs-internals.ts';

/** What Kafka can allow somebody to do, as far as this program asks. */
export type Right = 'READ' | 'WRITE' | 'DESCRIBE' | 'DESCRIBE_CONFIGS';

/** The code of an operation in ACLs is its bit in the field of what is allowed (KIP-430). */
const BITS: Readonly<Record<Right, number>> = { READ: 3, WRITE: 4, DESCRIBE: 8, DESCRIBE_CONFIGS: 10 };

const rightsOf = (field: number): ReadonlySet<Right> =>
  new Set((Object.keys(BITS) as Right[]).filter((right) => (field & (1 << BITS[right])) !== 0));

export type TopicAnswer = {
  readonly name: string;
  /** Kafka's name of why nothing else is told; undefined when all is. */
  readonly error: string | undefined;
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
    const error = errorName(topic.readInt16());
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
