import { expect } from 'vitest';

import type { CardholderId } from '../../src/claims/ids.ts';
import type { PriorAuthorizationRequest } from '../../src/claims/prior-authorization-request.ts';
import type { AuthorizationFile } from '../../src/policy/reference.ts';
import type { LogRecord } from '../../src/stream/ports.ts';
import { readAuthorizationFile } from '../../src/wire/prior-authorizations.ts';
import type { PriorAuthorizationRecord } from '../../src/wire/records.ts';
import { aRequest } from '../builders.ts';
import { LaneWorld } from './lane-world.ts';

export const MEMBER = aRequest().cardholderId;
export const OTHER = '1EG4TE5MK72' as CardholderId;

export type Stated = Partial<PriorAuthorizationRequest>;
/** Ways to state something that is not approved. */
export const DENIED = { typeTwoDiabetes: true };
export const INCOMPLETE = { lifestyleProgram: null };
export const REFUSED = { patientAge: 131 };

/** A lane on whose topic these requests wait. */
export function aWorld(...requests: readonly Stated[]): LaneWorld {
  const world = new LaneWorld();
  for (const request of requests) ask(world, request);
  return world;
}

export function ask(world: LaneWorld, changes: Stated): void {
  const request = aRequest(changes);
  world.send('authorizationRequests', world.keys.ofCardholder(request.cardholderId), request);
}

export const fileIn = ({ value }: Pick<LogRecord, 'value'>): AuthorizationFile =>
  readAuthorizationFile(JSON.parse(String(value)) as PriorAuthorizationRecord);

/** Offset of the request that a record answers; undefined where somebody else wrote it. */
export const sourceOf = ({ headers }: LogRecord): Buffer | string | undefined => headers['rx.source.offset'];

export const statusesIn = ({ authorizations }: AuthorizationFile): readonly string[] =>
  authorizations.map(({ requestId, status }) => `${requestId ?? 'theirs'} ${status}`);

/** What the last record on the topic has of a member. */
export function onFile(world: LaneWorld, cardholderId: CardholderId = MEMBER): AuthorizationFile {
  const key = world.keys.ofCardholder(cardholderId);
  const last = world.read('priorAuthorizations').findLast((record) => String(record.key) === key);
  if (!last) throw new Error('the member has no record');
  return fileIn(last);
}

/** The view is the end of the log, key by key. */
export function expectViewToBeTheLog(world: LaneWorld): void {
  const last = new Map(world.read('priorAuthorizations').map(({ key, value }) => [String(key), value]));
  expect(world.viewed('priorAuthorizations')).toEqual(last);
}
