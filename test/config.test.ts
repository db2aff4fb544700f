import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { ConfigProblems, printableConfig, readConfig, unknownVariables } from '../src/config.ts';
import { VARIABLES } from '../src/variables.ts';

const SECRET = 'synthetic-secret-of-a-test';
const NEEDED = {
  KAFKA_BROKERS: 'broker-a:9092,broker-b:9092',
  REDIS_URL: 'redis://:hidden-redis@view:6379/0',
  SCHEMA_REGISTRY_URL: 'http://registry:8081/apis/ccompat/v7',
  MEMBER_KEY_SECRET: SECRET,
};

const folder = mkdtempSync(join(tmpdir(), 'config-'));
const secretFile = join(folder, 'secret');
writeFileSync(secretFile, `${SECRET}\n`);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems;
    throw error;
  }
  return [];
};

describe('the configuration', () => {
  test('is complete with what has no default', () => {
    expect(readConfig(NEEDED)).toEqual({
      kafka: { brokers: ['broker-a:9092', 'broker-b:9092'], clientId: 'adjudicator', ssl: false, sasl: null },
      topics: { prefix: '' },
      group: { id: 'adjudicator', sessionTimeoutMs: 10_000 },
      lanes: {
        count: 4,
        transactionalIdPrefix: 'adjudicator',
        transactionTimeoutMs: 30_000,
        fetchWaitMs: 250,
        batchClaimsMax: 512,
      },
      redis: { url: NEEDED.REDIS_URL, keyPrefix: 'rx' },
      registry: { url: NEEDED.SCHEMA_REGISTRY_URL },
      members: { keySecret: SECRET },
      policy: { directory: 'deploy/policy' },
      admin: { host: '127.0.0.1', port: 9464 },
      log: { level: 'info' },
    });
  });

  test('is frozen to its leaves', () => {
    const { kafka } = readConfig(NEEDED);
    expect([Object.isFrozen(kafka), Object.isFrozen(kafka.brokers)]).toEqual([true, true]);
  });

  test('takes a secret from a file, without the line end', () => {
    const env = { ...NEEDED, MEMBER_KEY_SECRET: '', MEMBER_KEY_SECRET_FILE: secretFile };
    expect(readConfig(env).members.keySecret).toBe(SECRET);
  });

  test('counts an empty variable as not set', () => {
    expect(readConfig({ ...NEEDED, LANES: '' }).lanes.count).toBe(4);
  });

  test('has SASL with a mechanism, a user and a password', () => {
    const sasl = { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_SASL_USERNAME: 'u', KAFKA_SASL_PASSWORD: 'p' };
    expect(readConfig({ ...NEEDED, ...sasl }).kafka.sasl).toEqual({
      mechanism: 'scram-sha-512',
      username: 'u',
      password: 'p',
    });
  });
});

describe('a problem is named when', () => {
  test.each([
    ['a variable is missing', 'MEMBER_KEY_SECRET', '', 'is not set'],
    ['the secret is a character short', 'MEMBER_KEY_SECRET', 'fifteen-letters', 'must have at least 16 characters'],
    ['a broker has no port', 'KAFKA_BROKERS', 'broker-a', 'must be host:port, or several with commas between'],
    ['a URL has another scheme', 'REDIS_URL', 'http://v', 'must be a URL that begins with redis:// or rediss://'],
    ['there is no lane', 'LANES', '0', 'must be a whole number from 1 to 1024'],
    ['a number is not whole', 'FETCH_WAIT_MS', '2.5', 'must be a whole number from 1 to 10000'],
    ['a batch is too large for kafkajs', 'BATCH_CLAIMS_MAX', '513', 'must be a whole number from 1 to 512'],
    ['there is no such port', 'ADMIN_PORT', '65536', 'must be a whole number from 0 to 65535'],
    ['a word is not of its list', 'LOG_LEVEL', 'loud', 'must be one of error, warn, info, debug, silent'],
    ['SASL has no user', 'KAFKA_SASL_MECHANISM', 'plain', 'needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD'],
  ])('%s', (_when, name, ...[value, problem]) => {
    expect(problemsOf({ ...NEEDED, [name]: value })).toEqual([`${name} ${problem}`]);
  });

  test('the file of a secret is not there', () => {
    const env = { ...NEEDED, MEMBER_KEY_SECRET: '', MEMBER_KEY_SECRET_FILE: join(folder, 'none') };
    expect(problemsOf(env)).toEqual(['MEMBER_KEY_SECRET_FILE names a file that cannot be read']);
  });

  test('there are others, together with them and with names that are not ours', () => {
    const error = new ConfigProblems(problemsOf({ ...NEEDED, LANES: 'x', ADMIN_PORT: '-1', KAFKA_BROKER: 'b:1' }));
    expect(error.message.split('\n  ')).toEqual([
      'the environment does not fit:',
      'LANES must be a whole number from 1 to 1024',
      'ADMIN_PORT must be a whole number from 0 to 65535',
      'KAFKA_BROKER is not a variable of the adjudicator',
    ]);
  });

  test('it is in a secret, without the value that was set', () => {
    const planted = { MEMBER_KEY_SECRET: 'hunter2', REDIS_URL: 'hunter2', LANES: 'hunter2' };
    const problems = problemsOf({ ...NEEDED, ...planted });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('hunter2');
  });
});

