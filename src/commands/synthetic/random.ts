/** Draws that a seed repeats exactly, on every machine. For test data only: anybody can predict them. */
export type Random = {
  /** A whole number from 0 up to `limit`, which is left out. */
  below(limit: number): number;
  /** From 0 up to 1, which is left out. */
  share(): number;
};

/** Mulberry32: 32 bits of state, which is enough for a few million draws. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return { share, below: (limit) => Math.floor(share() * limit) };
}
