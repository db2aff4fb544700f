import { expect } from 'vitest';

import type { Deployment } from './deployment.ts';
import { actualOutcome, expectedOutcome } from './oracle.ts';
import type { Outcome } from './oracle.ts';

export const CLAIMS = 10_000;
export const MEMBERS = 2_000;

/**
 * What has to be true after any fault: what a read_committed reader sees is what a run without servers gives for the same claims in the
 * same order, claim by claim and to the cent, and the view in Redis is the end of the journal.
 */
export async function expectExactlyOnce(deployment: Deployment, claims: number): Promise<void> {
  await deployment.settled();
  const expected = await expectedOutcome(deployment);
  expect(expected.answers).toHaveLength(claims);
  // The offsets are committed a moment before the view has the accounts.
  await expect
    .poll(async () => differences(expected, await actualOutcome(deployment)), { timeout: 30_000, interval: 500 })
    .toEqual([]);
}

const SHOWN = 3;

/** The first lines that are missing, doubled, in another order or different, of each part. */
function differences(expected: Outcome, actual: Outcome): readonly string[] {
  const parts = Object.keys(expected) as (keyof Outcome)[];
  return parts.flatMap((part) => {
    const [wanted, got] = [expected[part], actual[part]];
    const length = Math.max(wanted.length, got.length);
    const at = Array.from({ length }, (_, index) => index).filter((index) => wanted[index] !== got[index]);
    return at
      .slice(0, SHOWN)
      .map((index) => `${part}: ${wanted[index] ?? 'nothing'}\n  but there is ${got[index] ?? 'nothing'}`);
  });
}
