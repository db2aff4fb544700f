import type { LaneParts } from './lane-parts.ts';
import type { Ownership } from './ownership.ts';
import { isInput } from './ports.ts';
import type { Fetched, LogRecord, PostImages, ViewSource, ViewWrite } from './ports.ts';

/** A script blocks Redis while it runs, so one call carries a bounded number of records. */
const RECORDS_PER_WRITE = 500;

/** Brings records of the compacted topics into the view, in the order of the log. Answers how many. */
export async function applyToView(
  parts: LaneParts,
  ownership: Ownership,
  fetched: readonly Fetched[],
): Promise<number> {
  let count = 0;
  const writes: ViewWrite[] = [];
  for (const one of fetched) {
    const { source, partition, next } = one;
    if (isInput(source)) continue;
    const records = await readable(parts, { ...one, source });
    count += records.length;
    const follows = ownership.applied[source].get(partition) ?? null;
    writes.push(...chunks({ source, partition, epoch: ownership.epoch, follows, next, records }));
  }
  await writeToView(parts, ownership, writes);
  return count;
}

/** What the owner's marks stand at is what has been written, and nothing that only may have been. */
export async function writeToView(
  { view }: LaneParts,
  { applied }: Ownership,
  writes: readonly ViewWrite[],
): Promise<void> {
  if (writes.length === 0) return;
  await view.apply(writes);
  for (const { source, partition, position } of writes) applied[source].set(partition, position);
}

/** The lane's own post-images, the same bytes as in the log, up to the positions that the commit gave them. */
export function ownWrites(
  { source, records }: PostImages,
  { epoch, positions, applied }: Ownership,
): readonly ViewWrite[] {
  return [...Map.groupBy(records, ({ partition }) => partition)].map(([partition, written]) => ({
    source,
    partition,
    epoch,
    follows: applied[source].get(partition) ?? null,
    position: positions[source].get(partition) ?? 0,
    records: written.map(({ key, value }) => ({ key: String(key), value })),
  }));
}

/** A record that nobody can read is left out: the view keeps what it had of that key. */
async function readable(
  { codec, telemetry }: LaneParts,
  { source, partition, records }: Fetched & { readonly source: ViewSource },
): Promise<readonly LogRecord[]> {
  const values = records.filter(({ value }) => value !== null);
  const decoded = await codec.decode[source](values.flatMap(({ value }) => value ?? []));
  const reasons = new Map(
    values.map(({ offset }, index) => {
      const result = decoded[index];
      return [offset, result?.kind === 'undecodable' ? result.reason : undefined] as const;
    }),
  );
  return records.filter(({ offset, key }) => {
    const reason = key === null ? 'KEY_MISMATCH' : reasons.get(offset);
    if (reason) telemetry.referenceSkipped({ at: { source, partition, offset }, reason });
    return reason === undefined;
  });
}

type Chunking = {
  readonly source: ViewSource;
  readonly partition: number;
  readonly epoch: string;
  readonly follows: number | null;
  readonly next: number;
  readonly records: readonly LogRecord[];
};

/** Each write carries the position behind its last record; the last one that of the poll, so control records are not read again. */
function chunks({ next, records, follows, ...where }: Chunking): readonly ViewWrite[] {
  const writes: ViewWrite[] = [];
  for (let from = 0; from === 0 || from < records.length; from += RECORDS_PER_WRITE) {
    const chunk = records.slice(from, from + RECORDS_PER_WRITE);
    const last = from + RECORDS_PER_WRITE >= records.length;
    writes.push({
      ...where,
      follows: writes.at(-1)?.position ?? follows,
      position: last ? next : (chunk.at(-1)?.offset ?? next) + 1,
      records: chunk.map(({ key, value }) => ({ key: String(key), value })),
    });
  }
  return writes;
}
