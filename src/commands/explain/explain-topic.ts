import { loadPolicyBundle } from '../../adapters/files/policy-bundle.ts';
import { kafkaClient } from '../../adapters/kafka/kafka-client.ts';
import { kafkaFault } from '../../adapters/kafka/faults.ts';
import { openCodecs } from '../../adapters/registry/registry-codec.ts';
import { schemaRegistry } from '../../adapters/registry/schema-registry.ts';
import type { Trace } from '../../adjudication/trace.ts';
import type { Config } from '../../config.ts';
import { topicNames } from '../../wire/topics.ts';
import { type Answer, findAnswer, type MemberRecords, readMember, type Source, type Wanted } from './member-records.ts';
import { replay } from './replay.ts';

export type ExplainTopicOptions = {
  readonly config: Config;
  readonly policyDirectory: string;
  readonly wanted: Wanted;
  readonly complain: (line: string) => void;
};

export type Explained = {
  readonly trace: Trace;
  /** Whether the trace leads to the very answer that was published. */
  readonly agrees: boolean;
};

/**
 * Explains a claim of the topic: by its member's claims up to there, decided again. Null when it has no answer. What may make the
 * replay differ from what has happened is complained about. Throws a Fault when a server is away.
 */
export async function explainTopic({
  config,
  policyDirectory,
  wanted,
  complain,
}: ExplainTopicOptions): Promise<Explained | null> {
  const policy = await loadPolicyBundle(policyDirectory);
  const codecs = await openCodecs(schemaRegistry(config.registry), config.topics.prefix);
  const source = {
    kafka: kafkaClient(config.kafka),
    topics: topicNames(config.topics.prefix),
    codecs,
  };
  const read = await readFrom(source, wanted).catch((error: unknown) => {
    throw kafkaFault(error);
  });
  if (read === null) return null;
  const { answer, records } = read;
  const replayed = await replay(records, answer, { codecs, policy });
  if (replayed === null) return null;
  const { trace, agrees, othersDiffer } = replayed;

  const { policyVersion, transactionResponseStatus: status, rejects } = answer.response;
  if (policyVersion !== policy.version) {
    complain(
      `The answer was given under policy ${policyVersion}, and ${policyDirectory} holds ${policy.version}. What follows is what the latter says; with the former, give its directory by --policy.`,
    );
  }
  if (!agrees) {
    const codes = rejects.map(({ rejectCode }) => rejectCode);
    complain(
      `The answer that was published is ${[status, ...codes].join(' ')}, and not the one that is explained here: policy, or what is on file, have changed since.`,
    );
  }
  if (othersDiffer > 0) {
    complain(
      `${String(othersDiffer)} earlier claims of the member were answered otherwise than they would be now, so that the accounts may have been others.`,
    );
  }
  return { trace, agrees };
}

async function readFrom(
  source: Source,
  wanted: Wanted,
): Promise<{ readonly answer: Answer; readonly records: MemberRecords } | null> {
  const answer = await findAnswer(source, wanted);
  return answer === null ? null : { answer, records: await readMember(source, answer) };
}
