import { setTimeout as sleep } from 'node:timers/promises';

import type { Consumer, Kafka } from 'kafkajs';

import type { Topology } from '../../stream/lanes.ts';
import { Fault } from '../../stream/fault.ts';
import type { Membership } from '../../stream/ports.ts';
import { kafkaFault } from './faults.ts';
import { laneAssigner } from './lane-assigner.ts';

const REJOIN_MS = 1_000;

export type LaneMembershipOptions = {
  readonly kafka: Kafka;
  /** The topic whose partitions stand for those of all topics. */
  readonly topic: string;
  /** Subscribed to as well: a broker forgets the committed offsets of topics that no member subscribes to. */
  readonly otherInputs: readonly string[];
  readonly groupId: string;
  readonly topology: Topology;
  readonly sessionTimeoutMs: number;
};

/**
 * A consumer that never consumes: it joins the group, is dealt lanes and answers heartbeats with every partition paused.
 * The lanes read for themselves (lane-log.ts), so no fetch loop of kafkajs stands between a claim and its owner.
 */
export class KafkaLaneMembership implements Membership {
  readonly #options: LaneMembershipOptions;
  readonly #consumer: Consumer;
  #owned: readonly number[] = [];
  #leaving = false;
  #started: Promise<void> = Promise.resolve();
  #waiting: (() => void)[] = [];
  #ended: ((fault?: Fault) => void) | undefined;

  constructor(options: LaneMembershipOptions) {
    this.#options = options;
    const { kafka, topic, groupId, topology, sessionTimeoutMs } = options;
    this.#consumer = kafka.consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.floor(sessionTimeoutMs / 10),
      // With nothing to fetch this is the pause between two looks at the heartbeat.
      maxWaitTimeInMs: 100,
      allowAutoTopicCreation: false,
      partitionAssigners: [laneAssigner({ topic, topology, owned: () => this.#owned })],
      // A broker that is away is waited for; kafkajs gives up after its retries unless it is told to start again.
      retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 10, restartOnFailure: () => Promise.resolve(true) },
    });
  }

  async run(assigned: (lanes: readonly number[]) => void): Promise<void> {
    const { topic } = this.#options;
    const ended = new Promise<void>((resolve, reject) => {
      this.#ended = (fault) => {
        if (fault) reject(fault);
        else resolve();
      };
    });
    // Awaited at the end of this function; a crash before that is not an unhandled one.
    ended.catch(() => undefined);
    const { GROUP_JOIN, HEARTBEAT, CRASH } = this.#consumer.events;
    this.#consumer.on(GROUP_JOIN, ({ payload }) => {
      this.#consumer.pause([{ topic }]);
      this.#owned = this.#lanesOf(payload.memberAssignment[topic] ?? []);
      assigned(this.#owned);
      this.#confirm();
    });
    this.#consumer.on(HEARTBEAT, () => {
      this.#confirm();
    });
    this.#consumer.on(CRASH, ({ payload }) => {
      if (!payload.restart)
        this.#ended?.(new Fault('the group membership has crashed', { retryable: false, cause: payload.error }));
    });
    this.#started = this.#join();
    await this.#started;
    await ended;
  }

  confirmed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async leave(): Promise<void> {
    this.#leaving = true;
    // A client that is caught in a rebalance may not come back; after a session the group has given the lanes on without its word.
    await Promise.race([this.#depart(), sleep(this.#options.sessionTimeoutMs, undefined, { ref: false })]);
    this.#confirm();
    this.#ended?.();
  }

  async #depart(): Promise<void> {
    // What joins after the disconnection would never leave.
    await this.#started.catch(() => undefined);
    await this.#consumer.disconnect();
  }

  /** Waits for the broker as long as it takes. */
  async #join(): Promise<void> {
    while (!this.#leaving) {
      try {
        await this.#consumer.connect();
        const { topic, otherInputs } = this.#options;
        await this.#consumer.subscribe({ topics: [topic, ...otherInputs], fromBeginning: true });
        await this.#consumer.run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          eachBatch: () => Promise.resolve(),
        });
        return;
      } catch (error) {
        const fault = kafkaFault(error);
        if (!(fault instanceof Fault) || !fault.retryable) throw fault;
        await sleep(REJOIN_MS);
      }
    }
  }

  #lanesOf(partitions: readonly number[]): readonly number[] {
    return [...new Set(partitions.map((partition) => partition % this.#options.topology.lanes))].sort((a, b) => a - b);
  }

  #confirm(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
