import type { PolicyBundle } from '../policy/policy-bundle.ts';
import type { MemberKeys } from '../wire/member-key.ts';
import type { Codec } from './codec.ts';
import type { Topology } from './lanes.ts';
import type { InputSource, LaneLog, Membership, Publisher, Telemetry, View } from './ports.ts';

/** What all lanes of a worker share. */
export type WorkerParts = {
  readonly topology: Topology;
  readonly view: View;
  readonly codec: Codec;
  readonly keys: MemberKeys;
  readonly policy: PolicyBundle;
  readonly telemetry: Telemetry;
  readonly membership: Membership;
  /** Claims, or requests, of one partition that one transaction takes at the most. */
  readonly batchClaimsMax: number;
  /** Names of the topics that answers and dead letters come from. */
  readonly inputTopics: Readonly<Record<InputSource, string>>;
  /** CloudEvents source of everything published. */
  readonly source: string;
  /** Milliseconds of a monotonic clock, for histograms only. */
  readonly now: () => number;
  /** Milliseconds since 1970, for latencies only: decisions take their time from the claim. */
  readonly wallClock: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A text that no owner has used before, in this process or another. */
  readonly newEpoch: () => string;
};

/** One lane's own. */
export type LaneParts = WorkerParts & {
  readonly lane: number;
  readonly partitions: readonly number[];
  readonly publisher: Publisher;
  readonly openLog: () => LaneLog;
  /** Aborted once the lane has been asked to stop. */
  readonly signal: AbortSignal;
};
