import type { TopicRecord } from '../../adapters/kafka/topic-tail.ts';
import type { Codecs } from '../../adapters/registry/registry-codec.ts';
import type { Context } from '../../adjudication/context.ts';
import type { Trace } from '../../adjudication/trace.ts';
import type { PolicyBundle } from '../../policy/policy-bundle.ts';
import { adjudicateRecord, initialAccounts, type Accounts, type Adjudicated } from '../../stream/adjudicate-record.ts';
import { readCoverage } from '../../wire/coverage.ts';
import { toJson } from '../../wire/json.ts';
import { readParticipation } from '../../wire/participation.ts';
import { readPriorAuthorizations } from '../../wire/prior-authorizations.ts';
import { readClaim } from '../../wire/read-claim.ts';
import type { ClaimRecord, ClaimResponseRecord, Records } from '../../wire/records.ts';
import type { RecordName } from '../../wire/schema-files.ts';
import { explainRecord } from './explain-record.ts';
import type { Answer, MemberRecords } from './member-records.ts';

export type Replay = {
  readonly trace: Trace;
  /** Whether the replay came to the answer that was published, policy versions aside. */
  readonly agrees: boolean;
  /** Earlier claims of the member that came to another answer: then the accounts may be others than they were. */
  readonly othersDiffer: number;
};

type Decided = { readonly adjudicated: Adjudicated; readonly context: Context; readonly agrees: boolean };

/** Decides the claims of a member again, in their order, up to the one that is asked about. */
export async function replay(
  records: MemberRecords,
  asked: Answer,
  { codecs, policy }: { readonly codecs: Pick<Codecs, 'decoderOf'>; readonly policy: PolicyBundle },
): Promise<Replay | null> {
  const { claims, answers } = records;
  const reference = await referenceIn(records, codecs);
  const opened = await decoded(
    codecs,
    'Claim',
    claims.filter(({ offset }) => offset <= asked.offset && answers.has(offset)),
  );
  let accounts = initialAccounts;
  let othersDiffer = 0;
  for (const { at, record } of opened) {
    if (record === null) continue;
    const answer = answers.get(at.offset) ?? asked;
    const { adjudicated, context, agrees } = decide(record, accounts, { answer, reference, policy });
    if (at.offset === asked.offset) return { trace: explainRecord(record, accounts, context), agrees, othersDiffer };
    othersDiffer += agrees ? 0 : 1;
    accounts = adjudicated.accounts;
  }
  return null;
}

/**
 * What was on file when a claim was decided is what had been appended by then. Compaction may have taken that away since, so that a
 * record which came later stands in for it where, with it, the replay comes to the answer that was published.
 */
function decide(
  record: ClaimRecord,
  accounts: Accounts,
  {
    answer,
    reference,
    policy,
  }: { readonly answer: Answer; readonly reference: Reference; readonly policy: PolicyBundle },
): Decided {
  const decideOn = (onFile: Omit<Context, 'policy'>): Decided => {
    const context = { policy, ...onFile };
    const adjudicated = adjudicateRecord({ record, parsed: readClaim(record) }, accounts, context);
    return { adjudicated, context, agrees: comparable(adjudicated.response) === comparable(answer.response) };
  };
  const asItWas = decideOn(reference(({ timestamp }) => timestamp <= answer.timestamp));
  if (asItWas.agrees) return asItWas;
  const asItIs = decideOn(reference(() => true));
  return asItIs.agrees ? asItIs : asItWas;
}

const comparable = (response: ClaimResponseRecord): string =>
  JSON.stringify(toJson('ClaimResponse', { ...response, policyVersion: '' }));

/** The last record of each kind among those that count. */
type Reference = (counts: (record: TopicRecord) => boolean) => Omit<Context, 'policy'>;

async function referenceIn(records: MemberRecords, codecs: Pick<Codecs, 'decoderOf'>): Promise<Reference> {
  const coverage = await decoded(codecs, 'Coverage', records.coverage);
  const authorizations = await decoded(codecs, 'PriorAuthorization', records.priorAuthorizations);
  const participation = await decoded(codecs, 'Participation', records.participation);
  return (counts) => {
    const cover = coverage.findLast(({ at }) => counts(at))?.record;
    const authorized = authorizations.findLast(({ at }) => counts(at))?.record;
    const last = new Map(participation.filter(({ at }) => counts(at)).map(({ at, record }) => [at.key, record]));
    return {
      coverage: cover ? readCoverage(cover) : null,
      priorAuthorizations: authorized ? readPriorAuthorizations(authorized) : [],
      participation: new Map([...last].flatMap(([key, record]) => (record ? [[key, readParticipation(record)]] : []))),
    };
  };
}

type Opened<T> = { readonly at: TopicRecord; readonly record: T };

/** A tombstone is a record of nothing. What cannot be decoded is left out, as the view leaves it out. */
async function decoded<Name extends RecordName>(
  codecs: Pick<Codecs, 'decoderOf'>,
  name: Name,
  records: readonly TopicRecord[],
): Promise<readonly Opened<Records[Name] | null>[]> {
  const results = await codecs.decoderOf(name)(records.map(({ value }) => value ?? NOTHING));
  return records.flatMap((at, index): readonly Opened<Records[Name] | null>[] => {
    if (at.value === null) return [{ at, record: null }];
    const result = results[index];
    return result?.kind === 'record' ? [{ at, record: result.record }] : [];
  });
}

const NOTHING = Buffer.alloc(0);
