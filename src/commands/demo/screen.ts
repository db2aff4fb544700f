import type { Percentiles } from './answer-times.ts';
import type { Proof } from './proof.ts';
import type { Streamed } from './stream-claims.ts';
import type { Count, PlantedAnswer, PlantedCase } from './summary.ts';

/** What the demo has found, for `--json` as it is. */
export type Outcome = {
  readonly planted: readonly PlantedCase[];
  readonly statuses: readonly Count[];
  readonly rejects: readonly (Count & { readonly text: string })[];
  readonly times: Streamed['times'];
  readonly proof: Proof;
};

const REJECTS_SHOWN = 8;

const STATUS_WORDS: Readonly<Record<string, string>> = {
  P: 'paid',
  D: 'paid before',
  A: 'reversed',
  S: 'reversed before',
  R: 'rejected',
};

/** For people, in at most 110 columns. */
export const screen = ({ planted, statuses, rejects, times, proof }: Outcome): string =>
  [
    '',
    'THE PLANTED CLAIMS                    pharmacy is paid  patient pays  manufacturer owes',
    ...planted.flatMap(caseLines),
    '',
    'ALL CLAIMS',
    `  ${statuses.map(({ code, count }) => `${code} ${STATUS_WORDS[code] ?? ''} ${String(count)}`).join(', ')}`,
    ...rejects
      .slice(0, REJECTS_SHOWN)
      .map(({ code, count, text }) => `  ${String(count).padStart(6)}  ${code.padEnd(4)}${text}`),
    '',
    'FROM DUE TO ANSWERED, as a read_committed reader sees it; everything has only just been started',
    `  before the kill   ${timesLine(times.undisturbed)}`,
    `  all of them       ${timesLine(times.all)}`,
    '',
    'THE PROOF, from the topics read back with read_committed',
    ...proofLines(proof),
    '',
    proof.holds ? 'Every claim was answered exactly once.' : 'THE PROOF FAILS.',
  ].join('\n');

const caseLines = ({ id, why, answers }: PlantedCase): readonly string[] => [
  '',
  `  ${id.padEnd(6)}${why}`,
  ...answers.map(answerLine),
];

function answerLine(answer: PlantedAnswer): string {
  const { transactionCode, dateOfService, status, rejects } = answer;
  const word = status === null ? 'no answer' : `${status} ${STATUS_WORDS[status] ?? ''}`;
  const codes = rejects.map(({ code }) => code).join(' ');
  const begin = `        ${transactionCode ?? ''} ${dateOfService ?? ''}  ${`${word} ${codes}`.padEnd(16)}`;
  return `${begin}${moved(answer)}`;
}

function moved({ status, legs, flags, rejects }: PlantedAnswer): string {
  if (rejects.length > 0) return rejects.map(({ message }) => message).join(' / ');
  if (status === 'D') return 'the first answer again, and nothing moves';
  if (!legs) return '';
  const { pharmacyIsPaid, patientPays, manufacturerOwes } = legs;
  return `${pharmacyIsPaid.padStart(15)}${patientPays.padStart(14)}${manufacturerOwes.padStart(19)}  ${flags.join(' ')}`.trimEnd();
}

const timesLine = ({ count, p50, p99, most }: Percentiles): string =>
  `${String(count).padStart(6)} answers   p50 ${ms(p50)}   p99 ${ms(p99)}   slowest ${ms(most)}`;

const ms = (milliseconds: number): string => `${milliseconds.toFixed(1).padStart(7)} ms`;

const proofLines = (proof: Proof): readonly string[] =>
  (
    [
      ['claims in', proof.claims, ''],
      ['answers out', proof.answers, 'each names its claim by partition and offset'],
      ['duplicates', proof.duplicates, ''],
      ['missing', proof.missing, ''],
      ['dead letters', proof.deadLetters, ''],
      ['rebate events', proof.rebateEvents, ''],
      ['ledger sum', proof.ledgerSum, 'debits less credits of all rebate events'],
      ['differences', proof.differences, 'from the same claims adjudicated in memory, without a server'],
    ] as const
  ).map(([name, value, about]) => `  ${name.padEnd(16)}${String(value).padStart(8)}   ${about}`.trimEnd());
