import type { Context } from '../adjudication/context.ts';
import { readCoverage } from '../wire/coverage.ts';
import type { Decode } from '../wire/decoder.ts';
import { readAccounts } from '../wire/member-accounts.ts';
import { readParticipation } from '../wire/participation.ts';
import { readPriorAuthorizations } from '../wire/prior-authorizations.ts';
import { initialAccounts } from './adjudicate-record.ts';
import type { Accounts } from './adjudicate-record.ts';
import type { Batch } from './batch.ts';
import { Fault } from './fault.ts';
import type { LaneParts } from './lane-parts.ts';
import type { ReadAnswer, ReadRequest } from './ports.ts';

/** What a batch knows of one member; `accounts` moves on as the batch decides claim after claim. */
export type Member = {
  readonly partition: number;
  readonly memberKey: string;
  readonly context: Context;
  accounts: Accounts;
};

/** The distinct members of a batch; every partition is asked, for its mark. */
export function membersOf(
  { records }: Batch,
  readable: readonly { readonly partition: number; readonly memberKey: string }[],
): ReadRequest['members'] {
  const members = new Map([...records.keys()].map((partition) => [partition, new Set<string>()]));
  for (const { partition, memberKey } of readable) members.get(partition)?.add(memberKey);
  return new Map([...members].map(([partition, keys]) => [partition, [...keys]]));
}

/** The members of one batch by partition and key: what the view says of them, decoded once. */
export async function openMembers(
  { codec, policy }: LaneParts,
  answer: ReadAnswer,
): Promise<ReadonlyMap<string, Member>> {
  const asked = [...answer.members].flatMap(([partition, views]) =>
    [...views].map(([memberKey, view]) => ({ partition, memberKey, view })),
  );
  const { decode } = codec;
  const [accounts, coverage, authorizations, participants] = await Promise.all([
    decoded(
      decode.accounts,
      asked.map(({ view }) => view.accounts),
    ),
    decoded(
      decode.coverage,
      asked.map(({ view }) => view.coverage),
    ),
    decoded(
      decode.priorAuthorizations,
      asked.map(({ view }) => view.priorAuthorizations),
    ),
    decoded(decode.participation, [...answer.participants.values()]),
  ]);
  const participation = new Map(
    [...answer.participants.keys()].flatMap((key, index) => {
      const record = participants[index];
      return record ? [[key, readParticipation(record)] as const] : [];
    }),
  );
  return new Map(
    asked.map(({ partition, memberKey }, index) => {
      const [account, cover, authorization] = [accounts[index], coverage[index], authorizations[index]];
      const context: Context = {
        policy,
        coverage: cover ? readCoverage(cover) : null,
        priorAuthorizations: authorization ? readPriorAuthorizations(authorization) : [],
        participation,
      };
      const member: Member = {
        partition,
        memberKey,
        context,
        accounts: account ? readAccounts(account) : initialAccounts,
      };
      return [memberId(partition, memberKey), member] as const;
    }),
  );
}

export const memberId = (partition: number, memberKey: string): string => `${String(partition)}/${memberKey}`;

/** Only readable records get into the view, so one that is not means that the view is not what we wrote: it is restored. */
export async function decoded<T>(
  decode: Decode<T>,
  values: readonly (Buffer | null)[],
): Promise<readonly (T | null)[]> {
  const results = await decode(values.filter((value) => value !== null));
  let next = 0;
  return values.map((value) => {
    if (value === null) return null;
    const result = results[next++];
    if (result?.kind !== 'record') throw new Fault('the view holds a value that is not ours', { retryable: true });
    return result.record;
  });
}
