import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';

import { VERSION } from '../../src/commands/version.ts';
import type { Config } from '../../src/config.ts';
import { invariant } from '../../src/values/invariant.ts';
import { VARIABLES } from '../../src/variables.ts';
import { ROOT } from '../tidy/project-copy.ts';
import { messageOf } from './asyncapi-messages.ts';
import { isWorkers, type Json, PARTITIONS, type Topic, TOPIC_LIST } from './asyncapi-topics.ts';

const HEADER = `# Generated from deploy/topics.yaml, schemas/ and src by \`npm run generate:docs\`: change those, not this file.
`;

const ABOUT = `The topics of a deployment as its workers see them: what they receive, and what they send.

- TOPIC_PREFIX stands before every address, and before every subject of the registry.
- All topics have the same number of partitions. What a record causes has the partition of its number.
- Whoever reads what workers send reads committed records only (isolation.level=read_committed).
- Values are Avro in Confluent's frame. An example is in the JSON that the command line reads and prints: amounts and days are text,
  and a field that is left out has its default.
`;

/** The topics as AsyncAPI has it, from the tables that the program works with. */
export const asyncApi = (): Json => ({
  asyncapi: '3.0.0',
  info: { title: 'BALANCE claims adjudicator', version: VERSION, description: ABOUT },
  // What the Avro specification calls its binary form.
  defaultContentType: 'avro/binary',
  servers: { plaintext: server('kafka'), tls: server('kafka-secure') },
  channels: Object.fromEntries(TOPIC_LIST.map((topic) => [topic.role, channelOf(topic)])),
  operations: Object.fromEntries(TOPIC_LIST.flatMap(operationsOf)),
  components: {
    messages: Object.fromEntries(TOPIC_LIST.map((topic) => [messageName(topic), messageOf(topic)])),
    securitySchemes: SECURITY,
  },
});

/** Whole lines; and days in quotes, since a reader of YAML 1.1 would make them points in time. */
const YAML_STYLE = { aliasDuplicateObjects: false, lineWidth: 0, blockQuote: 'literal', compat: 'yaml-1.1' } as const;

/** As it stands in `schemas/asyncapi.yaml`. */
export async function asyncApiText(): Promise<string> {
  const text = stringify(asyncApi(), YAML_STYLE);
  const options = await resolveConfig(join(ROOT, 'schemas/asyncapi.yaml'));
  return HEADER + (await format(text, { ...options, parser: 'yaml' }));
}

const ref = (...path: readonly string[]): Json => ({ $ref: ['#', ...path].join('/') });
const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What KAFKA_SASL_MECHANISM can be, but for `none`. */
type Mechanism = NonNullable<Config['kafka']['sasl']>['mechanism'];

const SECURITY = {
  plain: { type: 'plain', description: 'KAFKA_SASL_MECHANISM=plain' },
  'scram-sha-256': { type: 'scramSha256', description: 'KAFKA_SASL_MECHANISM=scram-sha-256' },
  'scram-sha-512': { type: 'scramSha512', description: 'KAFKA_SASL_MECHANISM=scram-sha-512' },
} satisfies Record<Mechanism, Json>;

/** Where the brokers are is the deployment's to say. Without a mechanism (`none`) no scheme is asked for. */
const server = (protocol: 'kafka' | 'kafka-secure'): Json => ({
  host: '{brokers}',
  protocol,
  protocolVersion: '4.x',
  description: `KAFKA_SSL=${String(protocol === 'kafka-secure')}`,
  variables: { brokers: { description: toldOf('KAFKA_BROKERS') } },
  security: Object.keys(SECURITY).map((name) => ref('components', 'securitySchemes', name)),
});

function variable(name: string) {
  const found = VARIABLES.find((each) => each.name === name);
  invariant(found !== undefined, 'the document names variables that there are');
  return found;
}

function toldOf(name: string): string {
  const { unit, about } = variable(name);
  return `${name}${unit === undefined ? '' : ` (${unit})`}: ${about}`;
}

const messageName = ({ role, record }: Topic): string => record ?? capitalized(role);

function channelOf(topic: Topic): Json {
  const { name, writtenBy, readBy, setAsideOn, settings } = topic;
  const message = messageName(topic);
  return {
    address: name,
    description:
      `Written by ${writtenBy.join(', ')}; read by ${readBy.join(', ')}.` +
      (setAsideOn === undefined ? '' : ` What nobody can read is set aside on ${setAsideOn}.`),
    messages: { [message]: ref('components', 'messages', message) },
    bindings: {
      kafka: {
        topic: name,
        partitions: PARTITIONS,
        topicConfiguration: Object.fromEntries(Object.entries(settings).map(settingOf)),
        bindingVersion: '0.5.0',
      },
    },
  };
}

const settingOf = ([name, value]: readonly [string, string]) =>
  [name, name === 'cleanup.policy' ? value.split(',') : Number.isNaN(Number(value)) ? value : Number(value)] as const;

function operationsOf(topic: Topic): readonly (readonly [string, Json])[] {
  const { role, readBy, writtenBy } = topic;
  const actions = [
    ...(readBy.some(isWorkers) ? (['receive'] as const) : []),
    ...(writtenBy.some(isWorkers) ? (['send'] as const) : []),
  ];
  return actions.map((action) => [
    `${action}${capitalized(role)}`,
    {
      action,
      channel: ref('channels', role),
      messages: [ref('channels', role, 'messages', messageName(topic))],
      ...(action === 'receive' && replyTo(topic)),
    },
  ]);
}

/** What is answered is read once: its offsets are those of the group, committed with the answers. */
function replyTo({ answeredOn }: Topic): Json {
  const answers = TOPIC_LIST.find(({ name }) => name === answeredOn);
  if (answers === undefined) return {};
  return {
    reply: {
      channel: ref('channels', answers.role),
      messages: [ref('channels', answers.role, 'messages', messageName(answers))],
    },
    bindings: {
      kafka: {
        groupId: { type: 'string', default: variable('KAFKA_GROUP_ID').default, description: toldOf('KAFKA_GROUP_ID') },
        bindingVersion: '0.5.0',
      },
    },
  };
}
