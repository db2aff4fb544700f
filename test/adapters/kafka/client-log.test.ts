import { logLevel } from 'kafkajs';
import { describe, expect, test } from 'vitest';

import { kafkaLogCreator } from '../../../src/adapters/kafka/client-log.ts';
import type { KafkaClientEvent } from '../../../src/adapters/kafka/client-log.ts';

const REBALANCING = 'The group is rebalancing, so a rejoin is needed';
const CONCURRENT =
  'The producer attempted to update a transaction while another concurrent operation on the same transaction was ongoing';

function reported(
  namespace: string,
  level: logLevel,
  content: object,
): { readonly events: KafkaClientEvent[]; readonly counted: number } {
  const events: KafkaClientEvent[] = [];
  let counted = 0;
  const sinks = {
    log: { kafkaClient: (event: KafkaClientEvent) => void events.push(event) },
    metrics: { concurrentTransactions: { inc: () => void (counted += 1) } },
  };
  const log = { timestamp: '', logger: 'kafkajs', message: '', ...content };
  kafkaLogCreator(sinks)(logLevel.WARN)({ namespace, level, label: '', log });
  return { events, counted };
}

describe('a report of kafkajs', () => {
  test('is cut down to its beginning, the broker and the count', () => {
    const content = {
      message: 'Connection error: quoted value',
      broker: 'b:9092',
      retryCount: 2,
      stack: 'quoted value',
    };
    expect(reported('Connection', logLevel.ERROR, content).events).toEqual([
      { namespace: 'Connection', report: 'Connection error', error: null, broker: 'b:9092', retryCount: 2 },
    ]);
  });

  test('that is not known says nothing but where it comes from', () => {
    expect(reported('Runner', logLevel.WARN, { message: 'quoted value' }).events).toEqual([
      { namespace: 'Runner', report: 'something else', error: null, broker: null, retryCount: null },
    ]);
  });

  test.each([
    ['an answer of a broker', { message: 'Response Heartbeat(key: 12, version: 3)', error: REBALANCING }],
    ['a failed retry', { message: REBALANCING }],
  ])('of %s has the name that Kafka has for the error', (_what, content) => {
    const [event] = reported('Connection', logLevel.ERROR, content).events;
    expect(event).toMatchObject({ error: 'REBALANCE_IN_PROGRESS' });
  });

  test('of an answer says which request it was', () => {
    const content = { message: 'Response Heartbeat(key: 12, version: 3)', error: 'quoted value' };
    expect(reported('Connection', logLevel.ERROR, content).events).toEqual([
      { namespace: 'Connection', report: 'Response Heartbeat', error: null, broker: null, retryCount: null },
    ]);
  });

  test('that only advises is left out', () => {
    const advice = 'Limiting retries for the idempotent producer may invalidate EoS guarantees';
    expect(reported('Producer', logLevel.WARN, { message: advice }).events).toEqual([]);
  });

  test('below a warning is left out', () => {
    expect(reported('Consumer', logLevel.INFO, { message: 'Starting' }).events).toEqual([]);
  });

  test('of a concurrent transaction is counted where the broker refused, and not logged', () => {
    const content = { message: 'Response AddPartitionsToTxn(key: 24, version: 1)', error: CONCURRENT };
    expect(reported('Connection', logLevel.ERROR, content)).toEqual({ events: [], counted: 1 });
  });

  test('of a concurrent transaction is not counted again where it is retried', () => {
    expect(reported('Producer', logLevel.ERROR, { message: CONCURRENT })).toEqual({ events: [], counted: 0 });
  });
});
