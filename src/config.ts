import { readFileSync } from 'node:fs';

import { z } from 'zod';

/** One environment variable. Its default is written as it would be set, and is read like anything that is set. */
type Definition = {
  readonly read: z.ZodType<unknown, string>;
  /** Left out where there is no sensible value: then the variable has to be set. */
  readonly default?: string;
  readonly unit?: string;
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
  KAFKA_BROKERS: { read: brokers, unit: 'host:port, …', about: 'Brokers to ask first.' },
  KAFKA_CLIENT_ID: {
    read: topicCharacters,
    default: 'adjudicator',
    about: 'Name of this client in the logs of the brokers.',
  },
  KAFKA_GROUP_ID: {
    read: topicCharacters,
    default: 'adjudicator',
    about: 'Consumer group: who shares the lanes, and whose offsets are committed.',
  },
  KAFKA_TRANSACTIONAL_ID_PREFIX: {
    read: topicCharacters,
    default: 'adjudicator',
    about:
      'The transactional id of lane n is <prefix>.lane-<n>. Must be the same for all workers of a group, and of no other.',
  },
  KAFKA_SSL: { read: oneOf('true', 'false'), default: 'false', about: 'Speak TLS with the brokers.' },
  KAFKA_SASL_MECHANISM: {
    read: oneOf('none', 'plain', 'scram-sha-256', 'scram-sha-512'),
    default: 'none',
    about: 'How this client proves who it is.',
  },
  KAFKA_SASL_USERNAME: { read: z.string(), default: '', about: 'Needed with a SASL mechanism.' },
  KAFKA_SASL_PASSWORD: { read: z.string(), default: '', secret: 'WHOLE', about: 'Needed with a SASL mechanism.' },
  TOPIC_PREFIX: {
    read: topicCharacters,
    default: '',
    about: 'Put before the name of every topic, so that several deployments can share a cluster.',
  },
  SESSION_TIMEOUT_MS: {
    read: whole(1_000, 300_000),
    default: '10000',
    unit: 'milliseconds',
    about: 'A worker that is silent for so long loses its lanes.',
  },
  LANES: {
    read: whole(1, 1_024),
    default: '4',
    about: 'Lanes of the deployment, and so the most workers that find work. Changed only with all workers stopped.',
  },
  REDIS_URL: { read: url('redis:', 'rediss:'), secret: 'PASSWORD_OF_URL', about: 'The view of the compacted topics.' },
  REDIS_KEY_PREFIX: {
    read: text(/^[A-Za-z0-9._:-]+$/, 'may hold letters, digits, dots, colons, hyphens and underscores'),
    default: 'rx',
    about: 'Begins every key, so that several deployments can share a server.',
  },
  SCHEMA_REGISTRY_URL: {
    read: url('http:', 'https:'),
    secret: 'PASSWORD_OF_URL',
    about: 'Confluent-compatible API of the schema registry.',
  },
  MEMBER_KEY_SECRET: {
    read: text(/^.{16,}$/s, 'must have at least 16 characters'),
    secret: 'WHOLE',
    about: 'Key of the HMAC that turns a member into a record key. A different secret is a different set of members.',
  },
  POLICY_DIR: { read: z.string(), default: 'deploy/policy', unit: 'directory', about: 'The policy bundle.' },
  BATCH_CLAIMS_MAX: {
    read: whole(1, 512),
    default: '512',
    unit: 'claims of a partition',
    about: 'The most that one transaction takes.',
  },
  TRANSACTION_TIMEOUT_MS: {
    read: whole(1_000, 900_000),
    default: '30000',
    unit: 'milliseconds',
    about: 'The broker aborts a transaction that is open for longer.',
  },
  FETCH_WAIT_MS: {
    read: whole(1, 10_000),
    default: '250',
    unit: 'milliseconds',
    about: 'How long a broker may hold a fetch when there is nothing new.',
  },
  ADMIN_HOST: { read: z.string(), default: '127.0.0.1', about: 'Interface of /metrics, /livez and /readyz.' },
  ADMIN_PORT: {
    read: whole(0, 65_535),
    default: '9464',
    about: 'Port of /metrics, /livez and /readyz; 0 takes a free one.',
  },
  LOG_LEVEL: {
    read: oneOf('error', 'warn', 'info', 'debug', 'silent'),
    default: 'info',
    about: 'The least that is logged.',
  },
} as const satisfies Record<string, Definition>;

type Name = keyof typeof DEFINITIONS;
type Values = { readonly [Each in Name]: z.output<(typeof DEFINITIONS)[Each]['read']> };
type Environment = Readonly<Record<string, string | undefined>>;

export type Variable = Definition & { readonly name: string };

/** Every variable there is, for the documents and for the test of the compose file. */
export const VARIABLES: readonly Variable[] = Object.entries<Definition>(DEFINITIONS).map(([name, definition]) => ({
  name,
  ...definition,
}));

/** All that is wrong with the environment, at once. Holds no value that was set. */
export class ConfigProblems extends Error {
  override readonly name = 'ConfigProblems';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['the environment does not fit:', ...problems].join('\n  '));
    this.problems = problems;
  }
}

