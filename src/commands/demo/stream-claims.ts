import { setTimeout as sleep } from 'node:timers/promises';

import type { ClaimProducer, KeyedRecord } from '../../adapters/kafka/claim-producer.ts';
import { openTopicTail } from '../../adapters/kafka/topic-tail.ts';
import type { TopicRecord, TopicTailOptions } from '../../adapters/kafka/topic-tail.ts';
import type { TopicNames } from '../../wire/topics.ts';
import { histogram, waitingClaims } from './answer-times.ts';
import type { Percentiles } from './answer-times.ts';
import { sendClaims } from './send-claims.ts';

/** Everything that a read_committed reader has seen of a topic, in the order of each partition. */
export type Journal = Readonly<Record<(typeof WATCHED)[number], TopicRecord[]>>;

const WATCHED = ['claims', 'responses', 'rebateEvents', 'deadLetters'] as const;

export type StreamClaimsOptions = {
  readonly kafka: TopicTailOptions['kafka'];
  readonly topics: TopicNames;
  readonly producer: ClaimProducer;
  readonly claims: readonly KeyedRecord[];
  readonly perSecond: number;
  /** Called when a third of the claims are answered, and others are in the workers' hands. */
  readonly midway: () => void;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
};

export type Streamed = {
  readonly journal: Journal;
  /** From when a claim was due until a reader had its answer: of the answers up to midway, and of all. */
  readonly times: { readonly undisturbed: Percentiles; readonly all: Percentiles };
};

/** With an answer missing for so long, it is not going to come. */
const SILENCE_MS_MAX = 60_000;

/** Sends the claims at their rate and watches the topics until every claim is answered, or nothing comes any more. */
export async function streamClaims(options: StreamClaimsOptions): Promise<Streamed> {
  const { claims, topics, say, signal } = options;
  const journal: Journal = { claims: [], responses: [], rebateEvents: [], deadLetters: [] };
  const [undisturbed, all, waiting] = [histogram(), histogram(), waitingClaims()];
  let [midway, lastSeen] = [false, performance.now()];
  const tail = await openTopicTail({
    kafka: options.kafka,
    topics: WATCHED.map((role) => topics[role]),
    onRecords: (records) => {
      lastSeen = performance.now();
      const role = WATCHED.find((each) => topics[each] === records[0]?.topic);
      if (role) journal[role].push(...records);
      if (role !== 'responses') return;
      for (const { key } of records) {
        const took = lastSeen - (waiting.answered(key) ?? lastSeen);
        all.record(took);
        if (!midway) undisturbed.record(took);
      }
      if (midway || journal.responses.length < claims.length / 3) return;
      midway = true;
      options.midway();
    },
  });
  try {
    await sendClaims({
      claims: endless(claims),
      count: claims.length,
      perSecond: options.perSecond,
      producer: options.producer,
      waiting,
      signal,
    });
    say(`all claims are sent, ${String(journal.responses.length)} are answered`);
    while (journal.responses.length < claims.length && performance.now() - lastSeen < SILENCE_MS_MAX) {
      await sleep(20, undefined, { signal });
    }
    say(`${String(journal.responses.length)} claims are answered`);
    await tail.caughtUp();
  } finally {
    await tail.close();
  }
  return { journal, times: { undisturbed: undisturbed.percentiles(), all: all.percentiles() } };
}

function* endless<T>(items: readonly T[]): Generator<T, never> {
  yield* items;
  throw new Error('no more claims were to be sent');
}
