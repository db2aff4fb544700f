import { build } from 'hdr-histogram-js';

/** Milliseconds, each the time of that share of the answers at the most. */
export type Percentiles = {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly most: number;
};

export type Histogram = { record(milliseconds: number): void; percentiles(): Percentiles };

const HOUR_US = 3_600_000_000;

/** Exact to three digits, however many are recorded. */
export function histogram(): Histogram {
  const microseconds = build({ highestTrackableValue: HOUR_US, numberOfSignificantValueDigits: 3 });
  const at = (percentile: number): number => microseconds.getValueAtPercentile(percentile) / 1000;
  return {
    record: (milliseconds) => {
      microseconds.recordValue(Math.max(1, Math.round(milliseconds * 1000)));
    },
    percentiles: () => ({
      count: microseconds.totalCount,
      p50: at(50),
      p99: at(99),
      p999: at(99.9),
      most: microseconds.maxValue / 1000,
    }),
  };
}

/** Claims that have no answer yet, by member: a member's answers come in the order of the claims. */
export type WaitingClaims = {
  /** A claim that was to be sent at this time. */
  sent(key: string, dueAt: number): void;
  /** When the claim of this answer was due; undefined if none was waiting. */
  answered(key: string): number | undefined;
};

export function waitingClaims(): WaitingClaims {
  const waiting = new Map<string, number[]>();
  return {
    sent: (key, dueAt) => {
      const others = waiting.get(key);
      if (others) others.push(dueAt);
      else waiting.set(key, [dueAt]);
    },
    answered: (key) => waiting.get(key)?.shift(),
  };
}
