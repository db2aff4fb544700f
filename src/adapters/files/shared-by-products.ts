type About = { readonly ndc: string | null };

/** The same of several products: what differed in the product alone. */
export type Shared<Each extends About> = Each extends unknown
  ? Omit<Each, 'ndc'> & { readonly ndcs: readonly string[] }
  : never;

/** Brings together what is the same but for the product: an entry of a policy names many, and is written once. */
export function sharedByProducts<Each extends About>(all: readonly Each[]): readonly Shared<Each>[] {
  const groups = Map.groupBy(all, (each) => JSON.stringify({ ...each, ndc: null }));
  return [...groups.values()].map((group) => {
    const ndcs = [...new Set(group.flatMap(({ ndc }) => ndc ?? []))];
    const common = Object.entries(group[0] ?? {}).filter(([key]) => key !== 'ndc');
    return { ...Object.fromEntries(common), ndcs } as unknown as Shared<Each>;
  });
}

const SHOWN = 3;

/** A list of products for people: the first ones, and how many more. */
export const someOf = (ndcs: readonly string[]): string =>
  ndcs.length <= SHOWN + 1
    ? ndcs.join(', ')
    : `${ndcs.slice(0, SHOWN).join(', ')} and ${String(ndcs.length - SHOWN)} more`;
