import type { RecordName } from './schema-files.ts';

/** The topics of a deployment by what they are for, and the record that each one carries (TopicNameStrategy, one record type per topic). */
export const TOPICS = {
  claims: { name: 'rx.claims.v1', record: 'Claim' },
  responses: { name: 'rx.claim-responses.v1', record: 'ClaimResponse' },
  rebateEvents: { name: 'rx.rebate-events.v1', record: 'RebateEvent' },
  accounts: { name: 'rx.member-accounts.v1', record: 'MemberAccounts' },
  coverage: { name: 'rx.coverage.v1', record: 'Coverage' },
  authorizationRequests: { name: 'rx.prior-authorization-requests.v1', record: 'PriorAuthorizationRequest' },
  priorAuthorizations: { name: 'rx.prior-authorizations.v1', record: 'PriorAuthorization' },
  participation: { name: 'rx.participation.v1', record: 'Participation' },
  // Dead letters keep the bytes they came with, so they have no schema of their own.
  deadLetters: { name: 'rx.claims-dlq.v1', record: null },
} as const satisfies Record<string, { readonly name: string; readonly record: RecordName | null }>;

export type TopicRole = keyof typeof TOPICS;
const TOPIC_ROLES = Object.keys(TOPICS) as readonly TopicRole[];

export type TopicNames = Readonly<Record<TopicRole, string>>;

/** The names as they are on the broker. The prefix, empty or such as `test1.`, lets several deployments share one. */
export const topicNames = (prefix: string): TopicNames =>
  Object.fromEntries(TOPIC_ROLES.map((role) => [role, `${prefix}${TOPICS[role].name}`])) as TopicNames;

/** The registry's subjects, `<topic>-value`, with the record whose schema is registered there. */
export const valueSubjects = (prefix: string): ReadonlyMap<RecordName, string> =>
  new Map(
    Object.values(TOPICS).flatMap(({ name, record }) => (record === null ? [] : [[record, `${prefix}${name}-value`]])),
  );
