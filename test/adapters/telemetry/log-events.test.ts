import { describe, expect, test } from 'vitest';

import { createLogEvents } from '../../../src/adapters/telemetry/log-events.ts';
import type { LogEvents } from '../../../src/adapters/telemetry/log-events.ts';
import { Fault, Fenced } from '../../../src/stream/fault.ts';
import { InvariantBroken } from '../../../src/values/invariant.ts';

/** Synthetic, and in no record: wherever it turns up, a value has leaked. */
const CANARY = '1EG4TE5MK73 QUILLON';

function lines(write: (log: LogEvents) => void): readonly Record<string, unknown>[] {
  const written: string[] = [];
  const to = { write: (line: string) => void written.push(line) };
  write(createLogEvents({ level: 'debug', to }));
  return written.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const logged = (write: (log: LogEvents) => void): Record<string, unknown> => {
  const { time, ...line } = lines(write)[0] ?? {};
  expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/);
  return line;
};

const at = { source: 'claims', partition: 3, offset: 42 } as const;

describe('the log writes', () => {
  test.each<[string, (log: LogEvents) => void, object]>([
    [
      'a start with what is running',
      (log) => {
        log.serviceStarted({ version: '1.0.0', policyVersion: 'abc', adminUrl: 'http://127.0.0.1:9464' });
      },
      {
        level: 'info',
        version: '1.0.0',
        policyVersion: 'abc',
        adminUrl: 'http://127.0.0.1:9464',
        msg: 'service started',
      },
    ],
    [
      'that it has been told to stop',
      (log) => {
        log.serviceStopping();
      },
      { level: 'info', msg: 'service stopping' },
    ],
    [
      'the end',
      (log) => {
        log.serviceStopped();
      },
      { level: 'info', msg: 'service stopped' },
    ],
    [
      'the lanes after a rebalance',
      (log) => {
        log.lanesAssigned({ lanes: [0, 2] });
      },
      { level: 'info', lanes: [0, 2], msg: 'lanes assigned' },
    ],
    [
      'a lane that serves',
      (log) => {
        log.laneServing({ lane: 1, restoredRecords: 10, milliseconds: 12.6 });
      },
      { level: 'info', lane: 1, restoredRecords: 10, milliseconds: 13, msg: 'lane serving' },
    ],
    [
      'a lane that has stopped',
      (log) => {
        log.laneStopped({ lane: 1 });
      },
      { level: 'info', lane: 1, msg: 'lane stopped' },
    ],
    [
      'a batch in one line, not its claims',
      (log) => {
        log.batchCommitted({ lane: 1, answers: [{ status: 'P', rejectCode: null, count: 2 }], latencies: [5, 7] });
      },
      { level: 'debug', lane: 1, claims: 2, msg: 'batch committed' },
    ],
    [
      'a dead letter by its position',
      (log) => {
        log.deadLettered({ at, reason: 'NOT_FRAMED' });
      },
      { level: 'warn', ...at, reason: 'NOT_FRAMED', msg: 'record dead-lettered' },
    ],
    [
      'a skipped reference record by its position',
      (log) => {
        log.referenceSkipped({ at, reason: 'NOT_FRAMED' });
      },
      { level: 'warn', ...at, reason: 'NOT_FRAMED', msg: 'reference record skipped' },
    ],
    [
      'a report of kafkajs',
      (log) => {
        log.kafkaClient({ namespace: 'Connection', report: 'Crash', error: null, broker: 'b:9092', retryCount: 1 });
      },
      {
        level: 'warn',
        namespace: 'Connection',
        report: 'Crash',
        error: null,
        broker: 'b:9092',
        retryCount: 1,
        msg: 'kafka client',
      },
    ],
  ])('%s', (_what, write, line) => {
    expect(logged(write)).toEqual(line);
  });

  test('nothing below its level', () => {
    const written: string[] = [];
    createLogEvents({ level: 'info', to: { write: (line) => void written.push(line) } }).batchCommitted({
      lane: 0,
      answers: [],
      latencies: [],
    });
    expect(written).toEqual([]);
  });
});

