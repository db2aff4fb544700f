import { spanText } from '../../adjudication/applied-policy.ts';
import type { AuthorizationTrace, CriteriaStep } from '../../adjudication/authorization-trace.ts';
import { column, entryLines, listed, pair, section, TITLE, WIDTH, wrapped } from './page.ts';

const REASON = 29;
const OUTCOME = 13;

/** The trace of a request for people: the decision, what led to it, then every criterion and the policy. */
export const authorizationText = (trace: AuthorizationTrace): string =>
  [
    ...decisionLines(trace),
    ...section('WHY', [...trace.steps.filter(isDecisive).flatMap(decisiveLines), ...noteLines(trace)]),
    ...section('EVERY CRITERION; all of them are asked of every request', trace.steps.flatMap(stepLines)),
    ...section('POLICY in force on the day of the request', trace.entry === null ? [] : entryLines(trace.entry)),
  ].join('\n');

function decisionLines(trace: AuthorizationTrace): readonly string[] {
  const { requestId, drugFamily, decision, wrongFields, claimReject, onFile, repeated, replaces } = trace;
  return [
    [`request ${requestId}`, ...(drugFamily === null ? [] : [`for ${drugFamily}`]), decision].join('  '),
    ...(repeated ? ['  decided before: that decision again, whatever the criteria say by now'] : []),
    ...trace.reasons.map((reason) => `  ${reason}`),
    ...wrongFields.map((name) => `  cannot be decided by its field ${name}`),
    ...(claimReject === null ? [] : [`  a claim is answered with ${claimReject.code}: ${claimReject.message}`]),
    ...(onFile === null ? [] : [`on file ${onFile.status}, ${spanText(onFile)}`]),
    ...(replaces === 0 ? [] : [`in the place of ${String(replaces)} earlier on the same drug`]),
    `programme ${trace.programme ?? 'none'}, policy ${trace.policyVersion}`,
  ];
}

const isDecisive = ({ outcome }: CriteriaStep): boolean => outcome !== 'PASSED';

const decisiveLines = ({ reason, outcome, looksAt, decidedBy }: CriteriaStep): readonly string[] => [
  `${reason}  ${WORDS[outcome]}`,
  ...column(
    'looked at',
    looksAt.flatMap(({ name, value }) => pair(name, value ?? 'nothing was said')),
  ),
  ...column(
    'decided by',
    decidedBy.flatMap(({ key, value }) => pair(key, value ?? 'not asked')),
  ),
];

const WORDS = {
  PASSED: 'passed',
  DENIES: 'denies',
  LEAVES_OPEN: 'leaves it open',
} as const satisfies Record<CriteriaStep['outcome'], string>;

/** In a list of many those stand out that did not pass. */
const outcomeWord = (outcome: CriteriaStep['outcome']): string =>
  outcome === 'PASSED' ? 'passed' : outcome.replace('_', ' ');

/** The evidence for the criteria, where something was decided by them. */
const noteLines = ({ note, steps }: AuthorizationTrace): readonly string[] =>
  note === null || !steps.some(isDecisive) ? [] : column('note', wrapped(note, WIDTH - TITLE));

function stepLines({ reason, outcome, looksAt, decidedBy }: CriteriaStep): readonly string[] {
  const begin = `${reason.padEnd(REASON)}${outcomeWord(outcome).padEnd(OUTCOME)}`;
  const saw = looksAt.map(({ name, value }) => `${name} ${value ?? '-'}`).join(', ');
  const by = decidedBy.map(({ key, value }) => `${key} ${value ?? '-'}`).join(', ');
  const width = WIDTH - REASON - OUTCOME;
  return [...(saw === '' ? [] : listed(saw, width)), ...listed(`by ${by}`, width)].map(
    (line, index) => `${index === 0 ? begin : ' '.repeat(REASON + OUTCOME)}${line}`,
  );
}
