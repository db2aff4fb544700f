export type OpenLoop<T> = {
  /** Without end. */
  readonly source: Iterator<T, never>;
  readonly count: number;
  /** Items a second; 0 is as fast as `send` takes them. */
  readonly perSecond: number;
  /** The most that one `send` gets. */
  readonly batchMax: number;
  readonly send: (items: readonly T[]) => Promise<void>;
  readonly sent: (total: number) => void;
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
};

/**
 * Sends item `i` when `i / perSecond` seconds have passed, whatever became of those before it: a receiver that stalls finds them all
 * waiting afterwards, as it would in the field. A closed loop would wait with it and hide the stall.
 */
export async function sendOpenLoop<T>({ source, count, perSecond, batchMax, ...loop }: OpenLoop<T>): Promise<void> {
  const started = loop.now();
  for (let total = 0; total < count;) {
    const due = perSecond === 0 ? count : Math.floor(((loop.now() - started) / 1000) * perSecond) + 1;
    const length = Math.min(due, count, total + batchMax) - total;
    if (length > 0) {
      await loop.send(Array.from({ length }, () => source.next().value));
      total += length;
      loop.sent(total);
    }
    const wait = perSecond === 0 ? 0 : started + (total / perSecond) * 1000 - loop.now();
    if (wait > 0) await loop.sleep(wait);
  }
}
