import type { Claim } from '../claims/claim.ts';
import { FIELD_IDS } from '../claims/field-ids.ts';
import type { AuthorizationNumber, ProgrammeId } from '../claims/ids.ts';
import type { RejectCode } from '../claims/reject-codes.ts';
import type { ClaimResponse, Reject } from '../claims/response.ts';
import type { PolicyKey } from '../policy/policy-keys.ts';
import { appliedPolicy, policyNote, policyText, tracedEntries, type TracedEntry } from './applied-policy.ts';
import type { Context } from './context.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import type { Finding, Recorder } from './edit.ts';
import type { Flag } from './flags.ts';
import { ELIGIBILITY_SHEET, PAYER_SHEET } from './payer-sheet.ts';
import { REBILL_SHEET, REVERSAL_SHEET } from './reversal-sheet.ts';
import type { Looked, Row } from './row.ts';
import { seenText, type Sight } from './seen.ts';
import type { MemberState } from './state.ts';
import { route, ROUTING } from './subject.ts';
import { waterfallOf } from './waterfall.ts';
import type { Sum } from './waterfall-sums.ts';

/** What became of a row. */
export type Outcome =
  | { readonly kind: 'PASSED' }
  | { readonly kind: 'REJECTED'; readonly code: RejectCode }
  | { readonly kind: 'NOTED'; readonly flag: Flag }
  | { readonly kind: 'REPEATED'; readonly authorizationNumber: AuthorizationNumber }
  | { readonly kind: 'NOT_ASKED' };

/** A row with what it saw and by what it was judged. Values that name a person or their prescription are masked. */
export type Step = {
  readonly stage: string;
  readonly edit: string;
  readonly outcome: Outcome;
  readonly looksAt: readonly { readonly name: string; readonly id: string | null; readonly value: string | null }[];
  readonly decidedBy: readonly {
    readonly key: PolicyKey;
    readonly value: string | null;
    readonly note: string | null;
  }[];
};

/** Why a claim got its answer. Nothing in it names a person, so that it may be passed on. */
export type Trace = {
  readonly transactionCode: string | null;
  readonly dateOfService: string | null;
  readonly status: ClaimResponse['status'];
  readonly authorizationNumber: string | null;
  /** The fill that a rebill took back. */
  readonly rebillOf: string | null;
  readonly rejects: readonly Reject[];
  readonly flags: readonly string[];
  readonly programme: ProgrammeId | null;
  readonly policyVersion: string;
  readonly entries: readonly TracedEntry[];
  readonly steps: readonly Step[];
  readonly waterfall: readonly Sum[];
};

/** The sheet of each transaction. */
const SHEETS = {
  B1: PAYER_SHEET,
  B2: REVERSAL_SHEET,
  B3: [...REBILL_SHEET, ...PAYER_SHEET],
  E1: ELIGIBILITY_SHEET,
} as const satisfies Record<Claim['transactionCode'], readonly { stage: string; edits: readonly Row[] }[]>;

/** The decision, and why: the rows are heard by a recorder while `decide` asks them, so that the two cannot differ. */
export function explainDecision(
  claim: Claim,
  state: MemberState,
  context: Context,
): { readonly decision: Decision; readonly trace: Trace } {
  const heard = new Map<Row, Heard>();
  const recorder: Recorder = (row, subject, finding) =>
    void heard.set(row, { finding, state: stateOf(subject) ?? state });
  const decision = decide(claim, state, { ...context, recorder });

  const applied = appliedPolicy(claim, context.policy);
  const routed = route(claim, context.policy);
  heard.set(ROUTING, { finding: routed.kind === 'REFUSAL' ? routed : null, state });
  const rows = SHEETS[claim.transactionCode].flatMap(({ stage, edits }) => edits.map((row: Row) => ({ stage, row })));
  const repeated = [...heard.values()].map(({ finding }) => finding).find((finding) => finding?.kind === 'REPEAT');
  return {
    decision,
    trace: {
      transactionCode: claim.transactionCode,
      dateOfService: claim.dateOfService,
      ...answerOf(decision.response),
      programme: applied.programme?.id ?? null,
      entries: tracedEntries(applied),
      steps: [{ stage: ROUTING.edit, row: ROUTING }, ...rows].map(({ stage, row }) => ({
        stage,
        edit: row.edit,
        outcome: outcomeOf(heard.get(row)),
        ...evidenceOf(row, { claim, context, applied, state: heard.get(row)?.state ?? state }),
      })),
      waterfall: waterfallOf({
        claim,
        state,
        context,
        applied,
        events: decision.events,
        repeated: repeated?.fill ?? null,
      }),
    },
  };
}

/** What a row found, and the state that it saw: the new half of a rebill is judged as if its original had never been. */
type Heard = { readonly finding: Finding | null; readonly state: MemberState };

const stateOf = (subject: object): MemberState | null =>
  'state' in subject ? (subject as { readonly state: MemberState }).state : null;

function outcomeOf(heard: Heard | undefined): Outcome {
  if (heard === undefined) return { kind: 'NOT_ASKED' };
  const { finding } = heard;
  switch (finding?.kind) {
    case undefined:
      return { kind: 'PASSED' };
    case 'REFUSAL':
      return { kind: 'REJECTED', code: finding.code };
    case 'NOTE':
      return { kind: 'NOTED', flag: finding.flag };
    case 'REPEAT':
      return { kind: 'REPEATED', authorizationNumber: finding.fill.authorizationNumber };
  }
}

const evidenceOf = ({ looksAt, decidedBy }: Row, sight: Sight): Pick<Step, 'looksAt' | 'decidedBy'> => ({
  looksAt: looksAt.map((looked) => ({ name: looked, id: idOf(looked), value: seenText(looked, sight) })),
  decidedBy: decidedBy.map((key) => ({
    key,
    value: policyText(key, sight.applied),
    note: policyNote(key, sight.applied),
  })),
});

const idOf = (looked: Looked): string | null => (FIELD_IDS as Readonly<Record<string, string>>)[looked] ?? null;

const answerOf = (
  response: ClaimResponse,
): Pick<Trace, 'status' | 'authorizationNumber' | 'rebillOf' | 'rejects' | 'flags' | 'policyVersion'> => ({
  status: response.status,
  authorizationNumber: 'authorizationNumber' in response ? response.authorizationNumber : null,
  rebillOf: 'rebillOf' in response ? response.rebillOf : null,
  rejects: response.status === 'R' ? response.rejects : [],
  flags: 'flags' in response ? response.flags : [],
  policyVersion: response.policyVersion,
});
