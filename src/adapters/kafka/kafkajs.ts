import { createRequire } from 'node:module';

import type { Kafka as KafkaClient } from 'kafkajs';

import { encodeRecord } from './record-encoder.ts';

/**
 * The one door to kafkajs 2.2.4. Three of its parts are replaced before the rest of it is loaded and takes hold of them;
 * whoever imports the package by itself gets it as it was published.
 */
const internal = createRequire(import.meta.url);

/** Modules of CommonJS are kept by their file: what stands there is what every later `require` is given. */
function replace(module: string, by: (original: unknown) => unknown): void {
  const original: unknown = internal(module);
  const kept = internal.cache[internal.resolve(module)];
  if (kept) kept.exports = by(original);
}

replace('kafkajs/src/protocol/recordBatch/record/v0/index.js', () => encodeRecord);

type RequestQueue = {
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
  scheduleCheckPendingRequests(): void;
};

/**
 * kafkajs arms a timer of 1 ms again and again on every idle connection (tulios/kafkajs#1704), and one with a negative delay,
 * of which Node 24 complains. A queue with nothing pending and no throttle needs no timer.
 */
replace('kafkajs/src/network/requestQueue/index.js', (original) => {
  const queue = (original as { readonly prototype: RequestQueue }).prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with `this` below
  const schedule = queue.scheduleCheckPendingRequests;
  queue.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
  return original;
});

type CoordinatorRequest = { readonly groupId: string; readonly coordinatorType?: number };
type ClusterClass = { readonly prototype: { findGroupCoordinator(request: CoordinatorRequest): Promise<unknown> } };

/** Coordinator type of a transactional id. */
const TRANSACTION = 1;

/**
 * kafkajs asks for the coordinator of a transactional id before each of the requests of a transaction: a third of them. Here a set of
 * connections asks once; it belongs to one producer, which is dropped with the first error, and what it knew with it.
 */
replace('kafkajs/src/cluster/index.js', (original) => {
  const cluster = (original as ClusterClass).prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with `this` below
  const find = cluster.findGroupCoordinator;
  const known = new WeakMap<object, Promise<unknown>>();
  cluster.findGroupCoordinator = function (request: CoordinatorRequest): Promise<unknown> {
    if (request.coordinatorType !== TRANSACTION) return find.call(this, request);
    const coordinator = known.get(this) ?? find.call(this, request);
    known.set(this, coordinator);
    coordinator.catch(() => known.delete(this));
    return coordinator;
  };
  return original;
});

export const { AssignerProtocol, ConfigResourceTypes, Kafka, logLevel, Partitioners } = internal(
  'kafkajs',
) as typeof import('kafkajs');

export type Kafka = KafkaClient;
