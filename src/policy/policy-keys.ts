import { Money } from '../values/money.ts';
import type { ProgrammeRules } from './programme-rules.ts';

/** A value of the rules by its path, as `docs/policy.md` writes it: `cap.amount`, `supply.monthlySupplies[].daysMax`. */
export type RuleKey = KeysOf<ProgrammeRules>;

/** The keys of the other documents that edits and prices rest on. `effective` and its like are those of the programme's rules. */
export type EntryKey =
  | 'programmes[].routing.binNumber'
  | 'programmes[].routing.processorControlNumber'
  | 'effective'
  | 'terminated'
  | 'knownFrom'
  | `products[].${'drugFamily' | 'unitOfMeasure' | 'daysSupply' | 'dosageForm' | 'labelAgeMin' | 'breakable' | 'repackaged'}`
  | `products[].packages[].${'ndc' | 'packageQuantity'}`
  | `listings[].${'covered' | 'reject' | 'reason' | 'model' | 'carvedOut'}`;

export type PolicyKey = RuleKey | EntryKey;

/** By class or level: looked up by what the claim is, and not told as a whole. */
type Table = ReadonlyMap<string, unknown>;
type Leaf = string | number | boolean | RegExp | null;
type KeysOf<T> = T extends unknown ? { [K in keyof T & string]: KeyOf<K, NonNullable<T[K]>> }[keyof T & string] : never;
type KeyOf<K extends string, V> = V extends Leaf
  ? K
  : V extends Table
    ? never
    : V extends readonly (infer Item)[]
      ? Item extends Leaf
        ? K
        : `${K}[].${KeysOf<Item>}`
      : `${K}.${KeysOf<V>}`;

type MoneyKeysOf<T> = T extends unknown
  ? { [K in keyof T & string]: MoneyKeyOf<K, NonNullable<T[K]>> }[keyof T & string]
  : never;
type MoneyKeyOf<K extends string, V> = V extends Money
  ? K
  : V extends Leaf | Table
    ? never
    : V extends readonly (infer Item)[]
      ? Item extends Money
        ? K
        : `${K}[].${MoneyKeysOf<Item>}`
      : `${K}.${MoneyKeysOf<V>}`;

/** Cents are numbers like any others, so that the compiler keeps the list of those rules that are money. */
const MONEY_KEYS: ReadonlySet<string> = new Set(
  Object.keys({
    'reimbursement.dispensingFee': true,
    'costShare.preferred': true,
    'costShare.nonPreferred': true,
    'costShare.federalMaximum.preferred': true,
    'costShare.federalMaximum.nonPreferred': true,
    'costShare.deductible': true,
    'costShare.outOfPocketThreshold': true,
    'cap.amount': true,
    'rebates[].formula.netPerMonth': true,
  } satisfies Record<MoneyKeysOf<ProgrammeRules>, true>),
);

/** The value of a rule as the documents write it; lists with commas, null where there is none. */
export function ruleText(rules: ProgrammeRules, key: RuleKey): string | null {
  const values = valuesAt(rules, key.split('.'));
  const text = MONEY_KEYS.has(key) ? (value: unknown) => Money.toText(value as Money) : plainText;
  const known = values.filter((value) => value !== null && value !== undefined);
  if (known.length === 0 && values.length > 0) return null;
  return known.map(text).join(', ') || 'none';
}

/** What the bundle says of the section that a rule stands in: its evidence, and what of it is our own choice. */
export function ruleNote(rules: ProgrammeRules, key: RuleKey): string | null {
  const [section] = valuesAt(rules, key.split('.').slice(0, 1));
  // The notes of the documents are for people, so that the types of the rules do not know them.
  const note = typeof section === 'object' && section !== null && 'note' in section ? section.note : null;
  return typeof note === 'string' ? note : null;
}

const plainText = (value: unknown): string => (value instanceof RegExp ? value.source : String(value));

function valuesAt(value: unknown, [step, ...rest]: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, step === undefined ? [] : [step, ...rest]));
  if (step === undefined || value === null || value === undefined) return [value];
  return valuesAt((value as Readonly<Record<string, unknown>>)[step.replace('[]', '')], rest);
}
