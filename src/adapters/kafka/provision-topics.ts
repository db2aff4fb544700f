import { setTimeout as sleep } from 'node:timers/promises';

import type { Admin, Kafka } from 'kafkajs';

import { Fault } from '../../stream/fault.ts';
import { kafkaFault } from './faults.ts';
import { partitionCounts } from './partition-counts.ts';
import { type DifferingSetting, differingSettings } from './topic-settings.ts';

export type TopicPlan = {
  readonly topic: string;
  readonly partitions: number;
  readonly settings: Readonly<Record<string, string>>;
};

export type TopicOutcome = {
  readonly topic: string;
  /** `missing` is what a dry run says instead of `created`. */
  readonly outcome: 'created' | 'missing' | 'present';
  /** Settings of a present topic that are not those of the plan; they are left as they are. */
  readonly differing: readonly DifferingSetting[];
};

/** Creates the topics that are missing. An existing one with another number of partitions is refused before anything is created. */
export async function provisionTopics(
  kafka: Kafka,
  plans: readonly TopicPlan[],
  dryRun: boolean,
): Promise<readonly TopicOutcome[]> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const present = await partitionCounts(
      admin,
      plans.map(({ topic }) => topic),
    );
    refuseOtherCounts(plans, present);
    const missing = plans.filter(({ topic }) => !present.has(topic));
    if (!dryRun && missing.length > 0) await create(admin, missing);
    const differing = await differingSettings(
      admin,
      plans.filter(({ topic }) => present.has(topic)),
    );
    return plans.map(({ topic }) => ({
      topic,
      outcome: present.has(topic) ? 'present' : dryRun ? 'missing' : 'created',
      differing: differing.get(topic) ?? [],
    }));
  } catch (error) {
    throw kafkaFault(error);
  } finally {
    await admin.disconnect();
  }
}

function refuseOtherCounts(plans: readonly TopicPlan[], present: ReadonlyMap<string, number>): void {
  const odd = plans.flatMap(({ topic, partitions }) => {
    const found = present.get(topic);
    return found === undefined || found === partitions
      ? []
      : [`${topic} has ${String(found)} partitions and not ${String(partitions)}`];
  });
  // More partitions would send a member's claims elsewhere than their accounts.
  if (odd.length > 0) throw new Fault(odd.join('; '), { retryable: false });
}

const LEADERS_MS_MAX = 30_000;
const LEADERS_PAUSE_MS = 100;

async function create(admin: Admin, plans: readonly TopicPlan[]): Promise<void> {
  await admin.createTopics({
    // kafkajs' own waiting gives up when the broker that it asks has not heard of a topic yet.
    waitForLeaders: false,
    topics: plans.map(({ topic, partitions, settings }) => ({
      topic,
      numPartitions: partitions,
      configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
    })),
  });
  for (let waited = 0; ; waited += LEADERS_PAUSE_MS) {
    try {
      // Only the leader of a partition knows its offsets.
      await Promise.all(plans.map(({ topic }) => admin.fetchTopicOffsets(topic)));
      return;
    } catch (error) {
      if (waited >= LEADERS_MS_MAX) throw error;
      await sleep(LEADERS_PAUSE_MS);
    }
  }
}
