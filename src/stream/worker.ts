import type { LaneParts, WorkerParts } from './lane-parts.ts';
import { aborted } from './aborted.ts';
import { Fault } from './fault.ts';
import { ownLane } from './lane-owner.ts';
import { partitionsOf } from './lanes.ts';
import type { LaneLog, Publisher } from './ports.ts';

export type WorkerOptions = WorkerParts & {
  readonly publisherOf: (lane: number) => Publisher;
  readonly openLogOf: (partitions: readonly number[]) => LaneLog;
};

type Running = { readonly stop: () => void; readonly stopping: () => boolean; readonly stopped: Promise<void> };

/**
 * Runs the lanes that the group deals to this worker. A lane that stays through a rebalance goes on undisturbed: fencing, not the
 * rebalance, decides who owns it. Throws the first fault that waiting would not mend.
 */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #running = new Map<number, Running>();
  #fail: (error: unknown) => void = () => undefined;

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Until `signal`; then what is in flight is finished or given up and the group is left, so that nobody waits for a session to end. */
  async run(signal: AbortSignal): Promise<void> {
    const { membership } = this.#options;
    const failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    const member = membership.run((lanes) => {
      if (!signal.aborted) this.#assign(lanes);
    });
    try {
      await Promise.race([member, failed, aborted(signal)]);
    } finally {
      await this.#stopAll();
      await membership.leave();
    }
  }

  #assign(lanes: readonly number[]): void {
    for (const [lane, running] of this.#running) if (!lanes.includes(lane)) running.stop();
    for (const lane of lanes) {
      const before = this.#running.get(lane);
      if (!before || before.stopping()) this.#start(lane, before?.stopped);
    }
    this.#options.telemetry.lanesAssigned({ lanes });
  }

  /** A lane that comes back while it is still being put down starts when that is done. */
  #start(lane: number, after: Promise<void> = Promise.resolve()): void {
    const abort = new AbortController();
    const partitions = partitionsOf(lane, this.#options.topology);
    const parts: LaneParts = {
      ...this.#options,
      lane,
      partitions,
      publisher: this.#options.publisherOf(lane),
      openLog: () => this.#options.openLogOf(partitions),
      signal: abort.signal,
    };
    const running: Running = {
      stop: () => {
        abort.abort();
      },
      stopping: () => abort.signal.aborted,
      stopped: after
        .then(() => ownLane(parts))
        .catch((error: unknown) => {
          // Another worker would meet the same bug with the same claim, and then the next: the lane stands still instead.
          if (error instanceof Fault) this.#fail(error);
          else this.#options.telemetry.laneHalted({ lane, fault: error });
        })
        .finally(() => {
          if (this.#running.get(lane) === running) this.#running.delete(lane);
        }),
    };
    this.#running.set(lane, running);
  }

  async #stopAll(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { stop } of running) stop();
    await Promise.all(running.map(({ stopped }) => stopped));
  }
}
