import type { LaneParts } from './lane-parts.ts';
import type { NextOffsets, Step } from './ports.ts';

/** Does a step of the loop and tells how long it took. */
export async function timed<T>({ lane, now, telemetry }: LaneParts, step: Step, work: () => Promise<T>): Promise<T> {
  const started = now();
  const result = await work();
  telemetry.stepDone({ lane, step, milliseconds: now() - started });
  return result;
}

/** For some milliseconds after a commit the broker opens no transaction: that is waited for beside READ and DECIDE. */
export async function beginBeside<T>(
  { publisher }: LaneParts,
  next: NextOffsets,
  deciding: () => Promise<T>,
): Promise<T> {
  const beginning = publisher.begin(next);
  const decided = deciding();
  // Both are waited for, whatever becomes of one: nobody may close the publisher under a request of its own.
  await Promise.allSettled([beginning, decided]);
  await beginning;
  return decided;
}
