import type { logCreator, SASLOptions } from 'kafkajs';

import { Kafka } from './kafkajs.ts';

export type KafkaClientOptions = {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl: boolean;
  readonly sasl: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  } | null;
};

/** The one place that makes a client of Kafka: addresses and credentials. Without `logs` it tells nobody but its caller what goes wrong. */
export function kafkaClient(
  { brokers, clientId, ssl, sasl }: KafkaClientOptions,
  logs: logCreator = () => () => undefined,
): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
    ssl,
    logCreator: logs,
    // A copy, since kafkajs keeps its authenticator in there, and the settings are frozen.
    ...(sasl && { sasl: { ...sasl } as SASLOptions }),
    // A broker that is away is waited for by the callers; in here only the short hiccups are ridden out.
    retry: { initialRetryTime: 50, maxRetryTime: 1_000, retries: 5 },
  });
}
