import { z } from 'zod';

import type { Context } from '../adjudication/context.ts';
import { participationKey } from '../policy/participation-keys.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import type { Coverage, Participation, PriorAuthorization } from '../policy/reference.ts';
import { adjudicateRecord, initialAccounts } from '../stream/adjudicate-record.ts';
import type { Accounts, Adjudicated } from '../stream/adjudicate-record.ts';
import { isSoundCoverage, readCoverage } from '../wire/coverage.ts';
import { upperText } from '../wire/field-parsers.ts';
import { fromJson, toJson } from '../wire/json.ts';
import type { Json } from '../wire/json.ts';
import { readAccounts, writeAccounts } from '../wire/member-accounts.ts';
import { isSoundParticipation, readParticipation } from '../wire/participation.ts';
import { areSoundAuthorizations, readPriorAuthorizations } from '../wire/prior-authorizations.ts';
import { readClaim } from '../wire/read-claim.ts';
import type { ClaimRecord, Records } from '../wire/records.ts';
import type { RecordName } from '../wire/schema-files.ts';
import { TOPICS } from '../wire/topics.ts';

/** A record of a compacted topic as a line of a file. The cardholder stands in for the key, which no file can know. */
const ReferenceLine = z.strictObject({
  topic: z.enum([
    TOPICS.coverage.name,
    TOPICS.priorAuthorizations.name,
    TOPICS.participation.name,
    TOPICS.accounts.name,
  ]),
  cardholderId: z.string().optional(),
  value: z.unknown(),
});

type Member = {
  readonly coverage: Coverage | null;
  readonly priorAuthorizations: readonly PriorAuthorization[];
  readonly accounts: Accounts;
};

const STRANGER: Member = { coverage: null, priorAuthorizations: [], accounts: initialAccounts };

/** What the view in Redis is to a worker, for the claims of a file: kept in memory, and gone with the process. */
export type FileDesk = {
  /** Takes one line of reference data. Answers what is wrong with it: paths and expectations, no values. */
  learn(json: unknown): readonly string[];
  /** `owner` is the cardholder of a record that names none, as the key of its message is on the stream. */
  adjudicate(record: ClaimRecord, owner?: string): Adjudicated;
  /** What a claim would be decided on now. */
  lookUp(record: ClaimRecord): { readonly accounts: Accounts; readonly context: Context };
  /** The accounts of everybody who has any, as lines that `learn` takes. */
  accounts(): Generator<Json>;
};

export function fileDesk(policy: PolicyBundle): FileDesk {
  const members = new Map<string, Member>();
  const participation = new Map<string, Participation>();
  const memberOf = (cardholderId: string): Member => members.get(cardholderId) ?? STRANGER;
  const change = (cardholderId: string, changes: Partial<Member>): void => {
    members.set(cardholderId, { ...memberOf(cardholderId), ...changes });
  };

  const lookUp = (cardholderId: string): { readonly accounts: Accounts; readonly context: Context } => {
    const { accounts, coverage, priorAuthorizations } = memberOf(cardholderId);
    return { accounts, context: { policy, coverage, priorAuthorizations, participation } };
  };

  return {
    learn: (json) => {
      const line = ReferenceLine.safeParse(json);
      if (!line.success)
        return line.error.issues.map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`);
      const { topic, value } = line.data;
      const cardholderId = upperText(line.data.cardholderId ?? null);
      switch (topic) {
        case TOPICS.participation.name:
          return take('Participation', value, (record) => {
            if (!isSoundParticipation(record)) return [UNSOUND];
            const party = readParticipation(record);
            participation.set(participationKey(party), party);
            return [];
          });
        case TOPICS.coverage.name:
          return take('Coverage', value, (record) => {
            if (!isSoundCoverage(record)) return [UNSOUND];
            change(upperText(record.cardholderId) ?? '', { coverage: readCoverage(record) });
            return [];
          });
        case TOPICS.priorAuthorizations.name:
          return take('PriorAuthorization', value, (record) => {
            if (cardholderId === null) return [WHOSE];
            if (!areSoundAuthorizations(record)) return [UNSOUND];
            change(cardholderId, { priorAuthorizations: readPriorAuthorizations(record) });
            return [];
          });
        case TOPICS.accounts.name:
          return take('MemberAccounts', value, (record) => {
            if (cardholderId === null) return [WHOSE];
            change(cardholderId, { accounts: readAccounts(record) });
            return [];
          });
      }
    },
    adjudicate: (record, owner = '') => {
      const cardholderId = cardholderOf(record) ?? owner;
      const { accounts, context } = lookUp(cardholderId);
      const adjudicated = adjudicateRecord({ record, parsed: readClaim(record) }, accounts, context);
      if (adjudicated.accounts !== accounts) change(cardholderId, { accounts: adjudicated.accounts });
      return adjudicated;
    },
    lookUp: (record) => lookUp(cardholderOf(record) ?? ''),
    accounts: () => accountLines(members),
  };
}

function* accountLines(members: ReadonlyMap<string, Member>): Generator<Json> {
  for (const [cardholderId, { accounts }] of members) {
    if (accounts === initialAccounts) continue;
    const value = toJson('MemberAccounts', writeAccounts(accounts.sequence, accounts.state));
    yield { topic: TOPICS.accounts.name, cardholderId, value };
  }
}

const cardholderOf = ({ insurance }: ClaimRecord): string | null => upperText(insurance?.cardholderId ?? null);

const UNSOUND = 'value: a word or a span of days that this version does not know';
const WHOSE = 'cardholderId: missing';

function take<Name extends RecordName>(
  name: Name,
  json: unknown,
  use: (record: Records[Name]) => readonly string[],
): readonly string[] {
  const read = fromJson(name, json);
  return read.kind === 'problems' ? read.problems.map((problem) => `value: ${problem}`) : use(read.record);
}
