import { isDeepStrictEqual } from 'node:util';

import type { Adjudicated } from '../stream/adjudicate-record.ts';
import type { ClaimResponseRecord } from '../wire/records.ts';
import { minus, movedBy, NO_MONEY, plus, type Legs } from './what-if-money.ts';

/** Where a claim stands: a line of a file, or an offset of a partition. */
export type ClaimPosition = { readonly partition: number | null; readonly number: number };

/** One claim, answered with both policies. */
export type TwoAnswers = { readonly at: ClaimPosition; readonly before: Adjudicated; readonly after: Adjudicated };

/** A claim to look at. No member identity: an authorization number leads to the answer, and the position to the claim. */
export type Sample = {
  readonly at: ClaimPosition;
  /** Null where neither policy pays. */
  readonly authorizationNumber: string | null;
  readonly moved: Legs;
};

/** Claims that are answered otherwise in the same way. */
export type Shift = {
  /** Status (112-AN) and reject codes (511-FB), such as `P` or `R 76 79`. */
  readonly before: string;
  readonly after: string;
  /** What else differs, where status and codes do not. */
  readonly differs: readonly string[];
  readonly claims: number;
  /** Sums of what the later policy moves more than the earlier one. */
  readonly moved: Legs;
  readonly samples: readonly Sample[];
};

export type Tally = {
  readonly claims: number;
  readonly changed: number;
  readonly moved: Legs;
  /** The largest first. */
  readonly shifts: readonly Shift[];
};

const SAMPLES_MAX = 3;

/** Counts what another policy changes. Of each kind of change the first claims are kept, whichever were read first. */
export async function tally(answers: AsyncIterable<TwoAnswers>): Promise<Tally> {
  const shifts = new Map<string, Shift>();
  let claims = 0;
  for await (const answer of answers) {
    claims += 1;
    const shift = shiftOf(answer);
    if (shift === null) continue;
    const key = JSON.stringify([shift.before, shift.after, shift.differs]);
    const known = shifts.get(key);
    shifts.set(key, known ? together(known, shift) : shift);
  }
  const all = [...shifts.values()].sort((one, other) => other.claims - one.claims);
  return {
    claims,
    changed: all.reduce((sum, shift) => sum + shift.claims, 0),
    moved: plus(...all.map(({ moved }) => moved)),
    shifts: all,
  };
}

const together = (one: Shift, other: Shift): Shift => ({
  ...one,
  claims: one.claims + other.claims,
  moved: plus(one.moved, other.moved),
  samples: [...one.samples, ...other.samples]
    .sort(({ at: a }, { at: b }) => (a.partition ?? 0) - (b.partition ?? 0) || a.number - b.number)
    .slice(0, SAMPLES_MAX),
});

function shiftOf({ at, before, after }: TwoAnswers): Shift | null {
  const [was, is] = [before.response, after.response];
  const moved = minus(movedBy(after), movedBy(before));
  const isMoved = !isDeepStrictEqual(moved, NO_MONEY);
  const differs = differencesOf(was, is);
  if (differs.length === 0 && !isMoved) return null;
  const [labelBefore, labelAfter] = [labelOf(was), labelOf(is)];
  return {
    before: labelBefore,
    after: labelAfter,
    differs: labelBefore === labelAfter ? [...new Set([...differs, ...(isMoved ? ['amounts'] : [])])] : [],
    claims: 1,
    moved,
    samples: [{ at, authorizationNumber: is.authorizationNumber ?? was.authorizationNumber, moved }],
  };
}

const labelOf = ({ transactionResponseStatus, rejects }: ClaimResponseRecord): string =>
  [transactionResponseStatus, ...rejects.map(({ rejectCode }) => rejectCode)].join(' ');

const WORDS: Readonly<Partial<Record<keyof ClaimResponseRecord, string>>> = { pricing: 'amounts', rejects: 'texts' };

/** The version of the policy always differs, and changes nothing for anybody. */
function differencesOf(before: ClaimResponseRecord, after: ClaimResponseRecord): readonly string[] {
  const fields = Object.keys(after) as (keyof ClaimResponseRecord)[];
  return fields
    .filter((field) => field !== 'policyVersion' && !isDeepStrictEqual(before[field], after[field]))
    .map((field) => WORDS[field] ?? field);
}