describe('an error is logged', () => {
  test('with the constant message of a fault and the names of what is behind it', () => {
    const refused = Object.assign(new Error('connect 127.0.0.1'), { code: 'ECONNREFUSED' });
    const fault = new Fault('the view does not answer', { retryable: true, cause: refused });
    const { error, ...line } = logged((log) => {
      log.laneFailed({ lane: 2, fault, attempt: 3 });
    });
    expect(line).toEqual({ level: 'warn', lane: 2, attempt: 3, msg: 'lane failed and is taken over again' });
    expect(error).toMatchObject({
      name: 'Fault',
      message: 'the view does not answer',
      cause: { name: 'Error', code: 'ECONNREFUSED' },
    });
  });

  test('at error level when the service ends', () => {
    expect(
      logged((log) => {
        log.serviceFailed({ fault: new InvariantBroken('money is whole') });
      }),
    ).toMatchObject({
      level: 'error',
      error: {
        name: 'InvariantBroken',
        message: 'money is whole',
        at: expect.arrayContaining([expect.stringMatching(/log-events\.test\.ts:\d+:\d+$/)]) as unknown,
      },
    });
  });

  test('by the name that Kafka has for it rather than its number', () => {
    const error = Object.assign(new Error(CANARY), {
      name: 'KafkaJSProtocolError',
      type: 'UNSUPPORTED_VERSION',
      code: 35,
    });
    expect(
      logged((log) => {
        log.serviceFailed({ fault: error });
      })['error'],
    ).toMatchObject({ code: 'UNSUPPORTED_VERSION' });
  });

  test('and a circle of causes ends', () => {
    const error = new Error('a');
    error.cause = error;
    expect(
      JSON.stringify(
        logged((log) => {
          log.serviceFailed({ fault: error });
        }),
      ).match(/"cause"/g),
    ).toHaveLength(5);
  });
});

test('a wait for a server says what it waits for', () => {
  const fault = new Fault('the view does not answer', { retryable: true });
  expect(
    logged((log) => {
      log.waiting({ fault });
    }),
  ).toMatchObject({ level: 'warn', msg: 'waiting for a server', error: { message: 'the view does not answer' } });
});

describe('a planted value does not get into the log from', () => {
  const planted = (parts: object): Error => Object.assign(new Error('x'), parts);

  test.each<[string, unknown]>([
    ['the message of an error', new Error(CANARY)],
    ['the message of a cause', new Fault('constant', { retryable: true, cause: new Error(CANARY) })],
    ['the message behind a fence', new Fenced('constant', new Error(CANARY, { cause: new TypeError(CANARY) }))],
    [
      'a message that looks like a stack',
      new Error('x\n    at QUILLON (file:///a.ts:1:1)\n    at file:///QUILLON:1:1'),
    ],
    ['the name of an error', planted({ name: CANARY })],
    ['the code of an error', planted({ code: CANARY, type: CANARY })],
    ['an object nested in an error', planted({ record: { patient: { lastName: CANARY } }, values: [CANARY] })],
    ['an object in the place of a cause', planted({ cause: { message: CANARY } })],
    ['something thrown that is no error', { message: CANARY }],
    ['a text that was thrown', CANARY],
  ])('%s', (_from, fault) => {
    const written = lines((log) => {
      log.serviceFailed({ fault });
      log.laneFailed({ lane: 0, fault: fault as Error, attempt: 1 });
    });
    expect(written).toHaveLength(2);
    expect(JSON.stringify(written)).not.toMatch(/1EG4TE5MK73|QUILLON/);
  });

  test('fields that an event does not have', () => {
    const more = { cardholderId: CANARY, record: { value: CANARY } };
    const written = lines((log) => {
      log.laneServing(Object.assign({ lane: 0, restoredRecords: 0, milliseconds: 0 }, more));
      log.deadLettered(
        Object.assign({ at: Object.assign({ key: CANARY }, at), reason: 'KEY_MISMATCH' as const }, more),
      );
      log.batchCommitted(Object.assign({ lane: 0, answers: [], latencies: [] }, more));
    });
    expect(written).toHaveLength(3);
    expect(JSON.stringify(written)).not.toMatch(/1EG4TE5MK73|QUILLON/);
  });
});
