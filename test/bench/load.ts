/** `node load.ts PLAN`: sends synthetic claims at each rate of the plan and prints how long their answers took, as JSON. */
import { setTimeout as sleep } from 'node:timers/promises';

import { openClaimProducer } from '../../src/adapters/kafka/claim-producer.ts';
import type { KeyedRecord } from '../../src/adapters/kafka/claim-producer.ts';
import { kafkaClient } from '../../src/adapters/kafka/kafka-client.ts';
import { openTopicTail } from '../../src/adapters/kafka/topic-tail.ts';
import { openCodecs } from '../../src/adapters/registry/registry-codec.ts';
import { schemaRegistry } from '../../src/adapters/registry/schema-registry.ts';
import { histogram, waitingClaims } from '../../src/commands/demo/answer-times.ts';
import type { Percentiles } from '../../src/commands/demo/answer-times.ts';
import { sendClaims } from '../../src/commands/demo/send-claims.ts';
import { readConfig } from '../../src/config.ts';
import { topicNames } from '../../src/wire/topics.ts';
import { syntheticClaims } from './synthetic-claims.ts';
import type { LoadPlan } from './latency.ts';

const plan = JSON.parse(process.argv[2] ?? '') as LoadPlan;
const config = readConfig(process.env);
const topics = topicNames(config.topics.prefix);
const kafka = kafkaClient(config.kafka);

const waiting = waitingClaims();
let times = histogram();
let [sent, answered] = [0, 0];
const tail = await openTopicTail({
  kafka,
  topics: [topics.responses],
  onRecords: (records) => {
    const now = performance.now();
    for (const { key } of records) {
      const dueAt = waiting.answered(key);
      // The claim that came with the reference data is not one of ours.
      if (dueAt === undefined) continue;
      times.record(now - dueAt);
      answered += 1;
    }
  },
});
const producer = await openClaimProducer(kafka);
const codecs = await openCodecs(schemaRegistry(config.registry), config.topics.prefix);
const claims: Iterator<KeyedRecord, never> = syntheticClaims({ members: plan.members, config, codecs });

await send(plan.warmUpSeconds, Math.max(...plan.rates));
const measured: Percentiles[] = [];
for (const perSecond of plan.rates) {
  await send(plan.leadInSeconds, perSecond);
  times = histogram();
  await send(plan.seconds, perSecond);
  measured.push(times.percentiles());
}
await producer.close();
await tail.close();
console.log(JSON.stringify(measured));

async function send(seconds: number, perSecond: number): Promise<void> {
  const count = Math.round(seconds * perSecond);
  await sendClaims({ claims, count, perSecond, producer, waiting });
  sent += count;
  while (answered < sent) await sleep(5);
}
