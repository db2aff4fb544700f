import { openDeploymentLog, type DeploymentLog } from '../adapters/kafka/deployment-log.ts';
import { kafkaClient } from '../adapters/kafka/kafka-client.ts';
import { registryCodec } from '../adapters/registry/registry-codec.ts';
import type { Config } from '../config.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import { adjudicateRecord, initialAccounts } from '../stream/adjudicate-record.ts';
import type { Accounts, Adjudicated } from '../stream/adjudicate-record.ts';
import type { Codec } from '../stream/codec.ts';
import { openClaims, type OpenedClaim } from '../stream/open-record.ts';
import { perSource } from '../stream/per-source.ts';
import { SOURCES } from '../stream/ports.ts';
import type { Positions } from '../stream/ports.ts';
import { readRange, type Range } from '../stream/read-range.ts';
import { memberKeys } from '../wire/member-key.ts';
import { topicNames } from '../wire/topics.ts';
import type { TopicPlace } from './arguments.ts';
import type { Progress } from './progress.ts';
import { topicReference, type TopicReference } from './topic-reference.ts';
import type { TwoAnswers } from './what-if-tally.ts';

export type WhatIfTopicOptions = {
  readonly config: Config;
  /** Null is the first claim that the topic still has. */
  readonly from: TopicPlace | null;
  /** The first that is not wanted any more; null is the end of now. */
  readonly to: TopicPlace | null;
  readonly present: PolicyBundle;
  readonly other: PolicyBundle;
  readonly complain: (line: string) => void;
  readonly progress: (what: string, total: number) => Progress;
};

type Opening = { readonly deployment: DeploymentLog; readonly codec: Codec };

/**
 * A range of the deployment's claims with both policies, every partition in its order, on the reference data of now and on accounts
 * that are empty where the range begins. Reads committed records, joins no group and writes nothing.
 */
export async function* answersToTopic(options: WhatIfTopicOptions): AsyncGenerator<TwoAnswers> {
  const { config, complain } = options;
  const codec = await registryCodec(config.registry.url, config.topics.prefix);
  const kafka = kafkaClient(config.kafka);
  const deployment = await openDeploymentLog({ kafka, topics: topicNames(config.topics.prefix) });
  try {
    const { beginnings, ends } = await deployment.log.bounds();
    const onFile = { from: beginnings, to: { ...ends, claims: NONE, authorizationRequests: NONE, accounts: NONE } };
    const reference = await learnAll({ deployment, codec }, onFile, options);
    const within = (places: ReadonlyMap<number, number>): ReadonlyMap<number, number> =>
      clamped(places, beginnings.claims, ends.claims);
    const from = within(await placesOf(deployment, options.from, beginnings.claims));
    const to = within(await placesOf(deployment, options.to, ends.claims));
    if ([...from.values()].some((position) => position > 0)) complain(STARTS_EMPTY);
    const range = { from: { ...beginnings, claims: from }, to: { ...NOWHERE, claims: to } };
    yield* answers({ deployment, codec }, range, { ...options, reference });
  } finally {
    await deployment.close();
  }
}

const NONE: ReadonlyMap<number, number> = new Map();
const NOWHERE: Positions = perSource(() => NONE);
const STARTS_EMPTY =
  'the range does not begin with the first claim: accounts start empty, so refills, caps and reversals of earlier fills are not seen';

async function placesOf(
  deployment: DeploymentLog,
  place: TopicPlace | null,
  otherwise: ReadonlyMap<number, number>,
): Promise<ReadonlyMap<number, number>> {
  if (place === null) return otherwise;
  if (place.kind === 'INSTANT') return deployment.claimsAt(place.instant);
  return new Map([...otherwise.keys()].map((partition) => [partition, place.offset]));
}

const clamped = (
  places: ReadonlyMap<number, number>,
  least: ReadonlyMap<number, number>,
  most: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> =>
  new Map(
    [...places].map(([partition, place]) => [
      partition,
      Math.min(Math.max(place, least.get(partition) ?? 0), most.get(partition) ?? 0),
    ]),
  );

/** Offsets, not records: those of markers and of what was compacted away count too. */
const lengthOf = ({ from, to }: Range): number =>
  SOURCES.flatMap((source) =>
    [...from[source]].map(([partition, position]) => Math.max(0, (to[source].get(partition) ?? 0) - position)),
  ).reduce((sum, length) => sum + length, 0);

async function learnAll(
  { deployment, codec }: Opening,
  range: Range,
  { progress, complain }: WhatIfTopicOptions,
): Promise<TopicReference> {
  const reference = topicReference(codec);
  const tell = progress('reference records', lengthOf(range));
  let [done, unread] = [0, 0];
  for await (const fetched of readRange(deployment.log, range)) {
    unread += await reference.learn(fetched);
    done += fetched.next - fetched.from;
    tell(done);
  }
  if (unread > 0) complain(`reference records left out, because nobody can read them: ${String(unread)}`);
  return reference;
}

async function* answers(
  { deployment, codec }: Opening,
  range: Range,
  options: WhatIfTopicOptions & { readonly reference: TopicReference },
): AsyncGenerator<TwoAnswers> {
  const { config, reference, complain } = options;
  const keys = memberKeys(config.members.keySecret);
  const [present, other] = [topicDesk(options.present, reference), topicDesk(options.other, reference)];
  const tell = options.progress('claims', lengthOf(range));
  let [done, setAside] = [0, 0];
  for await (const { partition, records, from, next } of readRange(deployment.log, range)) {
    for (const opened of await openClaims({ codec, keys }, new Map([[partition, records]]))) {
      if (opened.kind === 'dead-letter') setAside += 1;
      else yield { at: { partition, number: opened.record.offset }, before: present(opened), after: other(opened) };
    }
    done += next - from;
    tell(done);
  }
  if (setAside > 0)
    complain(`claims left out, because nobody can read them or their key is wrong: ${String(setAside)}`);
}

type ReadableClaim = Extract<OpenedClaim, { readonly kind: 'claim' }>;

/** One policy with what it has made of each member so far. */
function topicDesk(policy: PolicyBundle, reference: TopicReference): (opened: ReadableClaim) => Adjudicated {
  const accounts = new Map<string, Accounts>();
  return ({ memberKey, claim, parsed }) => {
    const before = accounts.get(memberKey) ?? initialAccounts;
    const adjudicated = adjudicateRecord({ record: claim, parsed }, before, {
      policy,
      ...reference.knownOf(memberKey),
    });
    if (adjudicated.accounts !== before) accounts.set(memberKey, adjudicated.accounts);
    return adjudicated;
  };
}
