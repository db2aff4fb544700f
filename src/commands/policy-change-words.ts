import { isObject } from '../adapters/files/merge-patch.ts';
import { someOf, type Shared } from '../adapters/files/shared-by-products.ts';
import type { PolicyChange } from './policy-changes.ts';

/** `product 00169452414: package price WAC from 2027-01-01 1349.02 -> 675.00` */
export function changeInWords(change: Shared<PolicyChange>): string {
  const { ndcs, names, file } = change;
  const said = saidOf(change);
  if (ndcs.length > 0) {
    const products = `${ndcs.length === 1 ? 'product' : 'products'} ${someOf(ndcs)}`;
    return `${products}: ${joined(' ', whatOf(change), ...names, whenOf(change), said)}`;
  }
  const [name = file, ...others] = names;
  // What is said of a programme without naming a file are its rules.
  const subject = names.length === 0 || file === 'programmes.json' ? name : `${name} ${stemOf(file)}`;
  const what = change.kind === 'CHANGED' ? whatOf(change) : '';
  return `${joined(', ', subject, whenOf(change))}: ${joined(' ', what, ...others, said)}`;
}

const joined = (by: string, ...parts: readonly string[]): string => parts.filter((part) => part !== '').join(by);

const whatOf = (change: Shared<PolicyChange>): string =>
  change.kind === 'CHANGED' ? wordsOf(change.path) : stemOf(change.file);

const stemOf = (file: string): string => file.replace(/\.json$/, '');

/** Most keys say themselves what they are. */
const wordsOf = (path: string): string =>
  path === 'perPackage' ? 'package price' : path.replace(/^messages\./, 'text ');

/** An entry that changes is named by its first day; one that comes or goes, by all of them. */
function whenOf({ dates, within, kind }: Shared<PolicyChange>): string {
  const rules = within === null ? '' : `in the rules of ${within}`;
  if (dates === null) return rules;
  const { effective, terminated } = dates;
  const first = effective === null ? 'dormant' : `from ${effective}`;
  const last = kind === 'CHANGED' || terminated === null ? '' : `to ${terminated}`;
  return joined(' ', first, last, rules);
}

/** A claim that was received before its entry was known is decided without it, which only matters to fills before that day. */
function saidOf(change: Shared<PolicyChange>): string {
  const { dates } = change;
  const said =
    change.kind === 'CHANGED'
      ? fromTo(change.before, change.after)
      : `${change.kind.toLowerCase()}${valuesOf(change.values)}`;
  return dates?.effective && dates.knownFrom > dates.effective ? `${said}, if received from ${dates.knownFrom}` : said;
}

function fromTo(before: unknown, after: unknown): string {
  if (!isPlainList(before) || !isPlainList(after)) return `${textOf(before)} -> ${textOf(after)}`;
  const added = after.filter((item) => !before.includes(item)).map(textOf);
  const dropped = before.filter((item) => !after.includes(item)).map(textOf);
  if (added.length + dropped.length === 0) return `${textOf(before)} -> ${textOf(after)}`;
  return [
    ...(added.length > 0 ? [`adds ${added.join(', ')}`] : []),
    ...(dropped.length > 0 ? [`drops ${dropped.join(', ')}`] : []),
  ].join(' and ');
}

const isPlainList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && !value.some((item) => isObject(item));

const textOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' && /^[^\s",]+$/.test(value) ? value : JSON.stringify(value);
};

/** More would bury that there is an entry more, or less. */
const SHOWN = 8;

function valuesOf(values: Readonly<Record<string, unknown>>): string {
  const all = Object.entries(values);
  if (all.length > SHOWN) return `, with ${String(all.length)} values`;
  return all.length === 0 ? '' : `: ${all.map(([path, value]) => `${wordsOf(path)} ${textOf(value)}`).join(', ')}`;
}