export type Config = ReturnType<typeof grouped>;

/** Reads the environment once. Throws ConfigProblems. */
export function readConfig(env: Environment): Config {
  return freeze(grouped(readValues(env)));
}

/** What is in force, by variable and with secrets masked: `--print-config`. Throws ConfigProblems. */
export function printableConfig(env: Environment): Readonly<Record<string, string>> {
  readValues(env);
  return Object.fromEntries(
    VARIABLES.map((variable) => [variable.name, masked(textOf(variable, env), variable.secret)]),
  );
}

// The names that Kubernetes sets for every service of a namespace are not misspelt ones of ours.
const OURS = /^(KAFKA|REDIS|SCHEMA_REGISTRY|MEMBER_KEY|POLICY|ADMIN|TOPIC|BATCH|TRANSACTION|FETCH)_/;
const SERVICE_LINK = /_(SERVICE_(HOST|PORT)\w*|PORT|PORT_\d+_(TCP|UDP)\w*)$/;

/** Variables that look like ours and are not: most likely misspelt, and so without effect. */
export function unknownVariables(env: Environment): readonly string[] {
  const known = new Set(VARIABLES.flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name])));
  return Object.keys(env).filter((name) => OURS.test(name) && !known.has(name) && !SERVICE_LINK.test(name));
}

function readValues(env: Environment): Values {
  const read = VARIABLES.map((variable) => readVariable(variable, env));
  const values = Object.fromEntries(read.map(({ name, value }) => [name, value])) as Values;
  const problems = read.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  const all = problems.length > 0 ? problems : combinationProblems(values);
  if (all.length === 0) return values;
  throw new ConfigProblems([
    ...all,
    ...unknownVariables(env).map((name) => `${name} is not a variable of the adjudicator`),
  ]);
}

type Reading = { readonly name: string; readonly value?: unknown; readonly problem?: string };

function readVariable(variable: Variable, env: Environment): Reading {
  const { name } = variable;
  try {
    const text = textOf(variable, env);
    if (text === undefined) return { name, problem: `${name} is not set` };
    const read = variable.read.safeParse(text);
    if (read.success) return { name, value: read.data };
    return { name, problem: `${name} ${read.error.issues.map(({ message }) => message).join(', ')}` };
  } catch {
    return { name, problem: `${name}_FILE names a file that cannot be read` };
  }
}

/** The text in force: set, in a file, or the default. Compose sets what is left out to the empty text, so that is "not set". */
function textOf({ name, secret, default: otherwise }: Variable, env: Environment): string | undefined {
  const set = env[name];
  if (set !== undefined && set !== '') return set;
  const file = secret && env[`${name}_FILE`];
  return file ? readFileSync(file, 'utf8').trimEnd() : otherwise;
}

function combinationProblems(values: Values): readonly string[] {
  const withoutSasl = values.KAFKA_SASL_MECHANISM === 'none';
  const incomplete = values.KAFKA_SASL_USERNAME === '' || values.KAFKA_SASL_PASSWORD === '';
  return !withoutSasl && incomplete ? ['KAFKA_SASL_MECHANISM needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD'] : [];
}

/** The slices that the parts of the program are handed, each with its own. */
function grouped(values: Values) {
  return {
    kafka: {
      brokers: values.KAFKA_BROKERS,
      clientId: values.KAFKA_CLIENT_ID,
      ssl: values.KAFKA_SSL === 'true',
      sasl: saslOf(values),
    },
    topics: { prefix: values.TOPIC_PREFIX },
    group: { id: values.KAFKA_GROUP_ID, sessionTimeoutMs: values.SESSION_TIMEOUT_MS },
    lanes: {
      count: values.LANES,
      transactionalIdPrefix: values.KAFKA_TRANSACTIONAL_ID_PREFIX,
      transactionTimeoutMs: values.TRANSACTION_TIMEOUT_MS,
      fetchWaitMs: values.FETCH_WAIT_MS,
      batchClaimsMax: values.BATCH_CLAIMS_MAX,
    },
    redis: { url: values.REDIS_URL, keyPrefix: values.REDIS_KEY_PREFIX },
    registry: { url: values.SCHEMA_REGISTRY_URL },
    members: { keySecret: values.MEMBER_KEY_SECRET },
    policy: { directory: values.POLICY_DIR },
    admin: { host: values.ADMIN_HOST, port: values.ADMIN_PORT },
    log: { level: values.LOG_LEVEL },
  } as const;
}

function saslOf(values: Values) {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = values;
  return mechanism === 'none' ? null : { mechanism, username, password };
}

function freeze<T extends object>(value: T): Readonly<T> {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) freeze(inner as object);
  return Object.freeze(value);
}

function masked(value: string | undefined, secret: Definition['secret']): string {
  if (value === undefined || value === '') return '';
  if (secret === 'WHOLE') return '***';
  if (secret === undefined) return value;
  const shown = new URL(value);
  if (shown.password === '') return value;
  shown.password = '***';
  return shown.href;
}
