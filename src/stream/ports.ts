import type { Topology } from './lanes.ts';

/** The compacted topics that the view in Redis is made of. */
export const VIEW_SOURCES = ['accounts', 'coverage', 'priorAuthorizations', 'participation'] as const;
export type ViewSource = (typeof VIEW_SOURCES)[number];
/** The topics whose records are answered, each of them once. */
export const INPUT_SOURCES = ['claims', 'authorizationRequests'] as const;
export type InputSource = (typeof INPUT_SOURCES)[number];
/** Everything a lane reads. */
export const SOURCES = [...INPUT_SOURCES, ...VIEW_SOURCES] as const;
export type Source = (typeof SOURCES)[number];

export const isInput = (source: Source): source is InputSource =>
  source === 'claims' || source === 'authorizationRequests';

export type Headers = Readonly<Record<string, Buffer | string>>;

/** A record as Kafka has it; offsets are exact up to 2^53. */
export type LogRecord = {
  readonly offset: number;
  /** LogAppendTime, epoch milliseconds. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Headers;
};

/** What one poll brought of one partition. */
export type Fetched = {
  readonly source: Source;
  readonly partition: number;
  readonly records: readonly LogRecord[];
  /** The position that was asked from. */
  readonly from: number;
  /** Where to go on: behind the last record, control records and aborted ones included. */
  readonly next: number;
  /** Last stable offset: the end of what read_committed can see now. */
  readonly end: number;
};

/** Where to read on, per source and partition. */
export type Positions = Readonly<Record<Source, ReadonlyMap<number, number>>>;

/** The topics of one lane, read without a consumer group: the lane owner alone says from where. */
export type LaneLog = {
  /** What is new behind `from`; with `wait` the broker may hold the answer a moment until something is. One fetch at a time. */
  fetch(from: Positions, wait: 'wait' | 'no-wait'): Promise<readonly Fetched[]>;
  /** Of every partition of the lane: the first offset that is still in the log, and the one behind its last. */
  bounds(): Promise<{ readonly beginnings: Positions; readonly ends: Positions }>;
  /** The committed input offset of every partition of the lane; a partition without one starts at its beginning. */
  committed(): Promise<Readonly<Record<InputSource, ReadonlyMap<number, number>>>>;
  close(): Promise<void>;
};

export type OutRecord = {
  readonly partition: number;
  readonly key: Buffer | string | null;
  readonly value: Buffer | null;
  readonly headers: Headers;
};

/** What a batch changes of members: their new records for the compacted topic that the view has them from. */
export type PostImages = {
  readonly source: 'accounts' | 'priorAuthorizations';
  readonly records: readonly OutRecord[];
  /** Where the first of a partition has to land; null where no one else writes to the topic. */
  readonly landing: ReadonlyMap<number, number> | null;
};

/** All that one batch makes visible together with its input offset, or not at all. */
export type Publication = {
  readonly responses: readonly OutRecord[];
  readonly rebateEvents: readonly OutRecord[];
  readonly postImages: PostImages;
  readonly deadLetters: readonly OutRecord[];
};

/** The topic that a batch was read from, and per partition the offset to go on from. */
export type NextOffsets = { readonly input: InputSource; readonly offsets: ReadonlyMap<number, number> };

export type Published = {
  /** False when a record landed elsewhere than it had to: then nothing was published. */
  readonly committed: boolean;
  /** Per partition with post-images, the offset behind them and behind the marker of the transaction, if nobody else wrote in between. */
  readonly ends: ReadonlyMap<number, number>;
};

/** The transactional producer of one lane. After any error it must be fenced again before the next publication. */
export type Publisher = {
  /** Ends whatever a predecessor left open, one way or the other, and shuts it out. */
  fence(): Promise<void>;
  /** Opens a transaction with the offsets behind a batch; it may wait for the broker while the batch is being decided. */
  begin(next: NextOffsets): Promise<void>;
  /** Sends the records into the transaction that was begun, and ends it. */
  publish(publication: Publication): Promise<Published>;
  close(): Promise<void>;
};

/** The offset that the view reads next, per compacted topic; null where it has nothing. */
export type ViewPositions = Readonly<Record<ViewSource, number | null>>;

export type MemberView = {
  readonly accounts: Buffer | null;
  readonly coverage: Buffer | null;
  readonly priorAuthorizations: Buffer | null;
};

/** What the view says of a partition: whose it is, and how far it has come in each topic. */
export type ViewMark = { readonly epoch: string | null; readonly positions: ViewPositions };

export type ReadRequest = {
  readonly members: ReadonlyMap<number, readonly string[]>;
  readonly participants: readonly string[];
};

export type ReadAnswer = {
  /** Per partition and member key. */
  readonly members: ReadonlyMap<number, ReadonlyMap<string, MemberView>>;
  readonly participants: ReadonlyMap<string, Buffer>;
  /** The mark of each partition asked for, read after its members: the proof that the view was whole. */
  readonly marks: ReadonlyMap<number, ViewMark>;
};

export type ViewWrite = {
  readonly source: ViewSource;
  readonly partition: number;
  readonly epoch: string;
  /** The position that the view must have reached for these records to follow; null: none yet. */
  readonly follows: number | null;
  /** The position that it has reached with them. */
  readonly position: number;
  readonly records: readonly { readonly key: string; readonly value: Buffer | null }[];
};

/** The view of the compacted topics in Redis. It can be wiped at any moment. */
export type View = {
  /** From now on the partition takes writes of this epoch alone. Answers how far the view has come. */
  fence(partition: number, epoch: string): Promise<ViewPositions>;
  /** One round trip. */
  read(request: ReadRequest): Promise<ReadAnswer>;
  /** One round trip; throws Fenced when a partition has another epoch, and a Fault when a write does not follow what is there. */
  apply(writes: readonly ViewWrite[]): Promise<void>;
  /** The owner has read its partitions to their ends: what lies in the view is whole. Throws Fenced like `apply`. */
  markRestored(partitions: readonly number[], epoch: string): Promise<void>;
  /** Whether participation, which every lane reads, has been restored by the owners of all partitions. */
  participationIsWhole(partitions: number): Promise<boolean>;
  /** Whether the server may drop what it was given: an account that is gone looks like a new member's. */
  evicts(): Promise<boolean>;
  /** Keeps the topology with the view on first use and answers the one that is kept. */
  topology(wanted: Topology): Promise<Topology>;
};

/** Who owns which lanes. */
export type Membership = {
  /** `assigned` is called with the lanes of this worker after every rebalance. Resolves when the group has been left; rejects on a fatal fault. */
  run(assigned: (lanes: readonly number[]) => void): Promise<void>;
  /** Resolves at the next proof that this worker is still a member: a heartbeat answered, or a new assignment. */
  confirmed(): Promise<void>;
  leave(): Promise<void>;
};

/** The steps of the loop, in order (`offsets` runs beside `read` and `decide`); what a crash test counts and what a latency histogram is labelled with. */
export const STEPS = ['fence', 'restore', 'fetch', 'offsets', 'read', 'decide', 'produce', 'commit', 'apply'] as const;
export type Step = (typeof STEPS)[number];

export const DEAD_LETTER_REASONS = [
  'NOT_FRAMED',
  'UNKNOWN_SCHEMA_ID',
  'MALFORMED',
  'NO_VALUE',
  'KEY_MISMATCH',
] as const;
export type DeadLetterReason = (typeof DEAD_LETTER_REASONS)[number];

export type RecordPosition = { readonly source: Source; readonly partition: number; readonly offset: number };

/** What the loop tells the outside. Typed events with allowed fields: nothing of a claim's values can get in. */
export type Telemetry = {
  /** After every rebalance: the lanes of this worker from now on. */
  lanesAssigned(event: { lanes: readonly number[] }): void;
  stepDone(event: { lane: number; step: Step; milliseconds: number }): void;
  laneServing(event: { lane: number; restoredRecords: number; milliseconds: number }): void;
  laneStopped(event: { lane: number }): void;
  /** Our own bug: the lane stands still until somebody has looked, and the others go on. */
  laneHalted(event: { lane: number; fault: unknown }): void;
  laneFailed(event: { lane: number; fault: Error; attempt: number }): void;
  /** After the commit: one answer per claim by status and first reject code, and the milliseconds from append to commit. */
  batchCommitted(event: { lane: number; answers: readonly AnswerCount[]; latencies: readonly number[] }): void;
  /** After the commit: one decision per request for prior authorization. */
  requestsCommitted(event: { decisions: readonly RequestDecision[] }): void;
  /** Somebody else wrote prior authorizations meanwhile: the requests are decided again once these have been read. */
  requestsPutOff(): void;
  deadLettered(event: { at: RecordPosition; reason: DeadLetterReason }): void;
  /** A record of a compacted topic that nobody can read: the view keeps what it had. */
  referenceSkipped(event: { at: RecordPosition; reason: DeadLetterReason }): void;
  lag(event: { source: Source; partition: number; records: number }): void;
};

export type AnswerCount = { readonly status: string; readonly rejectCode: string | null; readonly count: number };

export const REQUEST_DECISIONS = ['APPROVED', 'DENIED', 'INCOMPLETE', 'REFUSED'] as const;
/** What was answered to a request for prior authorization; REFUSED was not decided, for its fields. */
export type RequestDecision = (typeof REQUEST_DECISIONS)[number];
