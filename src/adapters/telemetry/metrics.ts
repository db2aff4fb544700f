import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import { DEAD_LETTER_REASONS, REQUEST_DECISIONS } from '../../stream/ports.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/** From an idle system's 10 ms up to the 10 s of a lane that has changed hands. */
const ANSWER_SECONDS = [0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10];
/** Few, because each of them is a series for every step. */
const STEP_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5];

/** All that `/metrics` shows. Labels take their values from closed lists or from the partitions of the deployment, so the series are bounded. */
export function createMetrics({
  version,
  policyVersion,
}: {
  readonly version: string;
  readonly policyVersion: string;
}) {
  const registry = new Registry();
  const { counter, gauge, histogram } = definitionsIn(registry);
  collectDefaultMetrics({ register: registry });
  gauge('policy_info', 'Content hash of the policy bundle in force.', ['version']).set({ version: policyVersion }, 1);
  gauge('build_info', 'What is running.', ['version', 'node']).set({ version, node: process.versions.node }, 1);
  return {
    text: () => registry.metrics(),
    claimsAnswered: counter(
      'claims_answered_total',
      'Claims with a committed answer, by response status (112-AN) and first reject code (511-FB), which is empty where there is none.',
      ['status', 'reject_code'],
    ),
    answerLatency: histogram('answer_latency_seconds', 'From the append of a claim to the commit of its answer.', {
      buckets: ANSWER_SECONDS,
    }),
    requestsAnswered: startingAtZero(
      counter(
        'authorization_requests_answered_total',
        'Requests for prior authorization with a committed answer, by what was decided; refused are those with wrong fields.',
        ['decision'],
      ),
      REQUEST_DECISIONS.map((decision) => ({ decision })),
    ),
    requestsPutOff: counter(
      'authorization_requests_put_off_total',
      'Batches of requests that were decided again, because somebody else had written prior authorizations meanwhile.',
    ),
    steps: histogram('step_seconds', 'Duration of a step of the lane loop.', {
      buckets: STEP_SECONDS,
      labels: ['step'],
    }),
    deadLetters: byReason(
      counter('dead_letters_total', 'Records of claims and requests that were dead-lettered.', ['reason']),
    ),
    referenceSkipped: byReason(
      counter(
        'reference_skipped_total',
        'Records of compacted topics that nobody can read; the view keeps what it had.',
        ['reason'],
      ),
    ),
    lag: gauge('lag_records', 'Committed records that this worker has yet to read.', ['source', 'partition']),
    lanesOwned: gauge('lanes_owned', 'Lanes that this worker serves; over all workers, the lanes of the deployment.'),
    laneRestarts: counter('lane_restarts_total', 'Times that a lane failed and had to be taken over again.'),
    restoredRecords: counter('restored_records_total', 'Records brought into the view before a lane could serve.'),
    concurrentTransactions: counter(
      'kafka_concurrent_transactions_total',
      'Requests repeated because the markers of the previous transaction were still being written.',
    ),
  };
}

const byReason = (counter: Counter<'reason'>): Counter<'reason'> =>
  startingAtZero(
    counter,
    DEAD_LETTER_REASONS.map((reason) => ({ reason })),
  );

/** Prometheus can only see a counter rise that it has seen at zero. */
function startingAtZero<Label extends string>(
  counter: Counter<Label>,
  labels: readonly Readonly<Record<Label, string>>[],
): Counter<Label> {
  for (const each of labels) counter.inc(each, 0);
  return counter;
}

function definitionsIn(registry: Registry) {
  const registers = [registry];
  const full = (name: string): string => `adjudicator_${name}`;
  return {
    counter: <Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) =>
      new Counter({ name: full(name), help, labelNames, registers }),
    gauge: <Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) =>
      new Gauge({ name: full(name), help, labelNames, registers }),
    histogram: <Label extends string = never>(
      name: string,
      help: string,
      { buckets, labels = [] }: { readonly buckets: number[]; readonly labels?: readonly Label[] },
    ) => new Histogram({ name: full(name), help, labelNames: labels, buckets, registers }),
  };
}
