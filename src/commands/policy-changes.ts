import { isDeepStrictEqual } from 'node:util';

import type { RawPolicy } from '../adapters/files/policy-bundle.ts';
import { DOCUMENT_NAMES } from '../adapters/files/policy-documents.ts';
import { entriesOf, type EntryDates, type PolicyEntry } from './policy-entries.ts';

/** One thing that two policies say differently, about one product or about none. */
export type PolicyChange = Pick<PolicyEntry, 'file' | 'names' | 'ndc' | 'within'> & {
  /** Of the later policy's entry, or of the one that is gone; null where the entry has none. */
  readonly dates: EntryDates | null;
} & (
    | { readonly kind: 'CHANGED'; readonly path: string; readonly before: unknown; readonly after: unknown }
    | { readonly kind: 'ADDED' | 'REMOVED'; readonly values: Readonly<Record<string, unknown>> }
  );

/** What a policy says otherwise than another, entry by entry: neither the layout nor the order of the entries counts. */
export function policyChanges(before: RawPolicy, after: RawPolicy, withNotes: boolean): readonly PolicyChange[] {
  const [old, current] = [before, after].map((raw) => seriesIn(raw, withNotes));
  const keys = new Set([...(old?.keys() ?? []), ...(current?.keys() ?? [])]);
  return [...keys].flatMap((key) => changesOf(old?.get(key) ?? [], current?.get(key) ?? []));
}

type Series = readonly PolicyEntry[];

/** The entries about one thing, whatever their dates. */
const seriesIn = (raw: RawPolicy, withNotes: boolean): ReadonlyMap<string, Series> =>
  Map.groupBy(
    DOCUMENT_NAMES.flatMap((file) => entriesOf(file, raw[file], withNotes)),
    ({ file, names, ndc }) => JSON.stringify([file, names, ndc]),
  );

function changesOf(old: Series, current: Series): readonly PolicyChange[] {
  const pairs = pairsOf(old, current);
  const gone = old.filter((entry) => !pairs.some(([before]) => before === entry));
  const fresh = current.filter((entry) => !pairs.some(([, after]) => after === entry));
  return [
    ...pairs.flatMap(([before, after]) => differences(withDates(before), withDates(after), after)),
    ...fresh.flatMap((entry) => takenOver(entry, old)),
    ...gone.flatMap((entry) => leftBehind(entry, current)),
  ];
}

/** An entry is recognised by both of its days; where one of them was changed in place, by the other. What says the same goes first. */
const SAME: readonly ((one: PolicyEntry, other: PolicyEntry) => boolean)[] = [
  says,
  ({ dates: one }, { dates: other }) => one?.effective === other?.effective && one?.knownFrom === other?.knownFrom,
  ({ dates: one }, { dates: other }) => one?.effective === other?.effective,
  ({ dates: one }, { dates: other }) => one?.knownFrom === other?.knownFrom,
];

function pairsOf(old: Series, current: Series): readonly (readonly [PolicyEntry, PolicyEntry])[] {
  const pairs = new Map<PolicyEntry, PolicyEntry>();
  const taken = new Set<PolicyEntry>();
  for (const isSame of SAME) {
    for (const before of old) {
      const after = pairs.has(before) ? undefined : current.find((each) => !taken.has(each) && isSame(before, each));
      if (after === undefined) continue;
      pairs.set(before, after);
      taken.add(after);
    }
  }
  return [...pairs];
}

/** Same days and same values: rules that two versions of a programme have in common stand in both of them. */
function says(one: PolicyEntry, other: PolicyEntry): boolean {
  return isDeepStrictEqual(withDates(one), withDates(other));
}

/** An entry that is new says something else than what held until now on its first day. */
function takenOver(entry: PolicyEntry, old: Series): readonly PolicyChange[] {
  if (old.some((before) => says(before, entry))) return [];
  const before = inForceWith(entry, old);
  const changes = before === undefined ? [] : differences(before.values, entry.values, entry);
  return changes.length > 0 ? changes : [{ ...about(entry), kind: 'ADDED', values: Object.fromEntries(entry.values) }];
}

/** Where an entry is gone, what else the policy says about its first day holds. */
function leftBehind(entry: PolicyEntry, current: Series): readonly PolicyChange[] {
  if (current.some((after) => says(entry, after))) return [];
  const after = inForceWith(entry, current);
  const changes = after === undefined ? [] : differences(entry.values, after.values, entry);
  return changes.length > 0
    ? changes
    : [{ ...about(entry), kind: 'REMOVED', values: Object.fromEntries(entry.values) }];
}

/** What is known last of the first day of an entry. */
function inForceWith({ dates }: PolicyEntry, series: Series): PolicyEntry | undefined {
  const day = dates?.effective ?? null;
  if (day === null) return undefined;
  return series
    .filter((each) => each.dates !== null && holdsOn(each.dates, day))
    .toSorted((one, other) => ((one.dates?.knownFrom ?? '') < (other.dates?.knownFrom ?? '') ? 1 : -1))[0];
}

const holdsOn = ({ effective, terminated }: EntryDates, day: string): boolean =>
  effective !== null && effective <= day && (terminated === null || day <= terminated);

type Values = ReadonlyMap<string, unknown>;

const withDates = ({ values, dates }: PolicyEntry): Values => new Map([...Object.entries(dates ?? {}), ...values]);

const differences = (before: Values, after: Values, entry: PolicyEntry): readonly PolicyChange[] =>
  [...new Set([...pathsIn(before, after), ...pathsIn(after, before)])]
    .map((path) => ({ path, before: valueAt(before, path), after: valueAt(after, path) }))
    .filter((change) => !isDeepStrictEqual(change.before, change.after))
    .map((change) => ({ ...about(entry), kind: 'CHANGED', ...change }));

/** The paths of values; what the other side says in one value, such as null, is one here too. */
const pathsIn = (values: Values, other: Values): readonly string[] =>
  [...values.keys()].map((path) => [...other.keys()].find((whole) => path.startsWith(`${whole}.`)) ?? path);

function valueAt(values: Values, path: string): unknown {
  const parts = [...values].filter(([each]) => each.startsWith(`${path}.`));
  if (parts.length === 0) return values.get(path);
  return Object.fromEntries(parts.map(([each, value]) => [each.slice(path.length + 1), value]));
}

const about = ({ file, names, ndc, dates, within }: PolicyEntry) => ({ file, names, ndc, dates, within });
