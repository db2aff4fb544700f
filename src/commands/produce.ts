import { setTimeout as sleep } from 'node:timers/promises';

import { openClaimProducer } from '../adapters/kafka/claim-producer.ts';
import type { KeyedRecord } from '../adapters/kafka/claim-producer.ts';
import { kafkaClient } from '../adapters/kafka/kafka-client.ts';
import { openCodecs } from '../adapters/registry/registry-codec.ts';
import type { Codecs } from '../adapters/registry/registry-codec.ts';
import { schemaRegistry } from '../adapters/registry/schema-registry.ts';
import type { Config } from '../config.ts';
import { participationKey } from '../policy/participation-keys.ts';
import { invariant } from '../values/invariant.ts';
import { memberKeys } from '../wire/member-key.ts';
import type { MemberKeys } from '../wire/member-key.ts';
import { readParticipation } from '../wire/participation.ts';
import type { ClaimRecord } from '../wire/records.ts';
import { topicNames } from '../wire/topics.ts';
import type { TopicNames } from '../wire/topics.ts';
import { sendOpenLoop } from './open-loop.ts';
import type { SyntheticClaim } from './synthetic/claims.ts';
import { generate } from './synthetic/generate.ts';
import type { Synthetic, SyntheticOptions } from './synthetic/generate.ts';

export type ProduceOptions = SyntheticOptions & {
  readonly count: number;
  /** Claims a second; 0 is as fast as the broker takes them. */
  readonly rate: number;
  /** Instead of the deployment's topic of claims. */
  readonly topic: string | null;
  /** False where the reference records of the same members are there already. */
  readonly reference: boolean;
  readonly config: Config;
  /** Told how many claims have been sent so far. */
  readonly progress: (sent: number) => void;
};

export type Produced = {
  readonly topic: string;
  readonly referenceRecords: number;
  readonly claims: number;
  readonly kinds: Readonly<Partial<Record<SyntheticClaim['kind'], number>>>;
  readonly seconds: number;
};

const CLAIMS_PER_SEND = 1_000;

/** Sends synthetic claims, and before them what has to be on file about their members. Throws a Fault when a server is away. */
export async function produce(options: ProduceOptions): Promise<Produced> {
  const { config, count, rate } = options;
  const topics = topicNames(config.topics.prefix);
  const topic = options.topic ?? topics.claims;
  const keys = memberKeys(config.members.keySecret);
  const codecs = await openCodecs(schemaRegistry(config.registry), config.topics.prefix);
  const producer = await openClaimProducer(kafkaClient(config.kafka));
  try {
    const { reference, claims } = generate(options);
    const onFile = options.reference ? [...referenceRecords(reference, { topics, keys, codecs })] : [];
    await producer.send(onFile);
    const encode = codecs.encoderOf('Claim');
    const kinds: Partial<Record<SyntheticClaim['kind'], number>> = {};
    const started = performance.now();
    await sendOpenLoop({
      source: claims,
      count,
      perSecond: rate,
      batchMax: CLAIMS_PER_SEND,
      send: (batch) => {
        for (const { kind } of batch) kinds[kind] = (kinds[kind] ?? 0) + 1;
        return producer.send(batch.map(({ record }) => ({ topic, key: keyOf(keys, record), value: encode(record) })));
      },
      sent: options.progress,
      now: () => performance.now(),
      sleep,
    });
    const seconds = Math.round(performance.now() - started) / 1000;
    return { topic, referenceRecords: onFile.length, claims: count, kinds, seconds };
  } finally {
    await producer.close();
  }
}

function keyOf(keys: MemberKeys, record: ClaimRecord): string {
  const key = keys.ofClaim(record);
  invariant(key !== null, 'every synthetic claim names its cardholder');
  return key;
}

type Encoding = { readonly topics: TopicNames; readonly keys: MemberKeys; readonly codecs: Codecs };

function* referenceRecords(
  { files, participation }: Synthetic['reference'],
  { topics, keys, codecs }: Encoding,
): Generator<KeyedRecord> {
  const coverageValue = codecs.encoderOf('Coverage');
  const authorizationsValue = codecs.encoderOf('PriorAuthorization');
  const participationValue = codecs.encoderOf('Participation');
  for (const record of participation) {
    const key = participationKey(readParticipation(record));
    yield { topic: topics.participation, key, value: participationValue(record) };
  }
  for (const { cardholderId, coverage, priorAuthorization } of files) {
    const key = keys.ofCardholder(cardholderId);
    yield { topic: topics.coverage, key, value: coverageValue(coverage) };
    if (priorAuthorization)
      yield { topic: topics.priorAuthorizations, key, value: authorizationsValue(priorAuthorization) };
  }
}

/** For people. */
export function summaryOf({ topic, referenceRecords, claims, kinds, seconds }: Produced): string {
  const parts = Object.entries(kinds).map(([kind, count]) => `${String(count)} ${kind.toLowerCase()}`);
  const rate = Math.round(claims / Math.max(seconds, 0.001));
  return `${String(claims)} claims to ${topic} in ${String(seconds)} s, ${String(rate)}/s (${parts.join(', ')}), after ${String(referenceRecords)} reference records`;
}
