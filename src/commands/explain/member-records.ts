import { openTopicTail, type TopicRecord, type TopicTailOptions } from '../../adapters/kafka/topic-tail.ts';
import type { Codecs } from '../../adapters/registry/registry-codec.ts';
import type { ClaimResponseRecord } from '../../wire/records.ts';
import type { TopicNames } from '../../wire/topics.ts';

export type Position = { readonly partition: number; readonly offset: number };

/** How a claim of the topic is named: by its place, or by the authorization number of its answer. */
export type Wanted = Position | { readonly authorization: string };

export type Answer = Position & {
  readonly memberKey: string;
  readonly response: ClaimResponseRecord;
  /** When it was appended, epoch milliseconds. */
  readonly timestamp: number;
};

/** Where claims and their answers are read from. */
export type Source = Pick<TopicTailOptions, 'kafka'> & { readonly topics: TopicNames; readonly codecs: Codecs };

/** All that the topics have of one member, up to now, and the participation of everybody; the claims of one partition alone. */
export type MemberRecords = {
  readonly claims: readonly TopicRecord[];
  readonly answers: ReadonlyMap<number, Answer>;
  readonly coverage: readonly TopicRecord[];
  readonly priorAuthorizations: readonly TopicRecord[];
  readonly participation: readonly TopicRecord[];
};

/** The answer to a claim; of several with one authorization number the first, which paid it. Null when there is none. */
export async function findAnswer(source: Source, wanted: Wanted): Promise<Answer | null> {
  const { kafka, topics } = source;
  const records = await readTopics(
    kafka,
    [topics.responses],
    'authorization' in wanted ? mentions(wanted.authorization) : answers(wanted),
  );
  const found = (await answersIn(source, records)).filter(
    ({ response }) => !('authorization' in wanted) || response.authorizationNumber === wanted.authorization,
  );
  return found.find(({ response }) => response.transactionResponseStatus === 'P') ?? found[0] ?? null;
}

/** Text stands in the bytes as it is; what only looks like the number is sorted out after decoding. */
const mentions =
  (authorization: string) =>
  ({ value }: TopicRecord): boolean =>
    value?.includes(authorization) ?? false;

const answers =
  ({ partition, offset }: Position) =>
  (record: TopicRecord): boolean =>
    sourceOf(record).partition === partition && sourceOf(record).offset === offset;

/** The topics are read a second time: only now is it known whose records they are, and nobody's else are kept. */
export async function readMember(source: Source, { memberKey, partition }: Answer): Promise<MemberRecords> {
  const { kafka, topics } = source;
  const { claims, responses, coverage, priorAuthorizations, participation } = topics;
  const records = await readTopics(
    kafka,
    [claims, responses, coverage, priorAuthorizations, participation],
    (record) => record.topic === participation || (record.key === memberKey && record.partition === partition),
  );
  const of = (topic: string): readonly TopicRecord[] =>
    records.filter((record) => record.topic === topic).sort((one, other) => one.offset - other.offset);
  const answered = await answersIn(source, of(responses));
  return {
    claims: of(claims),
    answers: new Map(answered.map((answer) => [answer.offset, answer])),
    coverage: of(coverage),
    priorAuthorizations: of(priorAuthorizations),
    participation: of(participation),
  };
}

async function readTopics(
  kafka: Source['kafka'],
  topics: readonly string[],
  keep: (record: TopicRecord) => boolean,
): Promise<readonly TopicRecord[]> {
  const kept: TopicRecord[] = [];
  const onRecords = (records: readonly TopicRecord[]): void => void kept.push(...records.filter(keep));
  const tail = await openTopicTail({ kafka, topics, onRecords });
  try {
    await tail.caughtUp();
  } finally {
    await tail.close();
  }
  return kept;
}

/** The place of the claim that an answer was given to. */
const sourceOf = ({ headers }: TopicRecord): Position => ({
  partition: Number(headers['rx.source.partition']),
  offset: Number(headers['rx.source.offset']),
});

async function answersIn({ codecs }: Source, records: readonly TopicRecord[]): Promise<readonly Answer[]> {
  const decoded = await codecs.decoderOf('ClaimResponse')(records.map(({ value }) => value ?? NOTHING));
  return records.flatMap((record, index) => {
    const result = decoded[index];
    if (result?.kind !== 'record') return [];
    const { key: memberKey, timestamp } = record;
    return [{ ...sourceOf(record), memberKey, timestamp, response: result.record }];
  });
}

const NOTHING = Buffer.alloc(0);