describe('the limits of a number pass', () => {
  test.each([
    ['LANES', '1'],
    ['LANES', '1024'],
    ['BATCH_CLAIMS_MAX', '512'],
    ['ADMIN_PORT', '0'],
    ['ADMIN_PORT', '65535'],
    ['MEMBER_KEY_SECRET', 'sixteen-letters-'],
  ])('%s at %s', (name, value) => {
    expect(problemsOf({ ...NEEDED, [name]: value })).toEqual([]);
  });
});

describe('the example', () => {
  const examples = Object.fromEntries(VARIABLES.map(({ name, example }) => [name, example]));

  test('of all variables together is a configuration', () => {
    expect(problemsOf(examples)).toEqual([]);
  });

  test.each(VARIABLES)('of $name is not its default', ({ example, default: otherwise }) => {
    expect(example).not.toBe(otherwise);
  });

  test.each(VARIABLES.filter(({ secret }) => secret === 'WHOLE'))('of $name gives nothing to copy', ({ example }) => {
    expect(example).toMatch(/^[A-Z0-9-]+$/);
  });
});

describe('a variable under one of our prefixes', () => {
  test.each([
    ['is unknown when misspelt', 'KAFKA_BROKER', true],
    ['is unknown when its unit is missing', 'SESSION_TIMEOUT', true],
    ['is unknown when a plain value is given as a file', 'POLICY_DIR_FILE', true],
    ['is known when a secret is given as a file', 'REDIS_URL_FILE', false],
    ['is left alone when Kubernetes sets it for a service', 'REDIS_PORT_6379_TCP_ADDR', false],
    ['is left alone when Kubernetes names a port', 'KAFKA_SERVICE_PORT_PLAIN', false],
    ['is left alone when somebody else has a session', 'SESSION_MANAGER', false],
    ['is left alone when the prefix is not ours', 'KAFKAJS_NO_PARTITIONER_WARNING', false],
  ])('%s', (_is, name, unknown) => {
    expect(unknownVariables({ [name]: 'x' })).toEqual(unknown ? [name] : []);
  });
});

describe('what is printed', () => {
  const printed = printableConfig({ ...NEEDED, KAFKA_SASL_PASSWORD: 'hidden-sasl' });

  test('has every variable', () => {
    expect(Object.keys(printed)).toEqual(VARIABLES.map(({ name }) => name));
  });

  test('masks secrets and the passwords of URLs', () => {
    expect(printed).toMatchObject({
      MEMBER_KEY_SECRET: '***',
      KAFKA_SASL_PASSWORD: '***',
      REDIS_URL: 'redis://:***@view:6379/0',
      SCHEMA_REGISTRY_URL: NEEDED.SCHEMA_REGISTRY_URL,
      LANES: '4',
    });
    expect(JSON.stringify(printed)).not.toMatch(new RegExp(`hidden|${SECRET}`));
  });

  test('can be set again and means the same', () => {
    const again = { ...printed, REDIS_URL: NEEDED.REDIS_URL, MEMBER_KEY_SECRET: SECRET };
    expect(readConfig(again)).toEqual(readConfig({ ...NEEDED, KAFKA_SASL_PASSWORD: 'hidden-sasl' }));
  });
});
