import type { Transmission } from './claim-records.ts';

const DAY_MS = 86_400_000;
/** Two in the afternoon UTC, when the day has begun in every state. */
const OPENS_MS = 14 * 3_600_000;
export const RECEIVED_STEP_MS = 10;

/** Numbers the messages and says when they came in: one after the other, on the day they are about. */
export function gateway(seed: number): (day: number) => Transmission {
  let sequence = 0;
  let today = 0;
  let ofToday = 0;
  return (day) => {
    sequence += 1;
    ofToday = day === today ? ofToday + 1 : 0;
    today = day;
    return {
      transmissionId: `synthetic-${String(seed)}-${String(sequence)}`,
      receivedAt: day * DAY_MS + OPENS_MS + ofToday * RECEIVED_STEP_MS,
    };
  };
}
