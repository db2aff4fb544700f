import { isObject, mergePatch, type JsonObject } from '../adapters/files/merge-patch.ts';
import type { AuthorizationDecision } from '../adjudication/decide-prior-authorization.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import type { PriorAuthorization } from '../policy/reference.ts';
import { authorizeRecord } from '../stream/authorize-record.ts';
import { fromJson, toJson } from '../wire/json.ts';
import {
  areSoundAuthorizations,
  readPriorAuthorizations,
  writePriorAuthorizations,
} from '../wire/prior-authorizations.ts';
import type { PriorAuthorizationRequestRecord } from '../wire/records.ts';
import { BadScenario, type ScenarioBase, type ScenarioRequest } from './scenario-format.ts';
import { authorizationsOf, withAuthorizations, type World } from './scenario-world.ts';

/** Decides the request of a step, and puts the decision on file in the world. Throws BadScenario when it cannot. */
export function requestAuthorization(
  request: PriorAuthorizationRequestRecord,
  world: World,
  policy: PolicyBundle,
): { readonly decision: AuthorizationDecision; readonly world: World } {
  const cardholderId = request.cardholderId ?? '';
  const named = Object.entries(authorizationsOf(world, cardholderId)).filter(([, entry]) => isObject(entry));
  const authorized = authorizeRecord(request, onFile(named.map(([, entry]) => entry)), policy);
  if (authorized.kind === 'refused') throw new BadScenario(`authorizationRequest: ${authorized.fields.join(', ')}`);
  const names = named.map(([name]) => name);
  const { authorizations } = toJson('PriorAuthorization', writePriorAuthorizations(authorized.authorizations)) as {
    readonly authorizations: readonly JsonObject[];
  };
  // A decision is put behind those that are there, so that these keep the names by which a later step may change them.
  const after = Object.fromEntries(authorizations.map((entry, index) => [names[index] ?? request.requestId, entry]));
  return { decision: authorized.decision, world: withAuthorizations(world, cardholderId, after) };
}

/** Unless it says otherwise, every request is a new one. */
export function requestOf(
  { authorizationRequest }: ScenarioRequest,
  { base, id }: { readonly base: ScenarioBase; readonly id: string },
): PriorAuthorizationRequestRecord {
  const sent = mergePatch(base.authorizationRequest ?? {}, authorizationRequest);
  const read = fromJson('PriorAuthorizationRequest', { requestId: id, ...sent });
  if (read.kind === 'problems') throw new BadScenario(`authorizationRequest: ${read.problems.join('; ')}`);
  return read.record;
}

function onFile(authorizations: readonly unknown[]): readonly PriorAuthorization[] {
  const read = fromJson('PriorAuthorization', { authorizations });
  if (read.kind === 'problems') throw new BadScenario(`authorizations: ${read.problems.join('; ')}`);
  if (!areSoundAuthorizations(read.record))
    throw new BadScenario('authorizations: a word or a span of days is unknown');
  return readPriorAuthorizations(read.record);
}
