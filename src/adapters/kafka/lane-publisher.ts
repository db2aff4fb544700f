import { setTimeout as sleep } from 'node:timers/promises';

import type { Kafka, Producer, RecordMetadata, TopicMessages, Transaction } from 'kafkajs';

import type {
  InputSource,
  NextOffsets,
  OutRecord,
  PostImages,
  Publication,
  Published,
  Publisher,
  Step,
} from '../../stream/ports.ts';
import { Fault } from '../../stream/fault.ts';
import { errorType, kafkaFault } from './faults.ts';

/** What a lane writes to, and the topics whose offsets it commits. */
export type OutputTopics = Readonly<
  Record<'responses' | 'rebateEvents' | 'deadLetters' | PostImages['source'] | InputSource, string>
>;

type PublishStep = Extract<Step, 'produce' | 'offsets' | 'commit'>;

export type LanePublisherOptions = {
  readonly kafka: Kafka;
  readonly topics: OutputTopics;
  readonly transactionalId: string;
  readonly groupId: string;
  readonly transactionTimeoutMs: number;
  /** Told after each part of a transaction, with how long it took in milliseconds. */
  readonly onStep: (step: PublishStep, milliseconds: number) => void;
};

/** The transactional producer of one lane: one `sendOffsets` and one `sendBatch` per transaction, one transaction at a time. */
export class KafkaLanePublisher implements Publisher {
  readonly #options: LanePublisherOptions;
  #producer: Producer | undefined;
  #transaction: Transaction | undefined;

  constructor(options: LanePublisherOptions) {
    this.#options = options;
  }

  async fence(): Promise<void> {
    await this.close();
    const { kafka, transactionalId, transactionTimeoutMs } = this.#options;
    const producer = kafka.producer({
      transactionalId,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      transactionTimeout: transactionTimeoutMs,
      // kafkajs sends to all leaders at once, and repeats after the first refusal what others may have taken: it must not repeat.
      retry: { retries: 0 },
    });
    this.#producer = producer;
    try {
      await producer.connect();
      // kafkajs asks for the producer's epoch with the first transaction, not with the connection.
      const empty = await untilMarkersAreWritten(() => producer.transaction());
      await empty.abort();
    } catch (error) {
      await this.close();
      throw kafkaFault(error);
    }
  }

  async begin(next: NextOffsets): Promise<void> {
    await this.#orClose(async (producer) => {
      const transaction = await producer.transaction();
      // First, because it opens the transaction: the broker refuses that while it still writes the markers of the one before.
      await this.#timed('offsets', () => untilMarkersAreWritten(() => this.#sendOffsets(transaction, next)));
      this.#transaction = transaction;
    });
  }

  async publish(publication: Publication): Promise<Published> {
    return this.#orClose(async () => {
      const transaction = this.#transaction;
      if (!transaction) throw new Error('a transaction is begun before anything is published');
      this.#transaction = undefined;
      const metadata = await this.#timed('produce', () => this.#send(transaction, publication));
      const landed = this.#landings(publication.postImages, metadata);
      const committed = isWanted(landed, publication.postImages);
      await (committed ? this.#timed('commit', () => transaction.commit()) : transaction.abort());
      return { committed, ends: endsOf(landed, publication.postImages) };
    });
  }

  async close(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    this.#transaction = undefined;
    await producer?.disconnect().catch(() => undefined);
  }

  async #timed<T>(step: PublishStep, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work();
    this.#options.onStep(step, performance.now() - started);
    return result;
  }

  /** Whatever the outcome of a failure was, this producer object cannot tell: the next owner of the id, maybe we, finds out. */
  async #orClose<T>(work: (producer: Producer) => Promise<T>): Promise<T> {
    try {
      if (!this.#producer) throw new Error('the publisher of a lane is fenced before it publishes');
      return await work(this.#producer);
    } catch (error) {
      await this.close();
      throw kafkaFault(error);
    }
  }

  async #send(transaction: Transaction, publication: Publication): Promise<readonly RecordMetadata[]> {
    const { topics } = this.#options;
    const topicMessages: TopicMessages[] = [
      { topic: topics.responses, messages: publication.responses.map(message) },
      { topic: topics.rebateEvents, messages: publication.rebateEvents.map(message) },
      { topic: topics[publication.postImages.source], messages: publication.postImages.records.map(message) },
      { topic: topics.deadLetters, messages: publication.deadLetters.map(message) },
    ].filter(({ messages }) => messages.length > 0);
    if (topicMessages.length === 0) return [];
    const metadata = await transaction.sendBatch({ acks: -1, topicMessages });
    requireAll(topicMessages, metadata);
    return metadata;
  }

  async #sendOffsets(transaction: Transaction, { input, offsets }: NextOffsets): Promise<void> {
    const { groupId, topics } = this.#options;
    const partitions = [...offsets].map(([partition, offset]) => ({ partition, offset: String(offset) }));
    await transaction.sendOffsets({ consumerGroupId: groupId, topics: [{ topic: topics[input], partitions }] });
  }

  /** Where the first post-image of each partition stands. */
  #landings({ source }: PostImages, metadata: readonly RecordMetadata[]): ReadonlyMap<number, number> {
    const mine = metadata.filter(({ topicName }) => topicName === this.#options.topics[source]);
    return new Map(mine.map(({ partition, baseOffset }) => [partition, Number(baseOffset)]));
  }
}

/** The offsets are the broker's answer inside of the transaction, so that what is behind somebody else's record is never committed. */
const isWanted = (landed: ReadonlyMap<number, number>, { landing }: PostImages): boolean =>
  landing === null || [...landed].every(([partition, offset]) => offset === landing.get(partition));

/** Behind the last record stands the marker of the transaction: it takes one offset of every partition it closes. */
function endsOf(landed: ReadonlyMap<number, number>, { records }: PostImages): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { partition } of records) counts.set(partition, (counts.get(partition) ?? 0) + 1);
  return new Map([...landed].map(([partition, first]) => [partition, first + (counts.get(partition) ?? 0) + 1]));
}

/** A commit without some of its records would lose them for good, so what was sent is held against what was acknowledged. */
function requireAll(sent: readonly TopicMessages[], metadata: readonly RecordMetadata[]): void {
  const place = (topic: string, partition: number | undefined): string => `${topic}/${String(partition)}`;
  const expected = new Set(
    sent.flatMap(({ topic, messages }) => messages.map(({ partition }) => place(topic, partition))),
  );
  const acknowledged = metadata.map(({ topicName, partition }) => place(topicName, partition));
  const complete = acknowledged.length === expected.size && acknowledged.every((at) => expected.has(at));
  if (!complete) throw new Fault('the broker did not acknowledge every part of the transaction', { retryable: true });
}

const FIRST_PAUSE_MS = 2;
const PAUSES = 10;

/** About one transaction in four is refused at first: the markers of its predecessor are still being written. The pauses add up to 2 s. */
async function untilMarkersAreWritten<T>(work: () => Promise<T>): Promise<T> {
  for (let pause = 0; ; pause += 1) {
    try {
      return await work();
    } catch (error) {
      if (errorType(error) !== 'CONCURRENT_TRANSACTIONS' || pause === PAUSES) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** pause);
    }
  }
}

const message = ({ partition, key, value, headers }: OutRecord) => ({ partition, key, value, headers });
