import type { AuthorizationFile, PriorAuthorization, Refusal } from '../policy/reference.ts';
import type { PriorAuthorizationRecord } from './records.ts';
import { isSpan, readSpan, writeSpan } from './span.ts';

const KINDS = { DRUG: true, EARLY_REFILL: true } satisfies Record<PriorAuthorization['kind'], true>;

const STATUSES = {
  APPROVED: true,
  IN_REVIEW: true,
  DENIED: true,
  EXHAUSTED: true,
  REPLACED: true,
} satisfies Record<PriorAuthorization['status'], true>;

/** Whether the record says what this version can work with: a word that it does not know might mean "no". */
export const areSoundAuthorizations = ({ authorizations }: PriorAuthorizationRecord): boolean =>
  authorizations.every(
    (authorization) =>
      Object.hasOwn(KINDS, authorization.kind) &&
      Object.hasOwn(STATUSES, authorization.status) &&
      isSpan(authorization),
  );

/** All authorizations of a member, from a record that the decoder has let through. */
export const readPriorAuthorizations = ({ authorizations }: PriorAuthorizationRecord): readonly PriorAuthorization[] =>
  authorizations.map((authorization) => ({ ...authorization, ...readSpan(authorization) }) as PriorAuthorization);

/** The same with the requests that were refused. */
export const readAuthorizationFile = (record: PriorAuthorizationRecord): AuthorizationFile => ({
  authorizations: readPriorAuthorizations(record),
  refusals: record.refusals,
});

/** All authorizations of a member, for their topic. */
export const writePriorAuthorizations = (
  authorizations: readonly PriorAuthorization[],
  refusals: readonly Refusal[] = [],
): PriorAuthorizationRecord => ({
  authorizations: authorizations.map((authorization) => ({ ...authorization, ...writeSpan(authorization) })),
  refusals,
});
