import type { Admin } from 'kafkajs';

import { ConfigResourceTypes } from './kafkajs.ts';

/** A setting that is not as it is wanted. */
export type DifferingSetting = { readonly setting: string; readonly found: string; readonly wanted: string };

type Wanted = { readonly topic: string; readonly settings: Readonly<Record<string, string>> };

/** Per topic, what of its settings is otherwise than wanted. All of the topics have to be there. */
export async function differingSettings(
  admin: Admin,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, readonly DifferingSetting[]>> {
  if (wanted.length === 0) return new Map();
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: wanted.map(({ topic, settings }) => ({
      type: ConfigResourceTypes.TOPIC,
      name: topic,
      configNames: Object.keys(settings),
    })),
  });
  const found = new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
    ]),
  );
  return new Map(
    wanted.map(({ topic, settings }) => [
      topic,
      Object.entries(settings)
        .map(([setting, value]) => ({ setting, found: found.get(topic)?.get(setting) ?? 'unknown', wanted: value }))
        .filter((each) => each.found !== each.wanted),
    ]),
  );
}
