import type { PriorAuthorizationRequest } from '../claims/prior-authorization-request.ts';
import type { DrugFamily, ProgrammeId } from '../claims/ids.ts';
import type { AuthorizationReason, ClinicalCriteria } from '../policy/clinical-criteria.ts';
import { criteriaNote, criteriaText, type CriteriaKey } from '../policy/criteria-keys.ts';
import { messageText, type WordedCode } from '../policy/messages.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import type { PriorAuthorization } from '../policy/reference.ts';
import { Bmi } from '../values/bmi.ts';
import { invariant } from '../values/invariant.ts';
import { tracedEntry, type TracedEntry } from './applied-policy.ts';
import { authorize, criteriaFor, type Authorized } from './authorize.ts';
import { CRITERIA_EDITS, type CriteriaEdit } from './clinical-criteria-edits.ts';
import type { Stated } from './conditions.ts';
import { denies, type AuthorizationOutcome } from './decide-prior-authorization.ts';

/** A criterion with what the request states and by what it was judged. */
export type CriteriaStep = {
  readonly reason: AuthorizationReason;
  readonly outcome: 'PASSED' | 'DENIES' | 'LEAVES_OPEN';
  readonly looksAt: readonly { readonly name: Stated; readonly value: string | null }[];
  readonly decidedBy: readonly { readonly key: CriteriaKey; readonly value: string | null }[];
};

/** Why a request got its decision. Nothing in it names the patient or the prescriber, so that it may be passed on. */
export type AuthorizationTrace = {
  readonly requestId: string;
  readonly drugFamily: DrugFamily | null;
  readonly programme: ProgrammeId | null;
  readonly policyVersion: string;
  readonly decision: AuthorizationOutcome | 'REFUSED';
  readonly reasons: readonly string[];
  /** Of a request that nobody could decide. */
  readonly wrongFields: readonly string[];
  /** What a claim is answered with after the decision; null where it lets the claim through. */
  readonly claimReject: { readonly code: WordedCode; readonly message: string } | null;
  readonly onFile: Pick<PriorAuthorization, 'status' | 'effective' | 'terminated'> | null;
  /** The request was decided before: that decision again, whatever the criteria say by now. */
  readonly repeated: boolean;
  /** Earlier decisions on the same drug that this one takes the place of. */
  readonly replaces: number;
  readonly entry: TracedEntry | null;
  readonly note: string | null;
  readonly steps: readonly CriteriaStep[];
};

/** The decision on a request, and why: every row is told, with what it saw. */
export function explainAuthorization(
  request: PriorAuthorizationRequest,
  existing: readonly PriorAuthorization[],
  policy: PolicyBundle,
): { readonly authorized: Authorized; readonly trace: AuthorizationTrace } {
  const authorized = authorize(request, existing, policy);
  const asked = criteriaFor(request, policy);
  const { requestId, drugFamily } = request;
  const about = { requestId, drugFamily, policyVersion: policy.version };
  if (authorized.kind === 'refused') return { authorized, trace: refusedTrace(about, authorized.fields) };
  invariant(asked.kind === 'asked', 'a request that is decided is decided by criteria');

  const { criteria } = asked;
  const { decision, authorization } = authorized.decision;
  const { status, effective, terminated } = authorization;
  return {
    authorized,
    trace: {
      ...about,
      programme: authorization.programme,
      decision,
      reasons: authorized.decision.reasons,
      wrongFields: [],
      claimReject: rejectAfter(authorization, policy),
      onFile: { status, effective, terminated },
      repeated: authorized.authorizations === existing,
      replaces: authorized.authorizations.filter(
        (entry, index) => entry !== existing[index] && entry.status === 'REPLACED',
      ).length,
      entry: tracedEntry('criteria', criteria.programme, criteria),
      note: criteriaNote(criteria),
      steps: CRITERIA_EDITS.map((edit) => stepOf(edit, request, criteria)),
    },
  };
}

/** The trace of a request that cannot be read, or that no criteria are for. */
export const refusedTrace = (
  about: Pick<AuthorizationTrace, 'requestId' | 'drugFamily' | 'policyVersion'>,
  wrongFields: readonly string[],
): AuthorizationTrace => ({
  ...about,
  programme: null,
  decision: 'REFUSED',
  reasons: [],
  wrongFields,
  claimReject: null,
  onFile: null,
  repeated: false,
  replaces: 0,
  entry: null,
  note: null,
  steps: [],
});

function stepOf(
  { reason, grounds, fails }: CriteriaEdit,
  request: PriorAuthorizationRequest,
  criteria: ClinicalCriteria,
): CriteriaStep {
  const { looksAt, decidedBy } = grounds(criteria);
  const failing = denies(reason) ? 'DENIES' : 'LEAVES_OPEN';
  return {
    reason,
    outcome: fails(request, criteria) ? failing : 'PASSED',
    looksAt: looksAt.map((name) => ({ name, value: STATED_TEXTS[name](request) })),
    decidedBy: decidedBy.map((key) => ({ key, value: criteriaText(key, criteria) })),
  };
}

/** What a claim for the drug meets once the decision is on file. */
function rejectAfter(
  { status, reason }: PriorAuthorization,
  { messages }: PolicyBundle,
): AuthorizationTrace['claimReject'] {
  if (status === 'APPROVED') return null;
  const code = status === 'IN_REVIEW' ? '3W' : '3Y';
  return { code, message: messageText(messages, code, reason) };
}

const yesOrNo = (answer: boolean | null): string | null => (answer === null ? null : answer ? 'yes' : 'no');

/** Answers as text; null where nothing was said. */
const STATED_TEXTS: Readonly<Record<Stated, (request: PriorAuthorizationRequest) => string | null>> = {
  drugFamily: ({ drugFamily }) => drugFamily,
  patientAge: ({ patientAge }) => `${String(patientAge)} years`,
  intendedUse: ({ intendedUse }) => intendedUse,
  bmiAtInitiation: ({ bmiAtInitiation }) => Bmi.toText(bmiAtInitiation),
  lifestyleProgram: ({ lifestyleProgram }) => yesOrNo(lifestyleProgram),
  currentPartDGlp1: ({ currentPartDGlp1 }) => yesOrNo(currentPartDGlp1),
  partDGlp1Years: ({ partDGlp1Years }) => partDGlp1Years.join(', ') || 'none',
  typeTwoDiabetes: ({ typeTwoDiabetes }) => yesOrNo(typeTwoDiabetes),
  sleepApnea: ({ sleepApnea }) => sleepApnea,
  mashFibrosis: ({ mashFibrosis }) => mashFibrosis,
  heartFailurePreservedEf: ({ heartFailurePreservedEf }) => yesOrNo(heartFailurePreservedEf),
  bloodPressure: ({ bloodPressure }) =>
    bloodPressure &&
    `${String(bloodPressure.systolic)}/${String(bloodPressure.diastolic)} under ${String(bloodPressure.antihypertensivesTogether)} drugs`,
  chronicKidneyDisease: ({ chronicKidneyDisease }) => chronicKidneyDisease,
  prediabetes: ({ prediabetes }) => yesOrNo(prediabetes),
  priorMyocardialInfarction: ({ priorMyocardialInfarction }) => yesOrNo(priorMyocardialInfarction),
  priorStroke: ({ priorStroke }) => yesOrNo(priorStroke),
  symptomaticArteryDisease: ({ symptomaticArteryDisease }) => yesOrNo(symptomaticArteryDisease),
};
