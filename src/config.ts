import { readFileSync } from 'node:fs';

import { type Values, type Variable, VARIABLES } from './variables.ts';

type Environment = Readonly<Record<string, string | undefined>>;

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
const OURS =
  /^((KAFKA|REDIS|SCHEMA_REGISTRY|MEMBER_KEY|POLICY|ADMIN|TOPIC|BATCH|TRANSACTION|FETCH)_|(SESSION_TIMEOUT|LANES|LOG_LEVEL)(_|$))/;
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

function masked(value: string | undefined, secret: Variable['secret']): string {
  if (value === undefined || value === '') return '';
  if (secret === 'WHOLE') return '***';
  if (secret === undefined) return value;
  const shown = new URL(value);
  if (shown.password === '') return value;
  shown.password = '***';
  return shown.href;
}
