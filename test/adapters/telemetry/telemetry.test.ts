import { beforeEach, describe, expect, test } from 'vitest';

import { createLogEvents } from '../../../src/adapters/telemetry/log-events.ts';
import { createMetrics } from '../../../src/adapters/telemetry/metrics.ts';
import type { Metrics } from '../../../src/adapters/telemetry/metrics.ts';
import { createTelemetry } from '../../../src/adapters/telemetry/telemetry.ts';
import type { WorkerTelemetry } from '../../../src/adapters/telemetry/telemetry.ts';
import { Fault } from '../../../src/stream/fault.ts';
import { DEAD_LETTER_REASONS } from '../../../src/stream/ports.ts';

let metrics: Metrics;
let telemetry: WorkerTelemetry;
beforeEach(() => {
  metrics = createMetrics({ version: '1.2.3', policyVersion: 'abc' });
  telemetry = createTelemetry({ log: createLogEvents({ level: 'silent' }), metrics, lanes: 2 });
});

const samples = async (beginning: string): Promise<readonly string[]> =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(beginning));

const serving = (lane: number, restoredRecords = 0): void => {
  telemetry.laneServing({ lane, restoredRecords, milliseconds: 1 });
};
const fault = new Fault('the broker is away', { retryable: true });

describe('the metrics count', () => {
  test('answers by status and first reject code', async () => {
    telemetry.batchCommitted({
      lane: 0,
      answers: [
        { status: 'P', rejectCode: null, count: 3 },
        { status: 'R', rejectCode: '79', count: 1 },
      ],
      latencies: [],
    });
    expect(await samples('adjudicator_claims_answered_total')).toEqual([
      'adjudicator_claims_answered_total{status="P",reject_code=""} 3',
      'adjudicator_claims_answered_total{status="R",reject_code="79"} 1',
    ]);
  });

  test('latencies in seconds, and none below zero when clocks differ', async () => {
    telemetry.batchCommitted({ lane: 0, answers: [], latencies: [5, 6, -3] });
    expect(await samples('adjudicator_answer_latency_seconds')).toEqual(
      expect.arrayContaining([
        'adjudicator_answer_latency_seconds_bucket{le="0.005"} 2',
        'adjudicator_answer_latency_seconds_bucket{le="0.01"} 3',
        'adjudicator_answer_latency_seconds_sum 0.011',
        'adjudicator_answer_latency_seconds_count 3',
      ]),
    );
  });

  test('steps', async () => {
    telemetry.stepDone({ lane: 0, step: 'commit', milliseconds: 4 });
    expect(await samples('adjudicator_step_seconds_count')).toEqual([
      'adjudicator_step_seconds_count{step="commit"} 1',
    ]);
  });

  test('requests from zero, by what was decided, and batches of them that had to be decided again', async () => {
    telemetry.requestsCommitted({ decisions: ['APPROVED', 'REFUSED', 'APPROVED'] });
    telemetry.requestsPutOff();
    expect(await samples('adjudicator_authorization_requests_answered_total')).toEqual(
      [
        ['APPROVED', 2],
        ['DENIED', 0],
        ['INCOMPLETE', 0],
        ['REFUSED', 1],
      ].map(
        ([decision, count]) =>
          `adjudicator_authorization_requests_answered_total{decision="${String(decision)}"} ${String(count)}`,
      ),
    );
    expect(await samples('adjudicator_authorization_requests_put_off_total')).toEqual([
      'adjudicator_authorization_requests_put_off_total 1',
    ]);
  });

  test('dead letters and skipped records from zero, by reason', async () => {
    telemetry.deadLettered({ at: { source: 'claims', partition: 0, offset: 1 }, reason: 'KEY_MISMATCH' });
    telemetry.referenceSkipped({ at: { source: 'coverage', partition: 0, offset: 1 }, reason: 'NOT_FRAMED' });
    expect(await samples('adjudicator_dead_letters_total')).toEqual(
      DEAD_LETTER_REASONS.map(
        (reason) => `adjudicator_dead_letters_total{reason="${reason}"} ${reason === 'KEY_MISMATCH' ? '1' : '0'}`,
      ),
    );
    expect(await samples('adjudicator_reference_skipped_total{reason="NOT_FRAMED"}')).toEqual([
      'adjudicator_reference_skipped_total{reason="NOT_FRAMED"} 1',
    ]);
  });

  test('lanes that serve, their restarts and what was restored', async () => {
    serving(0, 7);
    serving(1, 5);
    telemetry.laneFailed({ lane: 1, fault, attempt: 1 });
    expect(await samples('adjudicator_lanes_owned')).toEqual(['adjudicator_lanes_owned 1']);
    expect(await samples('adjudicator_lane_restarts_total')).toEqual(['adjudicator_lane_restarts_total 1']);
    expect(await samples('adjudicator_restored_records_total')).toEqual(['adjudicator_restored_records_total 12']);
  });

  test('the lag of a partition for as long as its lane is here', async () => {
    for (const partition of [0, 1, 2]) telemetry.lag({ source: 'claims', partition, records: 10 + partition });
    telemetry.laneStopped({ lane: 0 });
    expect(await samples('adjudicator_lag_records')).toEqual([
      'adjudicator_lag_records{source="claims",partition="1"} 11',
    ]);
  });

  test('one of what is running', async () => {
    expect(await samples('adjudicator_policy_info')).toEqual(['adjudicator_policy_info{version="abc"} 1']);
    expect(await samples('adjudicator_build_info')).toEqual([
      `adjudicator_build_info{version="1.2.3",node="${process.versions.node}"} 1`,
    ]);
  });

  test('the process and its event loop too', async () => {
    expect(await samples('nodejs_eventloop_lag_p99_seconds ')).toHaveLength(1);
    expect(await samples('process_cpu_seconds_total ')).toHaveLength(1);
  });
});

describe('the worker is', () => {
  test.each<[string, () => void, readonly string[]]>([
    ['not ready before the group has dealt', () => undefined, ['the group has not assigned lanes yet']],
    [
      'ready without a lane',
      () => {
        telemetry.lanesAssigned({ lanes: [] });
      },
      [],
    ],
    [
      'not ready while a lane is restored',
      () => {
        telemetry.lanesAssigned({ lanes: [0, 1] });
        serving(0);
      },
      ['lane 1 does not serve yet'],
    ],
    [
      'ready when all lanes serve',
      () => {
        telemetry.lanesAssigned({ lanes: [0, 1] });
        serving(0);
        serving(1);
      },
      [],
    ],
    [
      'not ready when a lane has failed',
      () => {
        telemetry.lanesAssigned({ lanes: [0] });
        serving(0);
        telemetry.laneFailed({ lane: 0, fault, attempt: 1 });
      },
      ['lane 0 does not serve yet'],
    ],
    [
      'ready when the lane that failed has gone to somebody else',
      () => {
        telemetry.lanesAssigned({ lanes: [0, 1] });
        serving(0);
        telemetry.lanesAssigned({ lanes: [0] });
      },
      [],
    ],
  ])('%s', (_is, happens, reasons) => {
    happens();
    expect(telemetry.readiness()).toEqual({ ready: reasons.length === 0, reasons });
  });
});
