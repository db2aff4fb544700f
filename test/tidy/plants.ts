import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './project-copy.ts';

/** `[what is wrong, where it is planted, its source, what the gate must say about it]` */
type Plant = readonly [what: string, path: string, source: string, complaint: string];

export type Gate = {
  /** What `npm run` is given. */
  readonly command: string;
  readonly plants: readonly Plant[];
  /** How the tool of the gate prints a complaint about a file. */
  readonly says: (path: string, complaint: string) => RegExp;
};

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const WITH_A_DEPENDENCY = textOf('package.json').replace(
  '"dependencies": {',
  '"dependencies": { "never-imported": "1.0.0",',
);

const IOREDIS = `import type { Redis } from 'ioredis';\n`;
const KAFKAJS = `import type { Producer } from 'kafkajs';\n`;
const MONEY = `import { Money } from '../values/money.ts';\n`;

const unused: Gate['says'] = (path, name) => new RegExp(`^${name} +.*${path}|^${path}`, 'm');
const HALF_USED = 'export const used = 1;\nexport const unused = 2;\n';

export const GATES: readonly Gate[] = [
  {
    command: 'format:check',
    says: (path) => new RegExp(`^\\[warn\\] ${path}$`, 'm'),
    plants: [
      ['double quotes', 'src/values/planted-quotes.ts', 'export const quotes = "double";\n', ''],
      ['a folder of tests', 'test/values/planted-format.ts', 'export const  spaces = 2;\n', ''],
      ['data', 'deploy/policy/planted-format.json', '{"a":1}', ''],
    ],
  },
  {
    command: 'types',
    says: (path, code) => new RegExp(`^${path}\\(.*error ${code}:`, 'm'),
    plants: [
      [
        'a sum of money that is a plain number',
        'src/policy/planted-sum.ts',
        `${MONEY}export const sum: Money = Money.of('0.10') + Money.of('0.20');\n`,
        'TS2322',
      ],
      [
        'an id in the place of another',
        'src/claims/planted-ids.ts',
        `import type { CardholderId, Ndc } from './ids.ts';\nexport const id = (ndc: Ndc): CardholderId => ndc;\n`,
        'TS2322',
      ],
      [
        'a case that a switch forgot',
        'src/claims/planted-case.ts',
        `export function code(status: 'P' | 'R'): number {\n  switch (status) {\n    case 'P':\n      return 0;\n  }\n}\n`,
        'TS2366',
      ],
      [
        'a list element that may not be there',
        'deploy/local/planted-element.ts',
        'export const first = (ports: readonly number[]): number => ports[0];\n',
        'TS2322',
      ],
      ['syntax that Node does not erase', 'schemas/planted-enum.ts', 'export enum Status {\n  Paid,\n}\n', 'TS1294'],
    ],
  },
  {
    command: 'lint',
    says: (path, rule) => new RegExp(`/${path}\\n(?: .*\\n)* .* ${rule}$`, 'm'),
    plants: [
      [
        'a Redis write that nobody waits for',
        'src/adapters/redis/planted-set.ts',
        `${IOREDIS}export function set(redis: Redis): void {\n  redis.set('a', 'b');\n}\n`,
        '@typescript-eslint/no-floating-promises',
      ],
      [
        'a Redis pipeline that nobody waits for',
        'src/adapters/redis/planted-pipeline.ts',
        `${IOREDIS}export function run(redis: Redis): void {\n  redis.pipeline().set('a', 'b').exec();\n}\n`,
        '@typescript-eslint/no-floating-promises',
      ],
      [
        'a Redis script that nobody waits for',
        'src/adapters/redis/planted-script.ts',
        `${IOREDIS}export function run(redis: Redis): void {\n  redis.evalsha('a', 0);\n}\n`,
        '@typescript-eslint/no-floating-promises',
      ],
      [
        'a Kafka record that nobody waits for',
        'src/adapters/kafka/planted-send.ts',
        `${KAFKAJS}export function send(producer: Producer): void {\n  producer.send({ topic: 'a', messages: [] });\n}\n`,
        '@typescript-eslint/no-floating-promises',
      ],
      [
        'Kafka records sent from a callback that nobody waits for',
        'deploy/local/planted-callback.ts',
        `${KAFKAJS}export function send(producer: Producer, topics: readonly string[]): void {\n  topics.forEach(async (topic) => {\n    await producer.send({ topic, messages: [] });\n  });\n}\n`,
        '@typescript-eslint/no-misused-promises',
      ],
      [
        'a value of any type',
        'src/commands/planted-any.ts',
        `export const claimOf = (text: string): string => JSON.parse(text);\n`,
        '@typescript-eslint/no-unsafe-return',
      ],
      [
        'cents in a text',
        'src/claims/planted-cents.ts',
        `import type { Money } from '../values/money.ts';\nexport const text = (amount: Money): string => \`$\${amount}\`;\n`,
        '@typescript-eslint/restrict-template-expressions',
      ],
      [
        'a case that a switch without a value forgot',
        'src/commands/planted-switch.ts',
        `export function print(status: 'P' | 'R'): void {\n  switch (status) {\n    case 'P':\n      console.log(status);\n  }\n}\n`,
        '@typescript-eslint/switch-exhaustiveness-check',
      ],
      ['a default export', 'src/commands/demo/planted-default.ts', 'export default 1;\n', 'no-restricted-exports'],
      [
        'a fourth parameter',
        'schemas/planted-parameters.ts',
        'export const sum = (a: number, b: number, c: number, d: number): number => a + b + c + d;\n',
        'max-params',
      ],
      [
        'a function of 61 lines',
        'src/values/planted-length.ts',
        `export function long(values: number[]): void {\n${'  values.push(1);\n'.repeat(59)}}\n`,
        'max-lines-per-function',
      ],
      [
        'eleven ways through a function',
        'src/values/planted-complexity.ts',
        `export function ways(way: number): number {\n${'  if (way > 1) return way;\n'.repeat(10)}  return 0;\n}\n`,
        'complexity',
      ],
      [
        'the clock in the core',
        'src/policy/planted-now.ts',
        'export const now = (): number => Date.now();\n',
        'no-restricted-globals',
      ],
      [
        'a date in the core',
        'src/rebates/planted-date.ts',
        'export const day = new Date(0);\n',
        'no-restricted-globals',
      ],
      [
        'chance in the core',
        'src/adjudication/planted-chance.ts',
        'export const chance = Math.random();\n',
        'no-restricted-properties',
      ],
      [
        'the clock beside the calendar',
        'src/values/calendar-date.ts',
        `${textOf('src/values/calendar-date.ts')}export const today = new Date();\n`,
        'no-restricted-syntax',
      ],
      [
        'a timer in the loop',
        'src/stream/planted-timer.ts',
        'export const timer = setTimeout;\n',
        'no-restricted-globals',
      ],
      ['a log line in the core', 'src/claims/planted-log.ts', `console.log('paid');\n`, 'no-restricted-globals'],
      [
        'the environment outside config.ts',
        'src/adapters/http/planted-env.ts',
        `export const port = process.env['PORT'];\n`,
        'no-restricted-properties',
      ],
      [
        'a mocked module',
        'test/values/planted-mock.ts',
        `import { vi } from 'vitest';\nvi.mock('kafkajs');\n`,
        'no-restricted-properties',
      ],
    ],
  },
  {
    command: 'boundaries',
    says: (path, rule) => new RegExp(`error ${rule}: ${path}( |$)`, 'm'),
    plants: [
      [
        'a file read by the core',
        'src/claims/planted-fs.ts',
        `export * from 'node:fs';\n`,
        'the-core-uses-nothing-of-node',
      ],
      [
        'a socket opened by the wire',
        'src/wire/planted-net.ts',
        `export * from 'node:net';\nexport * from './planted-circle.ts';\n`,
        'wire-uses-crypto-and-fs-of-node',
      ],
      ['Kafka in the loop', 'src/stream/planted-kafka.ts', `export * from 'kafkajs';\n`, 'kafkajs-stays-at-home'],
      [
        'Redis beside Kafka',
        'src/adapters/kafka/planted-redis.ts',
        `export * from 'ioredis';\n`,
        'ioredis-stays-at-home',
      ],
      [
        'decimals outside values',
        'src/rebates/planted-decimal.ts',
        `export * from 'decimal.js';\n`,
        'decimal.js-stays-at-home',
      ],
      ['a package without a home', 'src/commands/planted-ajv.ts', `export * from 'ajv';\n`, 'a-package-has-a-home'],
      [
        'a package that the image lacks',
        'src/commands/planted-check.ts',
        `export * from 'fast-check';\n`,
        'src-needs-no-dev-dependency',
      ],
      ['a package that is not there', 'src/commands/planted-typo.ts', `export * from 'ioreddis';\n`, 'no-unresolved'],
      [
        'the loop in the core',
        'src/policy/planted-loop.ts',
        `export * from '../stream/lanes.ts';\n`,
        'policy-imports-only-values-claims',
      ],
      [
        'rules in an adapter',
        'src/adapters/http/planted-rules.ts',
        `export * from '../../adjudication/state.ts';\n`,
        'adapters-imports-only-.*',
      ],
      [
        'an adapter in the loop',
        'src/stream/planted-adapter.ts',
        `export * from '../adapters/http/planted-env.ts';\n`,
        'adapters-are-wired-in-one-place',
      ],
      [
        'local servers in production',
        'src/commands/planted-servers.ts',
        `export * from '../../deploy/local/planted-element.ts';\n`,
        'local-servers-are-for-the-demo-and-tests',
      ],
      [
        'a demo that loads with the program',
        'src/commands/planted-demo.ts',
        `export * from './demo/planted-default.ts';\n`,
        'the-demo-loads-on-demand',
      ],
      [
        'a test in production',
        'src/commands/planted-builder.ts',
        `export * from '../../test/values/planted-format.ts';\n`,
        'src-knows-no-test',
      ],
      // The socket of above leads back to it.
      ['a circle', 'src/wire/planted-circle.ts', `export * from './planted-net.ts';\n`, 'no-circular'],
      ['a file that nothing leads to', 'src/values/planted-orphan.ts', 'export const orphan = 1;\n', 'no-orphans'],
    ],
  },
  {
    command: 'unused',
    says: unused,
    plants: [
      ['a file', 'src/values/planted-file.ts', 'export const file = 1;\n', ''],
      ['an export', 'src/values/planted-export.ts', HALF_USED, 'unused'],
      ['a dependency', 'package.json', WITH_A_DEPENDENCY, 'never-imported'],
    ],
  },
  {
    command: 'unused -- --production',
    says: unused,
    plants: [
      ['a file that only a test uses', 'src/values/planted-export.ts', HALF_USED, ''],
      [
        'an export that only a test uses',
        'src/values/invariant.ts',
        `${textOf('src/values/invariant.ts')}export const tested = 1;\n`,
        'tested',
      ],
    ],
  },
];

/** A test that uses one planted export of each file, so that the gates have something to tell apart. */
export const PLANTED_TEST = `
import { tested } from '../../src/values/invariant.ts';
import { used } from '../../src/values/planted-export.ts';
export default [tested, used];
`;
