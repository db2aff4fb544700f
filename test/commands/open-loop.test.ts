import { describe, expect, test } from 'vitest';

import { sendOpenLoop } from '../../src/commands/open-loop.ts';
import type { OpenLoop } from '../../src/commands/open-loop.ts';

function* counting(): Generator<number, never> {
  for (let number = 0; ; number += 1) yield number;
}

type Settings = Pick<OpenLoop<number>, 'count' | 'perSecond' | 'batchMax'>;

/** Runs against a clock that moves only by sleeping and by sending; answers when which items were sent. */
async function sendings(settings: Settings, sendingTakes: (nth: number) => number = () => 0) {
  const sent: { readonly at: number; readonly items: readonly number[] }[] = [];
  const totals: number[] = [];
  let clock = 500;
  await sendOpenLoop({
    ...settings,
    source: counting(),
    send: (items) => {
      sent.push({ at: clock - 500, items });
      clock += sendingTakes(sent.length);
      return Promise.resolve();
    },
    sent: (total) => totals.push(total),
    now: () => clock,
    sleep: (milliseconds) => {
      clock += milliseconds;
      return Promise.resolve();
    },
  });
  return { sent, totals };
}

describe('an open loop', () => {
  test('sends each item when it is due', async () => {
    const { sent } = await sendings({ count: 3, perSecond: 10, batchMax: 100 });
    expect(sent).toEqual([
      { at: 0, items: [0] },
      { at: 100, items: [1] },
      { at: 200, items: [2] },
    ]);
  });

  test('sends all that has become due while the receiver stalled, and is on time again', async () => {
    const { sent } = await sendings({ count: 6, perSecond: 10, batchMax: 100 }, (nth) => (nth === 1 ? 350 : 0));
    expect(sent).toEqual([
      { at: 0, items: [0] },
      { at: 350, items: [1, 2, 3] },
      { at: 400, items: [4] },
      { at: 500, items: [5] },
    ]);
  });

  test('sends as fast as it is taken at the rate 0, in batches of the size allowed', async () => {
    const { sent, totals } = await sendings({ count: 5, perSecond: 0, batchMax: 2 }, () => 10);
    expect(sent).toEqual([
      { at: 0, items: [0, 1] },
      { at: 10, items: [2, 3] },
      { at: 20, items: [4] },
    ]);
    expect(totals).toEqual([2, 4, 5]);
  });

  test('never sends more than it was asked for', async () => {
    const { sent } = await sendings({ count: 2, perSecond: 1_000, batchMax: 100 }, () => 1_000);
    expect(sent.flatMap(({ items }) => items)).toEqual([0, 1]);
  });

  test('ends with the first sending that fails', async () => {
    const failing = sendOpenLoop({
      source: counting(),
      count: 3,
      perSecond: 0,
      batchMax: 1,
      send: () => Promise.reject(new Error('the broker is away')),
      sent: () => undefined,
      now: () => 0,
      sleep: () => Promise.resolve(),
    });
    await expect(failing).rejects.toThrow('the broker is away');
  });
});
