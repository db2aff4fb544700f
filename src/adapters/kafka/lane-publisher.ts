import type { Kafka, Producer, RecordMetadata, TopicMessages, Transaction } from 'kafkajs';

import type { OutRecord, Publication, Publisher, Step } from '../../stream/ports.ts';
import { kafkaFault } from './faults.ts';

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

/** The transactional producer of one lane: one `sendBatch` and one `sendOffsets` per transaction, one transaction at a time. */
export class KafkaLanePublisher implements Publisher {
  readonly #options: LanePublisherOptions;
  #producer: Producer | undefined;

  constructor(options: LanePublisherOptions) {
    this.#options = options;
  }

  async fence(): Promise<void> {
    await this.close();
    const { kafka, transactionalId, transactionTimeoutMs } = this.#options;
    const producer = kafka.producer({
      transactionalId,
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      transactionTimeout: transactionTimeoutMs,
      // The markers of the previous commit are often still being written: a first wait of 2 ms keeps the tail short.
      retry: { initialRetryTime: 2, retries: 14, maxRetryTime: 1_000 },
    });
    this.#producer = producer;
    try {
      await producer.connect();
      // kafkajs asks for the producer's epoch with the first transaction, not with the connection.
      const empty = await producer.transaction();
      await empty.abort();
    } catch (error) {
      await this.close();
      throw kafkaFault(error);
    }
  }

  async publish(publication: Publication): Promise<ReadonlyMap<number, number>> {
    try {
      const transaction = await this.#transaction();
      const metadata = await this.#timed('produce', () => this.#send(transaction, publication));
      await this.#timed('offsets', () => this.#sendOffsets(transaction, publication));
      await this.#timed('commit', () => transaction.commit());
      return this.#accountsEnds(publication, metadata);
    } catch (error) {
      // Whatever the outcome was, this producer object cannot tell: the next owner of the id, maybe we, finds out.
      await this.close();
      throw kafkaFault(error);
    }
  }

  async close(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }

  async #timed<T>(step: PublishStep, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work();
    this.#options.onStep(step, performance.now() - started);
    return result;
  }

  async #transaction(): Promise<Transaction> {
    if (!this.#producer) throw new Error('the publisher of a lane is fenced before it publishes');
    return this.#producer.transaction();
  }

  async #send(transaction: Transaction, publication: Publication): Promise<readonly RecordMetadata[]> {
    const { topics } = this.#options;
    const topicMessages: TopicMessages[] = [
      { topic: topics.responses, messages: publication.responses.map(message) },
      { topic: topics.rebateEvents, messages: publication.rebateEvents.map(message) },
      { topic: topics.accounts, messages: publication.accounts.map(message) },
      { topic: topics.deadLetters, messages: publication.deadLetters.map(message) },
    ].filter(({ messages }) => messages.length > 0);
    return topicMessages.length === 0 ? [] : transaction.sendBatch({ acks: -1, topicMessages });
  }

  async #sendOffsets(transaction: Transaction, { offsets }: Publication): Promise<void> {
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

const message = ({ partition, key, value, headers }: OutRecord) => ({ partition, key, value, headers });
