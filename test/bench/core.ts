import { loadPolicyBundle } from '../../src/adapters/files/policy-bundle.ts';
import type { Context } from '../../src/adjudication/context.ts';
import { step } from '../../src/adjudication/decide.ts';
import { initialMemberState } from '../../src/adjudication/state.ts';
import type { MemberState } from '../../src/adjudication/state.ts';
import type { Claim } from '../../src/claims/claim.ts';
import { participationKey } from '../../src/policy/participation-keys.ts';
import { readCoverage } from '../../src/wire/coverage.ts';
import { readParticipation } from '../../src/wire/participation.ts';
import { readPriorAuthorizations } from '../../src/wire/prior-authorizations.ts';
import { readClaim } from '../../src/wire/read-claim.ts';
import { synthetic } from './synthetic-claims.ts';

export type Core = { readonly claims: number; readonly cpuMicrosecondsPerClaim: number };

type Case = { readonly owner: string; readonly claim: Claim; readonly context: Context };

/** So many runs of all claims are for the compiler alone, and of so many the one in the middle counts. */
const RUNS = { warmUp: 3, measured: 7 };

/** The pure core alone: decide and evolve of claims that have been read, with their members' state in a map. */
export async function measureCore(claims: number): Promise<Core> {
  const cases = await casesOf(claims);
  for (let run = 0; run < RUNS.warmUp; run += 1) adjudicateAll(cases);
  const runs = Array.from({ length: RUNS.measured }, () => {
    const before = process.cpuUsage();
    adjudicateAll(cases);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / cases.length;
  }).sort((one, other) => one - other);
  return { claims: cases.length, cpuMicrosecondsPerClaim: runs[Math.floor(RUNS.measured / 2)] ?? NaN };
}

function adjudicateAll(cases: readonly Case[]): void {
  const states = new Map<string, MemberState>();
  for (const { owner, claim, context } of cases) {
    states.set(owner, step(claim, states.get(owner) ?? initialMemberState, context).state);
  }
}

/** Claims with wrong fields never reach the core, so they are left out. */
async function casesOf(count: number): Promise<readonly Case[]> {
  const policy = await loadPolicyBundle('deploy/policy');
  const { reference, claims } = synthetic(Math.ceil(count / 10));
  const parties = reference.participation.map(readParticipation);
  const participation = new Map(parties.map((party) => [participationKey(party), party]));
  const stranger: Context = { policy, coverage: null, priorAuthorizations: [], participation };
  const contexts = new Map<string, Context>();
  for (const { cardholderId, coverage, priorAuthorization } of reference.files) {
    const priorAuthorizations = priorAuthorization ? readPriorAuthorizations(priorAuthorization) : [];
    contexts.set(cardholderId, { ...stranger, coverage: readCoverage(coverage), priorAuthorizations });
  }
  return [...claims.take(count)].flatMap(({ record }) => {
    const parsed = readClaim(record);
    const owner = record.insurance?.cardholderId ?? '';
    return parsed.kind === 'claim' ? [{ owner, claim: parsed.claim, context: contexts.get(owner) ?? stranger }] : [];
  });
}
