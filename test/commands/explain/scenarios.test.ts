import { describe, expect, test } from 'vitest';

import { parsePolicyBundle, patchVersions, readPolicy } from '../../../src/adapters/files/policy-bundle.ts';
import { mergePatch } from '../../../src/adapters/files/merge-patch.ts';
import { explainDecision } from '../../../src/adjudication/trace.ts';
import { explainRecord } from '../../../src/commands/explain/explain-record.ts';
import { traceText } from '../../../src/commands/explain/trace-text.ts';
import { requestAuthorization, requestOf } from '../../../src/commands/scenario-authorization.ts';
import { changed, deskOf, worldOf } from '../../../src/commands/scenario-world.ts';
import { type LoadedCase, loadScenarios } from '../../../src/commands/scenarios.ts';
import { fromJson, type Json } from '../../../src/wire/json.ts';
import { readClaim } from '../../../src/wire/read-claim.ts';
import { waterfallFaults } from '../../properties/waterfall-faults.ts';

const raw = await readPolicy('deploy/policy');
const cases = loadScenarios(['test/scenarios']).flatMap((file) => file.cases);

/** Explains every claim of a case on what the claims before it have left. Those of other members are theirs. */
function* explained({ scenario, base }: LoadedCase) {
  const { dates, policy: rules } = scenario;
  const { binNumber, processorControlNumber } = { ...base.claim, ...scenario.claim };
  const routing = { binNumber, processorControlNumber };
  const policy = parsePolicyBundle(patchVersions(raw, routing, { ...dates, ...(rules && { rules }) }));
  let world = changed(worldOf(base), scenario.given);
  let accounts: readonly Json[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    world = changed(world, step.given);
    if ('authorizationRequest' in step) {
      const request = requestOf(step, { base, id: String(index) });
      ({ world } = requestAuthorization(request, world, policy));
      continue;
    }
    const sent = mergePatch(mergePatch(base.claim, scenario.claim ?? {}), step.claim ?? {});
    const receivedAt = `${String(sent['dateOfService'])}T17:00:00Z`;
    const read = fromJson('Claim', { transmissionId: String(index), receivedAt, ...sent });
    if (read.kind === 'problems') throw new Error(read.problems.join());
    const desk = deskOf(world, accounts, policy);
    const before = desk.lookUp(read.record);
    desk.adjudicate(read.record);
    accounts = [...desk.accounts()];
    yield { record: read.record, ...before };
  }
}

describe('the claims of the acceptance case', () => {
  test.each(cases.map((one) => ({ ...one, id: one.scenario.id })))('$id are explained by sums that add up', (one) => {
    for (const { record, accounts, context } of explained(one)) {
      const parsed = readClaim(record);
      if (parsed.kind === 'claim') {
        const { decision, trace } = explainDecision(parsed.claim, accounts.state, context);
        expect(waterfallFaults(trace, decision.response)).toEqual([]);
      }
      const text = traceText(explainRecord(record, accounts, context));
      const { cardholderId = null } = record.insurance ?? {};
      if (cardholderId !== null && cardholderId.length > 4) expect(text).not.toContain(cardholderId);
    }
  });
});
