import type { Source } from './ports.ts';

/** The same question of every topic that a lane reads. */
export const perSource = <Value>(value: (source: Source) => Value): Readonly<Record<Source, Value>> => ({
  claims: value('claims'),
  authorizationRequests: value('authorizationRequests'),
  accounts: value('accounts'),
  coverage: value('coverage'),
  priorAuthorizations: value('priorAuthorizations'),
  participation: value('participation'),
});
