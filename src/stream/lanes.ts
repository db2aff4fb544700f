/** A lane is the unit of ownership: a fixed set of partitions that always moves, and is fenced, as a whole. */
export type Topology = { readonly partitions: number; readonly lanes: number };

/** The partitions of a lane: every partition `p` with `p mod lanes = lane`. */
export const partitionsOf = (lane: number, { partitions, lanes }: Topology): readonly number[] =>
  Array.from({ length: partitions }, (_, partition) => partition).filter((partition) => partition % lanes === lane);

/** A worker in the group, with the lanes it owned when it joined. */
export type Candidate = { readonly id: string; readonly owned: readonly number[] };

/**
 * Deals whole lanes to the workers, as evenly as whole lanes allow, and leaves a lane where it is when it can:
 * a lane that stays needs no restore. Deterministic in the set of candidates.
 */
export function dealLanes(candidates: readonly Candidate[], lanes: number): ReadonlyMap<string, readonly number[]> {
  const workers = [...candidates].sort((a, b) => (a.id < b.id ? -1 : 1));
  const dealt = new Map<string, number[]>(workers.map(({ id }) => [id, []]));
  const free = new Set(Array.from({ length: lanes }, (_, lane) => lane));
  const share = Math.floor(lanes / workers.length);
  for (const { id, owned } of workers) {
    const kept = [...new Set(owned)].filter((lane) => free.has(lane)).slice(0, share);
    for (const lane of kept) free.delete(lane);
    dealt.get(id)?.push(...kept);
  }
  // Where the lanes do not come out even, some have one more: first those that have it already.
  let over = lanes % workers.length;
  for (const { id, owned } of workers) {
    const lane = owned.find((candidate) => free.has(candidate));
    if (over === 0 || lane === undefined || !free.delete(lane)) continue;
    dealt.get(id)?.push(lane);
    over -= 1;
  }
  for (const lane of free) leastLoaded(dealt).push(lane);
  return dealt;
}

function leastLoaded(dealt: ReadonlyMap<string, number[]>): number[] {
  return [...dealt.values()].reduce((least, hand) => (hand.length < least.length ? hand : least));
}
