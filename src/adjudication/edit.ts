import type { Reject, Rejects } from '../claims/response.ts';
import { messageText, type Messages, type WordedCode } from '../policy/messages.ts';
import type { CalendarDate } from '../values/calendar-date.ts';
import type { Flag } from './flags.ts';
import type { Row } from './row.ts';
import type { Fill } from './state.ts';

/** What an edit has to say about a claim; most say nothing, which is null. */
export type Finding = Refusal | Note | Repeat;

/** The claim is refused. */
export type Refusal = {
  readonly kind: 'REFUSAL';
  readonly code: WordedCode;
  /** Chooses among the texts of one code. */
  readonly reason: string | null;
  /** The day from which the same claim passes, where there is one. */
  readonly nextFillDate: CalendarDate | null;
};

/** The claim passes, and somebody downstream wants to know this about it. */
export type Note = { readonly kind: 'NOTE'; readonly flag: Flag };

/** The claim has been paid already: the first answer is repeated, and no later edit is asked. */
export type Repeat = { readonly kind: 'REPEAT'; readonly fill: Fill };

/** One row of the payer sheet: what there is to say of it, and the rule. */
export type Edit<Subject> = Row & { readonly check: (subject: Subject) => Finding | null };

/** Rows whose rejects are told together. */
export type Stage<Subject> = { readonly stage: string; readonly edits: readonly Edit<Subject>[] };

export type Verdict =
  | { readonly kind: 'PASSED'; readonly flags: readonly Flag[] }
  | { readonly kind: 'REPEATED'; readonly fill: Fill }
  | { readonly kind: 'REJECTED'; readonly rejects: Rejects };

/** Told of every row that was asked, of whom, and of what it found: a trace is written by the run that decides, and by no other. */
export type Recorder = (row: Row, subject: object, finding: Finding | null) => void;

/** Whose words a refusal is put into, and who listens: nobody on the stream. */
type Asking = { readonly policy: { readonly messages: Messages }; readonly recorder?: Recorder };

/** Reject Count (510-FA). */
const REJECTS_MAX = 5;

export const refuse = (
  code: WordedCode,
  reason: string | null = null,
  nextFillDate: CalendarDate | null = null,
): Refusal => ({
  kind: 'REFUSAL',
  code,
  reason,
  nextFillDate,
});

export const note = (flag: Flag): Note => ({ kind: 'NOTE', flag });

/** Puts a refusal into the words of the policy. */
export const rejectOf = (edit: string, { code, reason, nextFillDate }: Refusal, messages: Messages): Reject => ({
  code,
  edit,
  message: messageText(messages, code, reason).replace('{nextFillDate}', nextFillDate ?? ''),
});

/** Rejects are collected inside a stage and never across stages: nobody asks about the product of a patient without coverage. */
export function examine<Subject extends object>(
  stages: readonly Stage<Subject>[],
  subject: Subject,
  asking: Asking,
): Verdict {
  const { policy, recorder } = asking;
  const flags: Flag[] = [];
  const rejects: Reject[] = [];
  for (const { edits } of stages) {
    for (const row of edits) {
      const finding = row.check(subject);
      if (recorder !== undefined) recorder(row, subject, finding);
      if (finding === null) continue;
      if (finding.kind === 'REPEAT') return { kind: 'REPEATED', fill: finding.fill };
      if (finding.kind === 'NOTE') flags.push(finding.flag);
      else if (rejects.length < REJECTS_MAX) rejects.push(rejectOf(row.edit, finding, policy.messages));
    }
    if (isSome(rejects)) return { kind: 'REJECTED', rejects };
  }
  return { kind: 'PASSED', flags };
}

const isSome = (rejects: Reject[]): rejects is [Reject, ...Reject[]] => rejects.length > 0;
