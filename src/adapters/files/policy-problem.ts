import type { Ndc, ProgrammeId } from '../../claims/ids.ts';
import { someOf, type Shared } from './shared-by-products.ts';

/** ERROR: the bundle cannot be used. WARNING: it can be, but says something that is probably not meant. */
export type Severity = 'ERROR' | 'WARNING';

/** One mistake of whoever wrote the policy: where it is, what is wrong, and what to do about it. */
export type PolicyProblem = {
  readonly severity: Severity;
  readonly file: string;
  /** Null where it is about no programme, or about a file as a whole. */
  readonly programme: ProgrammeId | null;
  /** What in the file, such as `WAC price` or the path of a value. */
  readonly what: string | null;
  readonly ndc: Ndc | null;
  readonly text: string;
};

type Place = Partial<Omit<PolicyProblem, 'severity' | 'text'>> & Pick<PolicyProblem, 'file'>;

export const error = (place: Place, text: string): PolicyProblem => ({
  ...EVERYWHERE,
  ...place,
  severity: 'ERROR',
  text,
});

export const warning = (place: Place, text: string): PolicyProblem => ({
  ...EVERYWHERE,
  ...place,
  severity: 'WARNING',
  text,
});

const EVERYWHERE = { programme: null, what: null, ndc: null };

/** The same mistake with several products. */
export type SharedProblem = Shared<PolicyProblem>;

/** `WAC price 00002356611, 00002355511, 00002354411 and 3 more: no price from 2027-07-01 …` */
export function sentenceOf({ what, ndcs, text }: SharedProblem): string {
  const subject = [what, someOf(ndcs)].filter((part) => part !== null && part !== '').join(' ');
  return subject === '' ? text : `${subject}: ${text}`;
}
