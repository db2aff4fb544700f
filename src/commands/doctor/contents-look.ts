import { lookingAt } from '../../adapters/kafka/connections.ts';
import { openDeploymentLog } from '../../adapters/kafka/deployment-log.ts';
import { groupLag } from '../../adapters/kafka/group-lag.ts';
import type { Kafka } from '../../adapters/kafka/kafkajs.ts';
import type { Registry } from '../../adapters/registry/schema-registry.ts';
import type { Config } from '../../config.ts';
import { INPUT_SOURCES } from '../../stream/ports.ts';
import { decoderOf } from '../../wire/decoder.ts';
import { memberKeys } from '../../wire/member-key.ts';
import { topicNames } from '../../wire/topics.ts';
import { type Finding, looked } from './finding.ts';
import { offsetsFindings } from './group-checks.ts';
import { memberKeysFinding } from './member-keys-check.ts';

type ContentsParts = {
  readonly kafka: Kafka;
  readonly registry: Registry;
  readonly config: Config;
  /** Of each topic. */
  readonly partitions: number;
};

/** What lies on the topics: whether the group can go on from where it was, and whose keys these are. */
export async function contentsFindings({
  kafka,
  registry,
  config,
  partitions,
}: ContentsParts): Promise<readonly Finding[]> {
  const topics = topicNames(config.topics.prefix);
  return looked({ check: 'offsets', next: 'see the topics and the rights' }, async () => {
    const lags = await lookingAt(kafka, (connections) =>
      groupLag(connections, { groupId: config.group.id, inputs: INPUT_SOURCES.map((source) => topics[source]) }),
    );
    const deployment = await openDeploymentLog({ kafka, topics });
    const { log } = deployment;
    try {
      const decode = decoderOf('Coverage', registry.writerType);
      const keys = memberKeys(config.members.keySecret);
      return [
        ...(await offsetsFindings(log, lags)),
        ...(await looked({ check: 'member keys', next: 'see the registry' }, async () => [
          await memberKeysFinding({ log, partitions, decode, keys }),
        ])),
      ];
    } finally {
      await deployment.close();
    }
  });
}
