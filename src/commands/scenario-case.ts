import { mergePatch, type JsonObject } from '../adapters/files/merge-patch.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import type { Adjudicated } from '../stream/adjudicate-record.ts';
import { upperText } from '../wire/field-parsers.ts';
import { fromJson, toJson, type Json } from '../wire/json.ts';
import type { ClaimRecord } from '../wire/records.ts';
import { requestAuthorization, requestOf } from './scenario-authorization.ts';
import { differencesOf, differencesOfDecision, type Answer, type Difference } from './scenario-check.ts';
import {
  BadScenario,
  type ScenarioBase,
  type ScenarioCase,
  type ScenarioRequest,
  type ScenarioStep,
} from './scenario-format.ts';
import { changed, deskOf, worldOf } from './scenario-world.ts';

/** What went wrong in one step of a case, from 1. */
export type Failure = { readonly step: number } & Difference;

/** Runs the steps of a case in order through the functions that the stream uses. Throws BadScenario when it cannot. */
export function runCase(scenario: ScenarioCase, base: ScenarioBase, policy: PolicyBundle): readonly Failure[] {
  let world = changed(worldOf(base), scenario.given);
  let accounts: readonly Json[] = [];
  const answers: (Answer | null)[] = [];

  const claimStep = (step: ScenarioStep, id: string): readonly Difference[] => {
    const claim = claimOf(scenario, step, { base, id });
    // One that names no cardholder, as a reversal may, is about the case's own member.
    const owner = upperText(claim.insurance?.cardholderId ?? null) ?? String(world.member.coverage['cardholderId']);
    const desk = deskOf(world, accounts, policy);
    const before = { answers: [...answers], accumulators: booksOf(accounts, owner).accumulators };
    const adjudicated = desk.adjudicate(claim, owner);
    accounts = [...desk.accounts()];
    const got = { ...answerOf(adjudicated), ...booksOf(accounts, owner) };
    answers.push(got);
    return differencesOf(step.expect, got, before);
  };

  const requestStep = (step: ScenarioRequest, id: string): readonly Difference[] => {
    const requested = requestAuthorization(requestOf(step, { base, id }), world, policy);
    world = requested.world;
    answers.push(null);
    return differencesOfDecision(step.expect, requested.decision);
  };

  return scenario.steps.flatMap((step, index) => {
    world = changed(world, step.given);
    const id = `${scenario.id}-${String(index + 1)}`;
    const differences = 'authorizationRequest' in step ? requestStep(step, id) : claimStep(step, id);
    return differences.map((difference) => ({ step: index + 1, ...difference }));
  });
}

/** Unless it says otherwise, every claim is a message of its own and arrives at midday of its date of service. */
function claimOf(
  scenario: ScenarioCase,
  step: ScenarioStep,
  { base, id }: { readonly base: ScenarioBase; readonly id: string },
): ClaimRecord {
  const sent = mergePatch(mergePatch(base.claim, scenario.claim ?? {}), step.claim ?? {});
  const receivedAt = `${String(sent['dateOfService'])}T17:00:00Z`;
  const read = fromJson('Claim', { transmissionId: id, receivedAt, ...sent });
  if (read.kind === 'problems') throw new BadScenario(`claim: ${read.problems.join('; ')}`);
  return read.record;
}

type Books = Pick<Answer, 'fills' | 'accumulators'>;

/** A line of accounts as the desk writes it. */
type AccountsLine = { readonly cardholderId: string; readonly value: Books };

/** What is kept of one member. A total of nothing and no total are the same to a reader. */
function booksOf(accounts: readonly Json[], owner: string): Books {
  const lines = accounts as readonly unknown[] as readonly AccountsLine[];
  const { fills, accumulators } = lines.find(({ cardholderId }) => cardholderId === owner)?.value ?? NO_BOOKS;
  return { fills, accumulators: accumulators.filter(({ amount }) => amount !== '0.00') };
}

const NO_BOOKS: Books = { fills: [], accumulators: [] };

/** A response as JSON has it. */
type ResponseJson = Pick<
  Answer,
  'authorizationNumber' | 'pricing' | 'flags' | 'eligibility' | 'rebillOf' | 'repriced'
> & {
  readonly transactionResponseStatus: string;
  readonly rejects: readonly { readonly rejectCode: string; readonly message: string }[];
};

function answerOf({ response, rebateEvents }: Adjudicated): Omit<Answer, keyof Books> {
  const { transactionResponseStatus, rejects, ...answer } = toJson(
    'ClaimResponse',
    response,
  ) as unknown as ResponseJson;
  return {
    ...answer,
    status: transactionResponseStatus,
    rejects: rejects.map(({ rejectCode }) => rejectCode),
    messages: rejects.map(({ message }) => message),
    rebates: rebateEvents.map((event) => toJson('RebateEvent', event) as JsonObject),
  };
}
