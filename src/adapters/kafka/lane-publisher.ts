import { setTimeout as sleep } from 'node:timers/promises';

import type { Kafka, Producer, RecordMetadata, TopicMessages, Transaction } from 'kafkajs';

import type { OutRecord, Publication, Publisher, Step } from '../../stream/ports.ts';
import { Fault } from '../../stream/fault.ts';
import { errorType, kafkaFault } from './faults.ts';

export type OutputTopics = {
  readonly claims: string;
  readonly responses: string;
  readonly rebateEvents: string;
  readonly accounts: string;
  readonly deadLetters: string;
};

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

  async begin(offsets: ReadonlyMap<number, number>): Promise<void> {
    await this.#orClose(async (producer) => {
      const transaction = await producer.transaction();
      // First, because it opens the transaction: the broker refuses that while it still writes the markers of the one before.
      await this.#timed('offsets', () => untilMarkersAreWritten(() => this.#sendOffsets(transaction, offsets)));
      this.#transaction = transaction;
    });
  }

  async publish(publication: Publication): Promise<ReadonlyMap<number, number>> {
    return this.#orClose(async () => {
      const transaction = this.#transaction;
      if (!transaction) throw new Error('a transaction is begun before anything is published');
      this.#transaction = undefined;
      const metadata = await this.#timed('produce', () => this.#send(transaction, publication));
      await this.#timed('commit', () => transaction.commit());
      return this.#accountsEnds(publication, metadata);
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
      { topic: topics.accounts, messages: publication.accounts.map(message) },
      { topic: topics.deadLetters, messages: publication.deadLetters.map(message) },
    ].filter(({ messages }) => messages.length > 0);
    if (topicMessages.length === 0) return [];
    const metadata = await transaction.sendBatch({ acks: -1, topicMessages });
    requireAll(topicMessages, metadata);
    return metadata;
  }

  async #sendOffsets(transaction: Transaction, offsets: ReadonlyMap<number, number>): Promise<void> {
    const { groupId, topics } = this.#options;
    const partitions = [...offsets].map(([partition, offset]) => ({ partition, offset: String(offset) }));
    await transaction.sendOffsets({ consumerGroupId: groupId, topics: [{ topic: topics.claims, partitions }] });
  }

  /** Behind the last record stands the marker of the commit: it takes one offset of every partition it closes. */
  #accountsEnds({ accounts }: Publication, metadata: readonly RecordMetadata[]): ReadonlyMap<number, number> {
    const counts = new Map<number, number>();
    for (const { partition } of accounts) counts.set(partition, (counts.get(partition) ?? 0) + 1);
    const bases = metadata.filter(({ topicName }) => topicName === this.#options.topics.accounts);
    return new Map(
      bases.map(({ partition, baseOffset }) => [partition, Number(baseOffset) + (counts.get(partition) ?? 0) + 1]),
    );
  }
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
