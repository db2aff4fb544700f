import { Money } from '../values/money.ts';
import type { Legs } from './what-if-money.ts';
import type { ClaimPosition, Sample, Shift, Tally } from './what-if-tally.ts';

/** A policy by its folder and version. */
export type Side = { readonly directory: string; readonly version: string };
export type Sides = { readonly present: Side; readonly other: Side };

const HEAD = ['', 'claims', 'patient pays', 'pharmacy is paid', 'manufacturer owes'] as const;
const [, ...AMOUNTS] = HEAD.map(({ length }) => length);

/** For people: what becomes of how many claims and of whose money, with a few claims to look at. */
export function reportOf({ present, other }: Sides, { claims, changed, moved, shifts }: Tally): readonly string[] {
  const rows = shifts.flatMap((shift) => [
    { name: nameOf(shift), claims: String(shift.claims), moved: shift.moved },
    ...shift.samples.map((sample) => ({ name: `  ${sampleName(sample)}`, claims: '', moved: sample.moved })),
  ]);
  const all = [...rows, { name: 'together', claims: String(changed), moved }];
  const width = Math.max(...all.map(({ name }) => name.length));
  const lineOf = (name: string, ...cells: readonly string[]): string =>
    [name.padEnd(width), ...cells.map((cell, index) => cell.padStart((AMOUNTS[index] ?? 0) + 1))].join(' ').trimEnd();
  return [
    `${present.directory} (${present.version}) -> ${other.directory} (${other.version})`,
    `${String(claims)} claims, ${changed === 0 ? 'none' : String(changed)} answered otherwise`,
    ...(changed === 0 ? [] : ['', lineOf(...HEAD)]),
    ...(changed === 0 ? [] : all.map((row) => lineOf(row.name, row.claims, ...legsInWords(row.moved)))),
  ];
}

const nameOf = ({ before, after, differs }: Shift): string =>
  before === after ? `${before}, other ${differs.join(' and ')}` : `${before} -> ${after}`;

const sampleName = ({ at, authorizationNumber }: Sample): string =>
  authorizationNumber === null ? placeOf(at) : `${placeOf(at)} ${authorizationNumber}`;

const placeOf = ({ partition, number }: ClaimPosition): string =>
  partition === null ? `line ${String(number)}` : `${String(partition)}/${String(number)}`;

const legsInWords = ({ patientPay, pharmacyPayment, manufacturerOwed }: Legs): readonly string[] =>
  [patientPay, pharmacyPayment, manufacturerOwed].map((money) =>
    money > 0 ? `+${Money.toText(money)}` : Money.toText(money),
  );

/** For programs: the same, with amounts as text. */
export function reportJson(sides: Sides, { claims, changed, moved, shifts }: Tally): object {
  return {
    ...sides,
    claims,
    changed,
    moved: legsJson(moved),
    shifts: shifts.map((shift) => ({
      ...shift,
      moved: legsJson(shift.moved),
      samples: shift.samples.map((sample) => ({ ...sample, moved: legsJson(sample.moved) })),
    })),
  };
}

const legsJson = ({ patientPay, pharmacyPayment, manufacturerOwed }: Legs) => ({
  patientPay: Money.toText(patientPay),
  pharmacyPayment: Money.toText(pharmacyPayment),
  manufacturerOwed: Money.toText(manufacturerOwed),
});
