import type { TopicsTable } from '../adapters/files/topics-file.ts';
import type { TopicOutcome, TopicPlan } from '../adapters/kafka/provision-topics.ts';
import type { Registry } from '../adapters/registry/schema-registry.ts';
import type { RecordName } from '../wire/schema-files.ts';
import { valueSubjects } from '../wire/topics.ts';
import { settingText, topicPlans } from './topic-reports.ts';

export type ProvisionOptions = {
  readonly table: TopicsTable;
  /** Put before the name of every topic. */
  readonly prefix: string;
  readonly provisionTopics: (plans: readonly TopicPlan[], dryRun: boolean) => Promise<readonly TopicOutcome[]>;
  readonly registry: Registry;
  /** Says what would be done and does nothing. */
  readonly dryRun: boolean;
  readonly json: boolean;
  /** Takes one line of standard output. */
  readonly print: (line: string) => void;
};

/** Makes what a deployment needs and leaves alone what is there: topics first, then schemas. Doing it again changes nothing. */
export async function provision(options: ProvisionOptions): Promise<void> {
  const { table, prefix, provisionTopics, dryRun, json, print } = options;
  const tell = (done: Provisioned) => {
    print(json ? JSON.stringify(done) : sentence(done));
  };
  for (const { topic, ...outcome } of await provisionTopics(topicPlans(table, prefix), dryRun)) {
    tell({ kind: 'topic', name: topic, ...outcome });
  }
  for (const [record, subject] of valueSubjects(prefix)) {
    tell({ kind: 'schema', name: subject, outcome: await provisionSchema(options, record, subject), differing: [] });
  }
}

async function provisionSchema(
  { registry, dryRun }: ProvisionOptions,
  record: RecordName,
  subject: string,
): Promise<Outcome> {
  const known = await registry.idOf(subject, record);
  // Also when the schema is there: a subject that has lost its compatibility gets it back.
  if (!dryRun) await registry.register(subject, record);
  if (known !== null) return 'present';
  return dryRun ? 'missing' : 'created';
}

type Outcome = TopicOutcome['outcome'];

type Provisioned = {
  readonly kind: 'topic' | 'schema';
  readonly name: string;
  readonly outcome: Outcome;
  readonly differing: TopicOutcome['differing'];
};

const WORDS: Readonly<Record<Outcome, string>> = {
  created: 'created',
  missing: 'would be created',
  present: 'is there',
};

function sentence({ kind, name, outcome, differing }: Provisioned): string {
  const but = differing.length === 0 ? '' : `, but ${differing.map(settingText).join(', ')}`;
  return `${kind} ${name} ${WORDS[outcome]}${but}`;
}
