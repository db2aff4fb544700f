import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';

import { READER_GROUPS } from '../../src/adapters/kafka/topic-tail.ts';
import { invariant } from '../../src/values/invariant.ts';
import { VARIABLES } from '../../src/variables.ts';
import { ROOT } from '../tidy/project-copy.ts';
import { isWorkers, PARTITIONS, TOPIC_LIST } from './asyncapi-topics.ts';

const HEADER = '# Generated from deploy/topics.yaml by `npm run generate:docs`: change that, not this file.\n';

type Operation = 'Create' | 'Delete' | 'DescribeConfigs' | 'Describe' | 'Read' | 'Write';

/** What a user may do with something of Kafka. Whatever no rule allows is refused. */
export type Rule = {
  readonly resource: {
    readonly type: 'group' | 'topic' | 'transactionalId';
    readonly name: string;
    readonly patternType: 'literal' | 'prefix';
  };
  readonly operations: readonly Operation[];
};

type Kind = Rule['resource']['type'];

const named = (type: Kind, name: string, operations: readonly Operation[]): Rule => ({
  resource: { type, name, patternType: 'literal' },
  operations,
});

const beginningWith = (type: Kind, name: string, operations: readonly Operation[]): Rule => ({
  resource: { type, name, patternType: 'prefix' },
  operations,
});

/** By user: our workers, the command that prepares for them, and whoever looks after them, who changes nothing. */
export const KAFKA_USERS: Readonly<Record<string, readonly Rule[]>> = {
  'adjudicator-worker': [
    ...TOPIC_LIST.map(({ name, readBy, writtenBy }) =>
      named('topic', name, [
        ...(readBy.some(isWorkers) ? (['Read'] as const) : []),
        ...(writtenBy.some(isWorkers) ? (['Write'] as const) : []),
      ]),
    ),
    named('group', defaultOf('KAFKA_GROUP_ID'), ['Read']),
    beginningWith('transactionalId', `${defaultOf('KAFKA_TRANSACTIONAL_ID_PREFIX')}.lane-`, ['Write']),
  ],
  'adjudicator-provision': TOPIC_LIST.map(({ name }) =>
    named('topic', name, ['Create', 'Describe', 'DescribeConfigs']),
  ),
  'adjudicator-operations': [
    ...TOPIC_LIST.map(({ name }) => named('topic', name, ['Read', 'DescribeConfigs'])),
    named('group', defaultOf('KAFKA_GROUP_ID'), ['Describe']),
    beginningWith('group', READER_GROUPS, ['Read', 'Delete']),
  ],
};

function defaultOf(name: string): string {
  const value = VARIABLES.find((variable) => variable.name === name)?.default;
  invariant(value !== undefined, 'names of Kafka have defaults');
  return value;
}

/** As they stand in `deploy/kubernetes/strimzi/topics.yaml`. */
export const kafkaTopicsText = (): Promise<string> =>
  text(
    TOPIC_LIST.map(({ name, settings }) => ({
      ...resource('KafkaTopic', name),
      spec: { partitions: PARTITIONS, config: settings },
    })),
  );

/** As they stand in `deploy/kubernetes/strimzi/users.yaml`. */
export const kafkaUsersText = (): Promise<string> =>
  text(
    Object.entries(KAFKA_USERS).map(([name, acls]) => ({
      ...resource('KafkaUser', name),
      spec: { authentication: { type: 'scram-sha-512' }, authorization: { type: 'simple', acls } },
    })),
  );

/** The label says which cluster of the operator's it is for. */
const resource = (kind: string, name: string) => ({
  apiVersion: 'kafka.strimzi.io/v1',
  kind,
  metadata: { name, labels: { 'strimzi.io/cluster': 'kafka' } },
});

async function text(resources: readonly object[]): Promise<string> {
  const documents = resources.map((each) => stringify(each, { aliasDuplicateObjects: false }));
  const options = await resolveConfig(join(ROOT, 'deploy/topics.yaml'));
  return HEADER + (await format(documents.join('---\n'), { ...options, parser: 'yaml' }));
}
