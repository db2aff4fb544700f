import { isObject, type JsonObject } from '../adapters/files/merge-patch.ts';
import type { AuthorizationDecision } from '../adjudication/decide-prior-authorization.ts';
import { BadScenario, type Asked, type ScenarioExpectation, type ScenarioRequest } from './scenario-format.ts';

/** One answer and the books after it, as JSON, under the names of the expectations. */
export type Answer = {
  readonly status: string;
  readonly rejects: readonly string[];
  readonly messages: readonly string[];
  readonly authorizationNumber: string | null;
  readonly pricing: JsonObject | null;
  readonly flags: readonly string[];
  readonly eligibility: JsonObject | null;
  readonly rebillOf: string | null;
  readonly repriced: readonly JsonObject[];
  readonly rebates: readonly JsonObject[];
  readonly fills: readonly JsonObject[];
  readonly accumulators: readonly JsonObject[];
};

export type Difference = { readonly at: string; readonly expected: unknown; readonly got: unknown };

/** What came before a step: the answers of its case so far, null for a request, and the member's running totals. */
type Before = { readonly answers: readonly (Answer | null)[]; readonly accumulators: readonly JsonObject[] };

type Earlier = (step: number) => Answer;

/** Where an answer is not what was expected. */
export function differencesOf(expectation: ScenarioExpectation, got: Answer, before: Before): readonly Difference[] {
  const { message, authorization, ...asked }: Asked & { readonly status: string } = expectation;
  const earlier: Earlier = (step) => {
    const answer = before.answers[step - 1];
    if (!answer) throw new BadScenario(`no step ${String(step)} with a claim comes before this one`);
    return answer;
  };
  // With another status nothing else is comparable, but why it was refused is worth knowing.
  if (got.status !== asked.status)
    return [{ at: 'status', expected: asked.status, got: [got.status, ...got.rejects].join(' ') }];
  // Who gets neither paid nor accepted moves nothing, whether the file says so or not.
  const still = ['P', 'A'].includes(asked.status) ? {} : { rebates: [], accumulators: before.accumulators };
  return [
    ...compare({ ...still, ...asked, ...inNumbers(asked, earlier) }, got, ''),
    ...(message === undefined ? [] : compareMessage(message, got)),
    ...(authorization === undefined ? [] : compareAuthorization(authorization, got, earlier)),
  ];
}

/** Where a decision on a request is not what was expected. */
export function differencesOfDecision(
  expected: ScenarioRequest['expect'],
  { decision, reasons }: AuthorizationDecision,
): readonly Difference[] {
  const wanted = expected.decision === 'APPROVED' ? [] : expected.reasons;
  return [
    ...(decision === expected.decision ? [] : [{ at: 'decision', expected: expected.decision, got: decision }]),
    ...(reasons.join() === wanted.join() ? [] : [{ at: 'reasons', expected: wanted, got: reasons }]),
  ];
}

/** Steps are named by their place in the case; the answers name authorization numbers and events. */
const inNumbers = ({ rebillOf, repriced, rebates }: Asked, earlier: Earlier): JsonObject => ({
  ...(typeof rebillOf === 'number' && { rebillOf: earlier(rebillOf).authorizationNumber }),
  ...(repriced && {
    repriced: repriced.map(({ ofStep, ...amounts }) => ({
      authorizationNumber: earlier(ofStep).authorizationNumber,
      ...amounts,
    })),
  }),
  ...(rebates && { rebates: rebates.map((rebate) => withEventId(rebate, earlier)) }),
});

function withEventId({ reversesAccrualOfStep, ...rebate }: JsonObject, earlier: Earlier): JsonObject {
  if (reversesAccrualOfStep === undefined) return rebate;
  const accrual = earlier(Number(reversesAccrualOfStep)).rebates.find(({ type }) => type === 'ACCRUAL');
  if (!accrual) throw new BadScenario('the step whose accrual is to be reversed has none');
  return { ...rebate, reverses: accrual['eventId'] };
}

/** Objects are compared in the fields that are expected, lists as a whole. A field that the answer does not have differs. */
function compare(expected: unknown, got: unknown, at: string): readonly Difference[] {
  if (Array.isArray(expected) && Array.isArray(got)) {
    return expected.length === got.length
      ? expected.flatMap((item, index) => compare(item, got[index], `${at} ${String(index + 1)}`))
      : [{ at, expected: sketch(expected), got: sketch(got) }];
  }
  if (isObject(expected) && isObject(got)) {
    return Object.entries(expected).flatMap(([name, value]) =>
      compare(value, got[name], at === '' ? name : `${at}.${name}`),
    );
  }
  return Object.is(expected, got) ? [] : [{ at, expected, got }];
}

/** Whole records would bury what is wrong. */
const sketch = (list: readonly unknown[]): unknown => (list.some(isObject) ? `${String(list.length)} of them` : list);

const compareMessage = (expected: string, { messages }: Answer): readonly Difference[] =>
  messages.some((message) => message.toLowerCase().includes(expected.toLowerCase()))
    ? []
    : [{ at: 'message', expected, got: messages }];

function compareAuthorization(
  expected: NonNullable<Asked['authorization']>,
  { authorizationNumber: got }: Answer,
  earlier: Earlier,
): readonly Difference[] {
  const sameWanted = 'sameAs' in expected;
  const { authorizationNumber } = earlier(sameWanted ? expected.sameAs : expected.differsFrom);
  return (got === authorizationNumber) === sameWanted ? [] : [{ at: 'authorization', expected, got }];
}
