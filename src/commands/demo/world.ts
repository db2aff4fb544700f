import { readJsonLines } from '../../adapters/files/json-lines.ts';
import { CalendarDate } from '../../values/calendar-date.ts';
import type { ClaimRecord } from '../../wire/records.ts';
import { writeSyntheticFiles } from '../synthetic-files.ts';
import { recordOf } from './keyed-records.ts';
import type { ReferenceLine } from './keyed-records.ts';
import type { Planted } from './planted.ts';

/** Everything that a demo sends. */
export type World = { readonly reference: readonly ReferenceLine[]; readonly claims: readonly ClaimRecord[] };

export type WorldOptions = {
  readonly count: number;
  readonly seed: number;
  readonly planted: readonly Planted[];
  /** Gets the synthetic part as files, which `adjudicate` reads. */
  readonly folder: string;
};

const MIX = { rejects: 0.1, resends: 0.03, reversals: 0.03 };

/** Synthetic members and claims, with the planted ones evenly among them. */
export async function makeWorld({ count, seed, planted, folder }: WorldOptions): Promise<World> {
  const startDate = CalendarDate.of('2026-08-03');
  const files = await writeSyntheticFiles({ count, seed, members: Math.ceil(count / 10), startDate, mix: MIX }, folder);
  const reference = (await jsonOf(files.reference)) as readonly ReferenceLine[];
  const claims = (await jsonOf(files.claims)).map((json) => recordOf('Claim', json));
  return {
    reference: [...reference, ...planted.flatMap((one) => one.reference)],
    claims: spread(
      claims,
      planted.flatMap((one) => one.claims),
    ),
  };
}

async function jsonOf(file: string): Promise<readonly unknown[]> {
  const lines: unknown[] = [];
  for await (const { json } of readJsonLines(file)) lines.push(json);
  return lines;
}

/** In their order, with the same distance between any two of the few. */
function spread<T>(many: readonly T[], few: readonly T[]): readonly T[] {
  const every = Math.floor(many.length / (few.length + 1));
  return many.flatMap((one, index) => {
    const planted = (index + 1) % every === 0 ? few[(index + 1) / every - 1] : undefined;
    return planted === undefined ? [one] : [one, planted];
  });
}
