import { mergePatch } from '../../adapters/files/merge-patch.ts';
import { fromJson } from '../../wire/json.ts';
import type { ClaimRecord } from '../../wire/records.ts';
import { TOPICS } from '../../wire/topics.ts';
import { BadScenario } from '../scenario-format.ts';
import type { ScenarioBase, ScenarioCase } from '../scenario-format.ts';
import { changed, worldOf } from '../scenario-world.ts';
import { loadScenarios } from '../scenarios.ts';
import type { LoadedCase } from '../scenarios.ts';
import { syntheticMbi } from '../synthetic/identities.ts';
import type { ReferenceLine } from './keyed-records.ts';

/** A case with its claims in order. */
export type Planted = {
  readonly id: string;
  readonly why: string;
  readonly claims: readonly ClaimRecord[];
  readonly reference: readonly ReferenceLine[];
};

/** Numbers that no member of a synthetic world has. */
const FIRST_MEMBER = 200_000_000;

/** Reads a file of acceptance cases, gives each a member of its own, and makes its claims. Throws BadScenario. */
export const readPlanted = (file: string): readonly Planted[] =>
  loadScenarios([file])
    .flatMap(({ cases }) => cases)
    .map((one, index) => plant(one, syntheticMbi(FIRST_MEMBER + index)));

function plant({ scenario, base }: LoadedCase, cardholderId: string): Planted {
  const { id, why, steps } = scenario;
  const own = ofMember(base, cardholderId);
  const { member, participation } = changed(worldOf(own), scenario.given);
  const patched = { ...own, claim: mergePatch(own.claim, scenario.claim ?? {}) };
  return {
    id,
    why,
    claims: steps.map((step, index) => claimOf(patched, step, `${id}-${String(index + 1)}`)),
    reference: [
      { topic: TOPICS.coverage.name, value: member.coverage },
      {
        topic: TOPICS.priorAuthorizations.name,
        cardholderId,
        value: { authorizations: Object.values(member.authorizations) },
      },
      ...Object.values(participation).map((value) => ({ topic: TOPICS.participation.name, value })),
    ],
  };
}

const ofMember = ({ claim, member, ...base }: ScenarioBase, cardholderId: string): ScenarioBase => ({
  ...base,
  claim: mergePatch(claim, { insurance: { cardholderId } }),
  member: { ...member, coverage: mergePatch(member.coverage, { cardholderId }) },
});

/** As in a file of cases, every claim arrives at midday of its date of service, unless it says otherwise. */
function claimOf(base: ScenarioBase, step: ScenarioCase['steps'][number], transmissionId: string): ClaimRecord {
  if ('authorizationRequest' in step) throw new BadScenario(`${transmissionId}: only claims can be planted`);
  const sent = mergePatch(base.claim, step.claim ?? {});
  const read = fromJson('Claim', { transmissionId, receivedAt: `${String(sent['dateOfService'])}T17:00:00Z`, ...sent });
  if (read.kind === 'problems') throw new BadScenario(`${transmissionId}: ${read.problems.join('; ')}`);
  return read.record;
}
