import { isObject, type JsonObject } from '../adapters/files/merge-patch.ts';

/** What one entry of a policy says about one thing, whichever way the document lays it out. */
export type PolicyEntry = {
  readonly file: string;
  /** What it is about, from the outside in: a programme, a price list, a model. */
  readonly names: readonly string[];
  readonly ndc: string | null;
  readonly dates: EntryDates | null;
  /** The first day of the rules that it is part of, where they are dated apart from it. */
  readonly within: string | null;
  /** By path within the entry, such as `refill.thresholdPercent`. */
  readonly values: ReadonlyMap<string, unknown>;
};

export type EntryDates = {
  /** Null while an entry is dormant. */
  readonly effective: string | null;
  readonly terminated: string | null;
  readonly knownFrom: string;
};

/** Keys that say what an entry is about. A new kind of document needs a word here only where its entries have names of another kind. */
const NAMES: readonly string[] = ['id', 'programme', 'basis'];
/** That of an entry which has no other. */
const LAST_NAME = 'model';
const PRODUCTS: readonly string[] = ['ndc', 'ndcs'];
const DATES: readonly string[] = ['effective', 'terminated', 'knownFrom'];
/** Keys for people, who ask for them or not. */
const NOTES: readonly string[] = ['note', 'source'];
/** Everything in a programme is a rule, so it goes without saying. */
const UNSAID: readonly string[] = ['rules'];

type Around = Omit<PolicyEntry, 'ndc'> & { readonly ndcs: readonly string[] };

/** The entries of a policy document, one for each product that is named. It knows no rule: a new one is just another path. */
export function entriesOf(file: string, document: unknown, withNotes: boolean): readonly PolicyEntry[] {
  if (!isObject(document)) return [];
  const around = { file, names: [], ndcs: [], dates: null, within: null, values: new Map() };
  const { values, children } = contentOf(document, withNotes);
  return [
    ...(values.size === 0 ? [] : entriesAbout({ ...around, values })),
    ...children.flatMap((child) => entriesIn(child, around, withNotes)),
  ];
}

/** What has a name, if only that of what it is in, keeps what is said there; what has none says it of each of the entries within. */
function entriesIn(entry: JsonObject, around: Around, withNotes: boolean): readonly PolicyEntry[] {
  const { values, children } = contentOf(entry, withNotes);
  const names = namesOf(entry).flatMap((key) => (typeof entry[key] === 'string' ? [entry[key]] : []));
  const ndcs = PRODUCTS.flatMap((key) => entry[key] ?? []).filter((ndc) => typeof ndc === 'string');
  const dates = datesOf(entry);
  const here: Around = {
    file: around.file,
    names: [...around.names, ...names],
    ndcs: ndcs.length > 0 ? ndcs : around.ndcs,
    dates: dates ?? around.dates,
    within: dates === null ? around.within : (around.dates?.effective ?? null),
    values: new Map([...around.values, ...values]),
  };
  if (children.length === 0) return entriesAbout(here);
  const isNamed = here.names.length > 0;
  const within = isNamed ? { ...here, values: new Map<string, unknown>() } : here;
  return [
    ...(isNamed && here.values.size > 0 ? entriesAbout(here) : []),
    ...children.flatMap((child) => entriesIn(child, within, withNotes)),
  ];
}

const entriesAbout = ({ ndcs, ...common }: Around): readonly PolicyEntry[] =>
  ndcs.length === 0 ? [{ ...common, ndc: null }] : [...new Set(ndcs)].map((ndc) => ({ ...common, ndc }));

function namesOf(entry: JsonObject): readonly string[] {
  const names = NAMES.filter((key) => key in entry);
  return names.length === 0 && LAST_NAME in entry ? [LAST_NAME] : names;
}

function datesOf({ effective, terminated, knownFrom }: JsonObject): EntryDates | null {
  if (effective === undefined || typeof knownFrom !== 'string') return null;
  return { effective: textOrNull(effective), knownFrom, terminated: textOrNull(terminated) };
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

type Content = { readonly values: ReadonlyMap<string, unknown>; readonly children: readonly JsonObject[] };

/** What an object says itself, by path, and the entries within it. */
function contentOf(object: JsonObject, withNotes: boolean): Content {
  const values = new Map<string, unknown>();
  const children: JsonObject[] = [];
  const collect = (part: JsonObject, path: readonly string[]): void => {
    for (const [key, value] of Object.entries(part)) {
      if (NOTES.includes(key) && !withNotes) continue;
      const there = UNSAID.includes(key) ? path : [...path, key];
      if (isListOfEntries(value)) children.push(...value);
      else if (isObject(value)) collect(value, there);
      else values.set(there.join('.'), value);
    }
  };
  collect(object, []);
  for (const key of [...namesOf(object), ...PRODUCTS, ...DATES]) values.delete(key);
  return { values, children };
}

const isListOfEntries = (value: unknown): value is readonly JsonObject[] =>
  Array.isArray(value) && value.length > 0 && value.every(isEntry);

const isEntry = (value: unknown): value is JsonObject =>
  isObject(value) && [...NAMES, ...PRODUCTS, 'effective'].some((key) => key in value);
