import { EXIT } from '../exit-codes.ts';
import { failureOf } from '../failure.ts';

/** One thing that was looked at. */
export type Finding = {
  readonly check: string;
  readonly verdict: 'ok' | 'warning' | 'failed';
  /** What there is, without a secret. */
  readonly found: string;
  /** What to do about it; null where nothing is to be done. */
  readonly next: string | null;
};

type Told = readonly [check: string, found: string, next: string];

export const ok = (check: string, found: string): Finding => ({ check, verdict: 'ok', found, next: null });
/** A worker can do without, or it may be meant. */
export const warning = (...[check, found, next]: Told): Finding => ({ check, verdict: 'warning', found, next });
/** A worker would not start, would not work, or would work wrongly. */
export const failed = (...[check, found, next]: Told): Finding => ({ check, verdict: 'failed', found, next });

type Look = { readonly check: string; readonly next: string; readonly verdict?: typeof failed };

/** What a look finds. One that meets a fault has found that; a bug of ours is thrown on. */
export async function looked(
  { check, next, verdict = failed }: Look,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    const { exitCode, message } = failureOf(error);
    if (exitCode === EXIT.internal) throw error;
    return [verdict(check, message, next)];
  }
}

/** Further apart than this, latencies and times in different logs cannot be compared. */
const CLOCKS_APART_MS_MAX = 2_000;

/** Of a server's clock: how far it is ahead of ours, milliseconds. */
export function clockFinding(check: string, aheadMs: number): Finding {
  const seconds = `${(Math.abs(aheadMs) / 1000).toFixed(1)} s ${aheadMs < 0 ? 'behind' : 'ahead of'} this machine`;
  return Math.abs(aheadMs) <= CLOCKS_APART_MS_MAX
    ? ok(check, seconds)
    : warning(check, seconds, 'let one source of time (NTP) set both clocks: latencies and lag are told by them');
}
