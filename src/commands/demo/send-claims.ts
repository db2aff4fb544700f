import { setTimeout as sleep } from 'node:timers/promises';

import type { ClaimProducer, KeyedRecord } from '../../adapters/kafka/claim-producer.ts';
import { sendOpenLoop } from '../open-loop.ts';
import type { WaitingClaims } from './answer-times.ts';

export type SendClaimsOptions = {
  readonly claims: Iterator<KeyedRecord, never>;
  readonly count: number;
  readonly perSecond: number;
  readonly producer: ClaimProducer;
  readonly waiting: WaitingClaims;
  /** Ends the sending with an error. */
  readonly signal?: AbortSignal;
};

const CLAIMS_PER_SEND = 500;

/** Sends claims in an open loop and notes when each was due: a stall of the sender counts against the answers, not for them. */
export async function sendClaims({ producer, waiting, signal, ...loop }: SendClaimsOptions): Promise<void> {
  const started = performance.now();
  let total = 0;
  await sendOpenLoop({
    source: loop.claims,
    count: loop.count,
    perSecond: loop.perSecond,
    batchMax: CLAIMS_PER_SEND,
    send: (claims) => {
      for (const { key } of claims) {
        waiting.sent(key, started + (total / loop.perSecond) * 1000);
        total += 1;
      }
      return producer.send(claims);
    },
    sent: () => signal?.throwIfAborted(),
    now: () => performance.now(),
    sleep,
  });
}
