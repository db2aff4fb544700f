import { Redis } from 'ioredis';
import type { ChainableCommander } from 'ioredis';

import { Fault, Fenced } from '../../stream/fault.ts';
import type { Topology } from '../../stream/lanes.ts';
import type {
  MemberView,
  ReadAnswer,
  ReadRequest,
  View,
  ViewMark,
  ViewPositions,
  ViewSource,
  ViewWrite,
} from '../../stream/ports.ts';
import { VIEW_SOURCES } from '../../stream/ports.ts';
import { APPLY, FENCE, RESTORED } from './scripts.ts';

export type RedisViewOptions = { readonly url: string; readonly prefix: string; readonly commandTimeoutMs: number };

/** Short names of the member's three blobs: a key is stored a million times. */
const BLOBS = ['accounts', 'coverage', 'priorAuthorizations'] as const satisfies readonly ViewSource[];
const SUFFIX = { accounts: 'a', coverage: 'c', priorAuthorizations: 'p' } as const;

type ScriptName = 'viewFence' | 'viewApply' | 'viewRestored';

/** The view of the compacted topics: one blob per member and topic, and per partition a hash that says how far it has come. */
export class RedisView implements View {
  /** Two connections: what a restoring lane writes must not stand before what the others read. */
  readonly #reader: Redis;
  readonly #writer: Redis;
  readonly #prefix: string;

  constructor({ url, prefix, commandTimeoutMs }: RedisViewOptions) {
    this.#prefix = prefix;
    this.#reader = connectionTo(url, commandTimeoutMs);
    this.#writer = connectionTo(url, commandTimeoutMs);
  }

