import type { LogEntry, logCreator } from 'kafkajs';

import { ERROR_NAMES } from './kafkajs-internals.ts';
import { logLevel } from './kafkajs.ts';

/** What kafkajs reports of itself, reduced to constants, an address and a count. */
export type KafkaClientEvent = {
  readonly namespace: string | null;
  readonly report: string;
  /** Kafka's name of the error. */
  readonly error: string | null;
  /** `host:port` */
  readonly broker: string | null;
  readonly retryCount: number | null;
};

/** Where the reports go; structurally, what the telemetry adapter has. */
export type ClientLogSinks = {
  readonly log: { kafkaClient(event: KafkaClientEvent): void };
  readonly metrics: { readonly concurrentTransactions: { inc(): void } };
};

/** How the reports begin that tell an operator something. What follows may be the text of an error, and is cut off. */
const REPORTS = [
  'Connection error',
  'Connection timeout',
  'Failed to connect to seed broker',
  'Failed to connect to broker',
  'Failed to send messages',
  'The group is rebalancing',
  'The coordinator is not aware of this member',
  'Consumer is not aware of all assigned partitions',
  'Offset out of range',
  'Crash',
  'Restarting the consumer',
];

/** Advice about what this project does on purpose. */
const ADVICE = ['Limiting retries for the idempotent producer', 'KafkaJS v2.0.0 switched default partitioner'];

const CONCURRENT = 'CONCURRENT_TRANSACTIONS';

/**
 * The logger for `new Kafka({ logCreator })`. About one transaction in four meets CONCURRENT_TRANSACTIONS and is simply asked again,
 * but kafkajs reports each as an error: those are counted.
 */
export const kafkaLogCreator =
  ({ log, metrics }: ClientLogSinks): logCreator =>
  () =>
  (entry: LogEntry) => {
    const event = eventOf(entry);
    if (event === null) return;
    if (event.error !== CONCURRENT) log.kafkaClient(event);
    // The connection reports the refusal, and whoever asks again reports it once more.
    else if (event.namespace === 'Connection') metrics.concurrentTransactions.inc();
  };

function eventOf({ namespace, level, log }: LogEntry): KafkaClientEvent | null {
  const { message, error, broker, retryCount } = log as Readonly<Record<string, unknown>>;
  const text = String(message);
  if (level > logLevel.WARN || ADVICE.some((beginning) => text.startsWith(beginning))) return null;
  return {
    namespace: namespace || null,
    report: requestOf(text) ?? REPORTS.find((beginning) => text.startsWith(beginning)) ?? 'something else',
    error: ERROR_NAMES.get(String(error)) ?? ERROR_NAMES.get(text) ?? null,
    broker: typeof broker === 'string' ? broker : null,
    retryCount: typeof retryCount === 'number' ? retryCount : null,
  };
}

/** `Response Heartbeat` of `Response Heartbeat(key: 12, version: 3)`. */
const requestOf = (text: string): string | undefined =>
  /^(Response [A-Za-z]+)\(key: \d+, version: \d+\)$/.exec(text)?.[1];
