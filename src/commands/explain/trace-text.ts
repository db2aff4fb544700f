import type { Outcome, Step, Trace } from '../../adjudication/trace.ts';
import type { Line, Sum } from '../../adjudication/waterfall-sums.ts';
import { REJECTS, type RejectCode } from '../../claims/reject-codes.ts';
import { Money } from '../../values/money.ts';
import { column, entryLines, listed, NAME, pair, section, TITLE, WIDTH, wrapped } from './page.ts';

const EDIT = 21;
const OUTCOME = 14;

const TEXTS: ReadonlyMap<RejectCode, string> = new Map<RejectCode, string>(
  REJECTS.map(({ code, text }) => [code, text]),
);

const STATUS_WORDS: Readonly<Record<Trace['status'], string>> = {
  P: 'paid',
  D: 'paid before: the first answer again',
  A: 'accepted',
  S: 'reversed before: the first answer again',
  R: 'rejected',
};

/** A trace for a pharmacist: first the answer, then what led to it, then every edit, the policy and the money. */
export const traceText = (trace: Trace): string =>
  [
    ...answerLines(trace),
    ...section('WHY', trace.steps.filter(isDecisive).flatMap(decisiveLines)),
    ...section('MONEY', trace.waterfall.flatMap(sumLines)),
    ...section('EVERY EDIT, in the order in which they are asked', trace.steps.flatMap(stepLines)),
    ...section('POLICY in force on the two days of the claim', trace.entries.flatMap(entryLines)),
    '',
    '***  is there and is not shown.  "policy" in a note: no public rule is known, the value is our choice.',
  ].join('\n');

const answerLines = (trace: Trace): readonly string[] => [
  [
    trace.transactionCode ?? 'a claim without a transaction code',
    ...(trace.dateOfService === null ? [] : [`of ${trace.dateOfService}`]),
    `${trace.status} ${STATUS_WORDS[trace.status]}`,
    ...(trace.authorizationNumber === null ? [] : [`authorization ${trace.authorizationNumber}`]),
    ...(trace.rebillOf === null ? [] : [`in place of ${trace.rebillOf}`]),
  ].join('  '),
  ...trace.rejects.map(({ code, message }) => `  ${code.padEnd(4)}${TEXTS.get(code) ?? ''}: ${message}`),
  ...trace.flags.map((flag) => `  ${flag}`),
  `programme ${trace.programme ?? 'none'}, policy ${trace.policyVersion}`,
];

/** What stopped the claim, or was worth a flag. */
const isDecisive = ({ outcome }: Step): boolean => outcome.kind !== 'PASSED' && outcome.kind !== 'NOT_ASKED';

const decisiveLines = ({ edit, outcome, looksAt, decidedBy }: Step): readonly string[] => [
  `${edit}  ${outcomeText(outcome)}`,
  ...column(
    'looked at',
    looksAt.flatMap(({ name, id, value }) => pair(nameOf(name, id), value ?? (id === null ? 'nothing' : 'not sent'))),
  ),
  ...column(
    'decided by',
    decidedBy.flatMap(({ key, value }) => pair(key, value ?? 'none')),
  ),
  ...column(
    'note',
    [...new Set(decidedBy.flatMap(({ note }) => note ?? []))].flatMap((note) => wrapped(note, WIDTH - TITLE)),
  ),
];

const nameOf = (name: string, id: string | null): string => (id === null ? name : `${name} ${id}`);

function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'PASSED':
      return 'passed';
    case 'REJECTED':
      return `REJECTED ${outcome.code} ${TEXTS.get(outcome.code) ?? ''}`.trimEnd();
    case 'NOTED':
      return `passed, with the flag ${outcome.flag}`;
    case 'REPEATED':
      return `answered before, as ${outcome.authorizationNumber}`;
    case 'NOT_ASKED':
      return 'not asked';
  }
}

function stepLines({ edit, outcome, looksAt, decidedBy }: Step): readonly string[] {
  const begin = `${edit.padEnd(EDIT)}${outcomeWord(outcome).padEnd(OUTCOME)}`;
  if (outcome.kind === 'NOT_ASKED') return [begin.trimEnd()];
  const saw = looksAt.map(({ name, value }) => `${name} ${value ?? '-'}`).join(', ');
  const by = decidedBy.map(({ key, value }) => `${key} ${value ?? '-'}`).join(', ');
  const width = WIDTH - EDIT - OUTCOME;
  const lines = [...listed(saw, width), ...(by === '' ? [] : listed(`by ${by}`, width))];
  return lines.map((line, index) => `${index === 0 ? begin : ' '.repeat(EDIT + OUTCOME)}${line}`);
}

const outcomeWord = (outcome: Outcome): string =>
  outcome.kind === 'REJECTED' ? `REJECTED ${outcome.code}` : outcome.kind.toLowerCase().replace('_', ' ');

/** A sum on its own, with an empty line before the next. */
const sumLines = ({ parts, total }: Sum, index: number): readonly string[] => [
  ...(index === 0 ? [] : ['']),
  ...parts.map((part) => amountLine(' ', part)),
  amountLine('=', total),
];

const amountLine = (sign: string, { label, amount }: Line): string =>
  `${sign} ${label.padEnd(WIDTH - NAME)}${Money.toText(amount).padStart(12)}`;