  /** Waits for nothing: a server that is away now is met by the first command. */
  async connect(): Promise<void> {
    await Promise.allSettled([this.#reader.connect(), this.#writer.connect()]);
  }

  close(): void {
    this.#reader.disconnect();
    this.#writer.disconnect();
  }

  async fence(partition: number, epoch: string): Promise<ViewPositions> {
    const shared = this.#shared(partition);
    const replies = await this.#run(this.#writer, (pipeline) => {
      script(pipeline, 'viewFence', [this.#hash(partition), epoch, ...BLOBS]);
      script(pipeline, 'viewFence', [this.#sharedHash(), epoch, shared]);
    });
    const [own, participation] = replies as [readonly (string | null)[], readonly (string | null)[]];
    return viewPositions([...own, participation[0] ?? null]);
  }

  async read({ members, participants }: ReadRequest): Promise<ReadAnswer> {
    const partitions = [...members.keys()];
    const replies = await this.#run(this.#reader, (pipeline) => {
      if (participants.length > 0) pipeline.mgetBuffer(participants.map((key) => this.#participant(key)));
      for (const [partition, keys] of members) {
        if (keys.length > 0)
          pipeline.mgetBuffer(keys.flatMap((key) => BLOBS.map((blob) => this.#member(partition, blob, key))));
        // After the members: a view wiped between the two shows here, and one wiped before them too.
        pipeline.hmget(this.#hash(partition), 'accounts:epoch', ...BLOBS.map((blob) => `${blob}:position`));
      }
      pipeline.hmget(this.#sharedHash(), ...partitions.map((partition) => `${this.#shared(partition)}:position`));
    });
    return gather({ members, participants, replies });
  }

  async apply(writes: readonly ViewWrite[]): Promise<void> {
    const replies = await this.#run(this.#writer, (pipeline) => {
      for (const write of writes) this.#write(pipeline, write);
    });
    refuseAnotherEpoch(replies);
    if (replies.includes(-2)) throw new Fault('the records do not follow what is in the view', { retryable: true });
  }

  async markRestored(partitions: readonly number[], epoch: string): Promise<void> {
    const replies = await this.#run(this.#writer, (pipeline) => {
      for (const partition of partitions)
        script(pipeline, 'viewRestored', [this.#sharedHash(), epoch, this.#shared(partition)]);
    });
    refuseAnotherEpoch(replies);
  }

  async participationIsWhole(partitions: number): Promise<boolean> {
    const [fields] = (await this.#run(this.#writer, (pipeline) => pipeline.hgetall(this.#sharedHash()))) as [
      Record<string, string>,
    ];
    return Array.from({ length: partitions }, (_, partition) => this.#shared(partition)).every((field) => {
      const restored = fields[`${field}:restored`];
      return restored !== undefined && restored === fields[`${field}:epoch`];
    });
  }

  async evicts(): Promise<boolean> {
    const [memory] = (await this.#run(this.#writer, (pipeline) => pipeline.info('memory'))) as [string];
    return mayEvict(memory);
  }

  async topology(wanted: Topology): Promise<Topology> {
    const key = topologyKey(this.#prefix);
    const replies = await this.#run(this.#writer, (pipeline) => pipeline.setnx(key, JSON.stringify(wanted)).get(key));
    return JSON.parse(replies[1] as string) as Topology;
  }

  #write(
    pipeline: ChainableCommander,
    { source, partition, epoch, follows, position: reached, records }: ViewWrite,
  ): void {
    const shared = source === 'participation';
    const keys = records.map(({ key }) => (shared ? this.#participant(key) : this.#member(partition, source, key)));
    script(pipeline, 'viewApply', [
      keys.length + 1,
      shared ? this.#sharedHash() : this.#hash(partition),
      ...keys,
      shared ? this.#shared(partition) : source,
      epoch,
      follows === null ? '' : String(follows),
      String(reached),
      ...records.map(({ value }) => value ?? ''),
    ]);
  }

  /** One round trip; the first error of any command is the error of all. */
  async #run(redis: Redis, queue: (pipeline: ChainableCommander) => unknown): Promise<unknown[]> {
    const pipeline = redis.pipeline();
    queue(pipeline);
    try {
      const replies = await pipeline.exec();
      if (!replies) throw new Error('the pipeline was discarded');
      return replies.map(([error, result]) => {
        if (error) throw error;
        return result;
      });
    } catch (error) {
      throw new Fault('the view did not answer as expected', { retryable: true, cause: error });
    }
  }

  #hash = (partition: number): string => `${this.#prefix}:{p${String(partition)}}:view`;
  #sharedHash = (): string => `${this.#prefix}:{participation}:view`;
  #shared = (partition: number): string => `participation:${String(partition)}`;
  #participant = (key: string): string => `${this.#prefix}:{participation}:${key}`;
  #member = (partition: number, blob: keyof typeof SUFFIX, key: string): string =>
    `${this.#prefix}:{p${String(partition)}}:${SUFFIX[blob]}:${key}`;
}

/** By the section `memory` of INFO. */
export const mayEvict = (memory: string): boolean =>
  !/^maxmemory:0\r?$/m.test(memory) && !/^maxmemory_policy:noeviction\r?$/m.test(memory);

/** Where the topology is kept with the view. */
export const topologyKey = (prefix: string): string => `${prefix}:topology`;

export function connectionTo(url: string, commandTimeout: number): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    // An outage has to surface at once and be waited for by the loop; a queue in here would only hide it.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    scripts: {
      viewFence: { numberOfKeys: 1, lua: FENCE },
      viewApply: { lua: APPLY },
      viewRestored: { numberOfKeys: 1, lua: RESTORED },
    },
  });
  // Every failed command says so to its caller; the client's own event would end the process.
  redis.on('error', () => undefined);
  return redis;
}

/** ioredis adds a method per script, which its types cannot know. */
function script(pipeline: ChainableCommander, name: ScriptName, args: readonly (string | number | Buffer)[]): void {
  const scripts = pipeline as unknown as Record<
    typeof name,
    (...args: readonly (string | number | Buffer)[]) => unknown
  >;
  scripts[name](...args);
}

function refuseAnotherEpoch(replies: readonly unknown[]): void {
  if (replies.includes(-1)) throw new Fenced('the view of the partition belongs to another epoch');
}

const position = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Number(text);

function gather({
  members,
  participants,
  replies,
}: ReadRequest & { readonly replies: readonly unknown[] }): ReadAnswer {
  const queue = [...replies];
  const found = new Map<string, Buffer>();
  if (participants.length > 0) {
    const values = queue.shift() as (Buffer | null)[];
    for (const [index, key] of participants.entries()) {
      const value = values[index];
      if (value) found.set(key, value);
    }
  }
  const views = new Map<number, ReadonlyMap<string, MemberView>>();
  const own = new Map<number, readonly (string | null)[]>();
  for (const [partition, keys] of members) {
    const blobs = keys.length > 0 ? (queue.shift() as (Buffer | null)[]) : [];
    views.set(partition, new Map(keys.map((key, index) => [key, memberView(blobs, index * BLOBS.length)])));
    own.set(partition, queue.shift() as (string | null)[]);
  }
  const shared = queue.shift() as (string | null)[];
  const marks = [...own].map(([partition, [epoch = null, ...positions]], index): [number, ViewMark] => [
    partition,
    { epoch, positions: viewPositions([...positions, shared[index] ?? null]) },
  ]);
  return { members: views, participants: found, marks: new Map(marks) };
}

/** In the order of VIEW_SOURCES: the member's three blobs, then participation. */
const viewPositions = (texts: readonly (string | null)[]): ViewPositions =>
  Object.fromEntries(VIEW_SOURCES.map((source, index) => [source, position(texts[index])])) as ViewPositions;

const memberView = (blobs: readonly (Buffer | null)[], at: number): MemberView => ({
  accounts: blobs[at] ?? null,
  coverage: blobs[at + 1] ?? null,
  priorAuthorizations: blobs[at + 2] ?? null,
});
