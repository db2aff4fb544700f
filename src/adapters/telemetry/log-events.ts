import { destination, pino, stdTimeFunctions } from 'pino';
import type { DestinationStream } from 'pino';

import type { RecordPosition, Telemetry } from '../../stream/ports.ts';
import type { KafkaClientEvent } from '../kafka/client-log.ts';
import { errorFields } from './error-fields.ts';

type Event<Name extends keyof Telemetry> = Parameters<Telemetry[Name]>[0];

export type LogOptions = {
  readonly level: 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Standard error when left out: standard output is for data. */
  readonly to?: DestinationStream;
};

export type LogEvents = ReturnType<typeof createLogEvents>;

/**
 * One function per event. Each writes a constant message and the fields named here, whatever else the argument carries: nothing of a
 * claim can get into a log. `error` means that a person has to act.
 */
export function createLogEvents({ level, to = destination({ fd: 2, sync: true }) }: LogOptions) {
  const log = pino(
    { level, base: null, timestamp: stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    to,
  );
  return {
    serviceStarted: ({
      version,
      policyVersion,
      adminUrl,
    }: {
      version: string;
      policyVersion: string;
      adminUrl: string;
    }) => {
      log.info({ version, policyVersion, adminUrl }, 'service started');
    },
    waiting: ({ fault }: { fault: Error }) => {
      log.warn({ error: errorFields(fault) }, 'waiting for a server');
    },
    serviceStopping: () => {
      log.info('service stopping');
    },
    serviceStopped: () => {
      log.info('service stopped');
    },
    serviceFailed: ({ fault }: { fault: unknown }) => {
      log.error({ error: errorFields(fault) }, 'service failed');
    },
    lanesAssigned: ({ lanes }: Event<'lanesAssigned'>) => {
      log.info({ lanes: [...lanes] }, 'lanes assigned');
    },
    laneServing: ({ lane, restoredRecords, milliseconds }: Event<'laneServing'>) => {
      log.info({ lane, restoredRecords, milliseconds: Math.round(milliseconds) }, 'lane serving');
    },
    laneStopped: ({ lane }: Event<'laneStopped'>) => {
      log.info({ lane }, 'lane stopped');
    },
    laneHalted: ({ lane, fault }: Event<'laneHalted'>) => {
      log.error({ lane, error: errorFields(fault) }, 'lane halted by a bug: its claims wait');
    },
    laneFailed: ({ lane, fault, attempt }: Event<'laneFailed'>) => {
      log.warn({ lane, attempt, error: errorFields(fault) }, 'lane failed and is taken over again');
    },
    batchCommitted: ({ lane, latencies }: Event<'batchCommitted'>) => {
      log.debug({ lane, claims: latencies.length }, 'batch committed');
    },
    deadLettered: ({ at, reason }: Event<'deadLettered'>) => {
      log.warn({ ...position(at), reason }, 'record dead-lettered');
    },
    referenceSkipped: ({ at, reason }: Event<'referenceSkipped'>) => {
      log.warn({ ...position(at), reason }, 'reference record skipped');
    },
    /** At `warn`: kafkajs retries what it reports; what it gives up on comes back as an error of ours. */
    kafkaClient: ({ namespace, report, error, broker, retryCount }: KafkaClientEvent) => {
      log.warn({ namespace, report, error, broker, retryCount }, 'kafka client');
    },
  };
}

const position = ({ source, partition, offset }: RecordPosition): RecordPosition => ({ source, partition, offset });
