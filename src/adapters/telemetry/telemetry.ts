import type { Source, Telemetry } from '../../stream/ports.ts';
import type { Readiness } from '../http/admin-server.ts';
import type { LogEvents } from './log-events.ts';
import type { Metrics } from './metrics.ts';

/** The port of the loop, and the readiness that follows from what it reports. */
export type WorkerTelemetry = Telemetry & {
  /** Ready once the group has assigned lanes, even none, and every one of them serves. */
  readonly readiness: () => Readiness;
};

export type TelemetryParts = {
  readonly log: LogEvents;
  readonly metrics: Metrics;
  /** Lanes of the deployment: partition `p` belongs to lane `p mod lanes`. */
  readonly lanes: number;
};

export function createTelemetry({ log, metrics, lanes }: TelemetryParts): WorkerTelemetry {
  let assigned: readonly number[] | null = null;
  const serving = new Set<number>();
  const lag = createLagGauge(metrics, lanes);

  const served = (lane: number): void => {
    serving.add(lane);
    metrics.lanesOwned.set(serving.size);
  };
  /** The lane does not serve any more, and then what there is to say about it. */
  const released =
    <Event extends { readonly lane: number }>(tell: (event: Event) => void) =>
    (event: Event): void => {
      serving.delete(event.lane);
      metrics.lanesOwned.set(serving.size);
      lag.forget(event.lane);
      tell(event);
    };

  return {
    lanesAssigned: (event) => {
      assigned = event.lanes;
      log.lanesAssigned(event);
    },
    readiness: () => {
      if (assigned === null) return { ready: false, reasons: ['the group has not assigned lanes yet'] };
      const waiting = assigned.filter((lane) => !serving.has(lane));
      return { ready: waiting.length === 0, reasons: waiting.map((lane) => `lane ${String(lane)} does not serve yet`) };
    },
    stepDone: ({ step, milliseconds }) => {
      metrics.steps.observe({ step }, milliseconds / 1000);
    },
    laneServing: (event) => {
      served(event.lane);
      metrics.restoredRecords.inc(event.restoredRecords);
      log.laneServing(event);
    },
    laneStopped: released(log.laneStopped),
    laneHalted: released(log.laneHalted),
    laneFailed: released((event: Parameters<Telemetry['laneFailed']>[0]) => {
      metrics.laneRestarts.inc();
      log.laneFailed(event);
    }),
    ...ofRecords(log, metrics),
    lag: lag.set,
  };
}

/** What became of claims, requests and reference records. */
const ofRecords = (
  log: LogEvents,
  metrics: Metrics,
): Pick<
  Telemetry,
  'batchCommitted' | 'requestsCommitted' | 'requestsPutOff' | 'deadLettered' | 'referenceSkipped'
> => ({
  batchCommitted: (event) => {
    for (const { status, rejectCode, count } of event.answers) {
      metrics.claimsAnswered.inc({ status, reject_code: rejectCode ?? '' }, count);
    }
    for (const milliseconds of event.latencies) metrics.answerLatency.observe(Math.max(0, milliseconds) / 1000);
    log.batchCommitted(event);
  },
  requestsCommitted: ({ decisions }) => {
    for (const decision of decisions) metrics.requestsAnswered.inc({ decision });
  },
  requestsPutOff: () => {
    metrics.requestsPutOff.inc();
  },
  deadLettered: (event) => {
    metrics.deadLetters.inc({ reason: event.reason });
    log.deadLettered(event);
  },
  referenceSkipped: (event) => {
    metrics.referenceSkipped.inc({ reason: event.reason });
    log.referenceSkipped(event);
  },
});

/** A partition that has gone to another worker must not keep its last lag here: alerts sum over workers. */
function createLagGauge({ lag }: Metrics, lanes: number) {
  const shown = new Map<string, { readonly source: Source; readonly partition: number }>();
  return {
    set: ({ source, partition, records }: { source: Source; partition: number; records: number }): void => {
      shown.set(`${source}/${String(partition)}`, { source, partition });
      lag.set({ source, partition }, records);
    },
    forget: (lane: number): void => {
      for (const [key, labels] of shown) {
        if (labels.partition % lanes !== lane) continue;
        shown.delete(key);
        lag.remove(labels);
      }
    },
  };
}
