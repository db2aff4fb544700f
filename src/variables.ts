import { z } from 'zod';

/** One environment variable. Its default is written as it would be set, and is read like anything that is set. */
type Definition = {
  readonly read: z.ZodType<unknown, string>;
  /** Left out where there is no sensible value: then the variable has to be set. */
  readonly default?: string;
  readonly unit?: string;
  /** As it could be set, and another than the default. Capital letters stand for what nobody may copy. */
  readonly example: string;
  /** What of the value nobody may see. A variable with a secret can also be given as a file, `<NAME>_FILE`. */
  readonly secret?: 'WHOLE' | 'PASSWORD_OF_URL';
  readonly about: string;
};

const text = (pattern: RegExp, expected: string) => z.string().regex(pattern, expected);

const whole = (least: number, most: number) =>
  z
    .string()
    .refine(
      (value) => /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most,
      `must be a whole number from ${String(least)} to ${String(most)}`,
    )
    .transform(Number);

const url = (...schemes: readonly string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol),
      `must be a URL that begins with ${schemes.join('// or ')}//`,
    );

const oneOf = <const Value extends string>(...values: readonly [Value, ...Value[]]) =>
  z.string().pipe(z.enum(values, `must be one of ${values.join(', ')}`));

const brokers = text(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/, 'must be host:port, or several with commas between').transform(
  (value): readonly string[] => value.split(','),
);

const topicCharacters = text(/^[A-Za-z0-9._-]*$/, 'may hold letters, digits, dots, hyphens and underscores');

const DEFINITIONS = {
  KAFKA_BROKERS: {
    read: brokers,
    unit: 'host:port, …',
    example: 'kafka-1:9092,kafka-2:9092',
    about: 'Brokers to ask first.',
  },
  KAFKA_CLIENT_ID: {
    read: topicCharacters,
    default: 'adjudicator',
    example: 'adjudicator-east',
    about: 'Name of this client in the logs of the brokers.',
  },
  KAFKA_GROUP_ID: {
    read: topicCharacters,
    default: 'adjudicator',
    example: 'adjudicator-test',
    about: 'Consumer group: who shares the lanes, and whose offsets are committed.',
  },
  KAFKA_TRANSACTIONAL_ID_PREFIX: {
    read: topicCharacters,
    default: 'adjudicator',
    example: 'adjudicator-test',
    about:
      'The transactional id of lane n is <prefix>.lane-<n>. Must be the same for all workers of a group, and of no other.',
  },
  KAFKA_SSL: { read: oneOf('true', 'false'), default: 'false', example: 'true', about: 'Speak TLS with the brokers.' },
  KAFKA_SASL_MECHANISM: {
    read: oneOf('none', 'plain', 'scram-sha-256', 'scram-sha-512'),
    default: 'none',
    example: 'scram-sha-512',
    about: 'How this client proves who it is.',
  },
  KAFKA_SASL_USERNAME: {
    read: z.string(),
    default: '',
    example: 'adjudicator',
    about: 'Needed with a SASL mechanism.',
  },
  KAFKA_SASL_PASSWORD: {
    read: z.string(),
    default: '',
    secret: 'WHOLE',
    example: 'THE-PASSWORD-OF-THAT-USER',
    about: 'Needed with a SASL mechanism.',
  },
  TOPIC_PREFIX: {
    read: topicCharacters,
    default: '',
    example: 'test1.',
    about: 'Put before the name of every topic, so that several deployments can share a cluster.',
  },
  SESSION_TIMEOUT_MS: {
    read: whole(1_000, 300_000),
    default: '10000',
    unit: 'milliseconds',
    example: '30000',
    about: 'A worker that is silent for so long loses its lanes.',
  },
  LANES: {
    read: whole(1, 1_024),
    default: '4',
    example: '8',
    about: 'Lanes of the deployment, and so the most workers that find work. Changed only with all workers stopped.',
  },
  REDIS_URL: {
    read: url('redis:', 'rediss:'),
    secret: 'PASSWORD_OF_URL',
    example: 'rediss://:PASSWORD@redis:6380/0',
    about: 'The view of the compacted topics.',
  },
  REDIS_KEY_PREFIX: {
    read: text(/^[A-Za-z0-9._:-]+$/, 'may hold letters, digits, dots, colons, hyphens and underscores'),
    default: 'rx',
    example: 'rx-test',
    about: 'Begins every key, so that several deployments can share a server.',
  },
  SCHEMA_REGISTRY_URL: {
    read: url('http:', 'https:'),
    secret: 'PASSWORD_OF_URL',
    example: 'https://registry:8081/apis/ccompat/v7',
    about: 'Confluent-compatible API of the schema registry.',
  },
  MEMBER_KEY_SECRET: {
    read: text(/^.{16,}$/s, 'must have at least 16 characters'),
    secret: 'WHOLE',
    example: '32-RANDOM-CHARACTERS-OR-MORE',
    about: 'Key of the HMAC that turns a member into a record key. A different secret is a different set of members.',
  },
  POLICY_DIR: {
    read: z.string(),
    default: 'deploy/policy',
    unit: 'directory',
    example: 'drafts/2027',
    about: 'The policy bundle.',
  },
  BATCH_CLAIMS_MAX: {
    read: whole(1, 512),
    default: '512',
    unit: 'claims of a partition',
    example: '128',
    about: 'The most that one transaction takes; of requests for prior authorization as many.',
  },
  TRANSACTION_TIMEOUT_MS: {
    read: whole(1_000, 900_000),
    default: '30000',
    unit: 'milliseconds',
    example: '60000',
    about: 'The broker aborts a transaction that is open for longer.',
  },
  FETCH_WAIT_MS: {
    read: whole(1, 10_000),
    default: '250',
    unit: 'milliseconds',
    example: '100',
    about: 'How long a broker may hold a fetch when there is nothing new.',
  },
  ADMIN_HOST: {
    read: z.string(),
    default: '127.0.0.1',
    example: '0.0.0.0',
    about: 'Interface of /metrics, /livez and /readyz.',
  },
  ADMIN_PORT: {
    read: whole(0, 65_535),
    default: '9464',
    example: '8080',
    about: 'Port of /metrics, /livez and /readyz; 0 takes a free one.',
  },
  LOG_LEVEL: {
    read: oneOf('error', 'warn', 'info', 'debug', 'silent'),
    default: 'info',
    example: 'debug',
    about: 'The least that is logged.',
  },
} as const satisfies Record<string, Definition>;

type Name = keyof typeof DEFINITIONS;
/** What the variables say, read. */
export type Values = { readonly [Each in Name]: z.output<(typeof DEFINITIONS)[Each]['read']> };
/** With its name in the environment. */
export type Variable = Definition & { readonly name: string };

/** Every variable there is, in the order in which it is told of. */
export const VARIABLES: readonly Variable[] = Object.entries<Definition>(DEFINITIONS).map(([name, definition]) => ({
  name,
  ...definition,
}));
