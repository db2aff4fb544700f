import type { Context } from '../../src/adjudication/context.ts';
import { loadPolicyBundle } from '../../src/adapters/files/policy-bundle.ts';
import { adjudicateRecord, initialAccounts } from '../../src/stream/adjudicate-record.ts';
import type { Accounts } from '../../src/stream/adjudicate-record.ts';
import { readCoverage } from '../../src/wire/coverage.ts';
import { toJson } from '../../src/wire/json.ts';
import { writeAccounts } from '../../src/wire/member-accounts.ts';
import { readParticipation } from '../../src/wire/participation.ts';
import { readPriorAuthorizations } from '../../src/wire/prior-authorizations.ts';
import { readClaim } from '../../src/wire/read-claim.ts';
import type { Records } from '../../src/wire/records.ts';
import type { RecordName } from '../../src/wire/schema-files.ts';
import type { Deployment } from './deployment.ts';
import type { TopicRecord } from '../../src/adapters/kafka/topic-tail.ts';

/** What the topics of a deployment have to hold, as JSON lines in order; the same from the topics and from a run without servers. */
export type Outcome = {
  /** One per claim, with the position of the claim that it answers. */
  readonly answers: readonly string[];
  readonly rebateEvents: readonly string[];
  /** Last accounts of every member that has any, by key. */
  readonly accounts: readonly string[];
  /** The same as the view in Redis has them. */
  readonly view: readonly string[];
};

const json = (name: RecordName, record: Records[RecordName]): string => JSON.stringify(toJson(name, record as never));

/** Adjudicates the claims of the topic in memory, partition by partition in the order of the log: no lanes, no batches, no Redis. */
export async function expectedOutcome(deployment: Deployment): Promise<Outcome> {
  const policy = await loadPolicyBundle('deploy/policy');
  const known = await referenceOf(deployment);
  const accounts = new Map<string, Accounts>();
  const answers: string[] = [];
  const rebateEvents: string[] = [];
  const claims = await deployment.read('claims');
  for (const [index, record] of (await decode(deployment, 'Claim', claims)).entries()) {
    const { partition, offset, key } = claims[index] as TopicRecord;
    const before = accounts.get(key) ?? initialAccounts;
    const context: Context = { policy, participation: known.participation, ...(known.members.get(key) ?? STRANGER) };
    const after = adjudicateRecord({ record, parsed: readClaim(record) }, before, context);
    if (after.accounts !== before) accounts.set(key, after.accounts);
    answers.push(`${String(partition)}/${String(offset)} ${json('ClaimResponse', after.response)}`);
    rebateEvents.push(
      ...after.rebateEvents.map((event) => `${String(partition)}/${String(offset)} ${json('RebateEvent', event)}`),
    );
  }
  const last = [...accounts]
    .map(([key, { sequence, state }]) => `${key} ${json('MemberAccounts', writeAccounts(sequence, state))}`)
    .sort();
  return { answers, rebateEvents, accounts: last, view: last };
}

/** What a read_committed reader sees. */
export async function actualOutcome(deployment: Deployment): Promise<Outcome> {
  const [responses, events, changes] = [
    await deployment.read('responses'),
    await deployment.read('rebateEvents'),
    await deployment.read('accounts'),
  ];
  const answers = (await decode(deployment, 'ClaimResponse', responses)).map(
    (record, index) => `${sourceOf(responses[index])} ${json('ClaimResponse', record)}`,
  );
  const rebates = (await decode(deployment, 'RebateEvent', events)).map(
    (record, index) => `${sourceOf(events[index])} ${json('RebateEvent', record)}`,
  );
  const images = await decode(deployment, 'MemberAccounts', changes);
  const last = new Map(images.map((record, index) => [changes[index]?.key ?? '', record]));
  const members = Map.groupBy(
    new Map(changes.map(({ key, partition }) => [key, partition])),
    ([, partition]) => partition,
  );
  const inView = await deployment.viewed(
    'accounts',
    new Map([...members].map(([partition, entries]) => [partition, entries.map(([key]) => key)])),
  );
  const viewed = await decode(deployment, 'MemberAccounts', inView);
  return {
    answers,
    rebateEvents: rebates,
    accounts: [...last].map(([key, record]) => `${key} ${json('MemberAccounts', record)}`).sort(),
    view: viewed.map((record, index) => `${inView[index]?.key ?? ''} ${json('MemberAccounts', record)}`).sort(),
  };
}

const STRANGER = { coverage: null, priorAuthorizations: [] };

const sourceOf = (record: TopicRecord | undefined): string =>
  `${String(record?.headers['rx.source.partition'])}/${String(record?.headers['rx.source.offset'])}`;

async function referenceOf(deployment: Deployment) {
  const members = new Map<
    string,
    { coverage: Context['coverage']; priorAuthorizations: Context['priorAuthorizations'] }
  >();
  const coverage = await deployment.read('coverage');
  for (const [index, record] of (await decode(deployment, 'Coverage', coverage)).entries()) {
    members.set(coverage[index]?.key ?? '', { coverage: readCoverage(record), priorAuthorizations: [] });
  }
  const authorizations = await deployment.read('priorAuthorizations');
  for (const [index, record] of (await decode(deployment, 'PriorAuthorization', authorizations)).entries()) {
    const key = authorizations[index]?.key ?? '';
    members.set(key, { ...(members.get(key) ?? STRANGER), priorAuthorizations: readPriorAuthorizations(record) });
  }
  const parties = await deployment.read('participation');
  const participants = (await decode(deployment, 'Participation', parties)).map(
    (record, index) => [parties[index]?.key ?? '', readParticipation(record)] as const,
  );
  return { members, participation: new Map(participants) };
}

export async function decode<Name extends RecordName>(
  deployment: Deployment,
  name: Name,
  records: readonly { readonly value: Buffer | null }[],
): Promise<readonly Records[Name][]> {
  const decoded = await deployment.codecs.decoderOf(name)(records.flatMap(({ value }) => value ?? []));
  return decoded.map((result) => {
    if (result.kind !== 'record') throw new Error(`a record of ${name} cannot be read: ${result.reason}`);
    return result.record;
  });
}
