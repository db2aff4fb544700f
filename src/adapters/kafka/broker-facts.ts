import type { Connections } from './connections.ts';
import { ConfigResourceTypes } from './kafkajs.ts';

export type BrokerFacts = {
  readonly brokers: number;
  /** Whether they speak what Kafka has spoken since 4.0, which is what this program is tested with. */
  readonly since4: boolean;
};

const FETCH = 1;
/** Kafka 4.0 took the older versions of this request away (KIP-896). */
const FETCH_OLDEST_SINCE_4 = 4;

export async function brokerFacts({ cluster }: Connections): Promise<BrokerFacts> {
  const { versions } = await cluster.findControllerBroker();
  return {
    brokers: cluster.getNodeIds().length,
    since4: (versions[FETCH]?.minVersion ?? 0) >= FETCH_OLDEST_SINCE_4,
  };
}

/** Settings of one of the brokers, by name. Needs the right to describe the configuration of the cluster. */
export async function brokerSettings(
  { admin, cluster }: Connections,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.BROKER, name: String(cluster.getNodeIds()[0]), configNames: [...names] }],
  });
  return new Map(
    resources.flatMap(({ configEntries }) =>
      configEntries.map(({ configName, configValue }) => [configName, configValue] as const),
    ),
  );
}
