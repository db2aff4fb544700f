import { describe, expect, test } from 'vitest';

import type { TopicsTable } from '../../src/adapters/files/topics-file.ts';
import type { TopicOutcome } from '../../src/adapters/kafka/provision-topics.ts';
import type { Registry } from '../../src/adapters/registry/schema-registry.ts';
import { provision } from '../../src/commands/provision.ts';
import { valueSubjects } from '../../src/wire/topics.ts';

const table: TopicsTable = {
  partitions: 8,
  topics: [
    {
      name: 'rx.claims.v1',
      key: 'memberKey',
      record: 'Claim',
      writtenBy: ['gateway'],
      readBy: ['workers'],
      settings: { 'cleanup.policy': 'delete' },
    },
  ],
};

/** A registry in memory that remembers what was registered. */
function registryOf(known: readonly string[]): Registry & { readonly registered: string[] } {
  const registered: string[] = [];
  return {
    registered,
    writerType: () => Promise.resolve(null),
    idOf: (subject) => Promise.resolve(known.includes(subject) ? 1 : null),
    register: (subject) => {
      registered.push(subject);
      return Promise.resolve(1);
    },
  };
}

type Run = {
  readonly outcome?: TopicOutcome['outcome'];
  readonly differing?: TopicOutcome['differing'];
  readonly dryRun?: boolean;
  readonly json?: boolean;
};

async function run({ outcome = 'created', differing = [], dryRun = false, json = false }: Run) {
  const lines: string[] = [];
  const asked: unknown[] = [];
  const registry = registryOf(['p.rx.coverage.v1-value']);
  await provision({
    table,
    prefix: 'p.',
    provisionTopics: (plans, dry) => {
      asked.push(plans, dry);
      return Promise.resolve(plans.map(({ topic }) => ({ topic, outcome, differing })));
    },
    registry,
    dryRun,
    json,
    print: (line) => lines.push(line),
  });
  return { lines, asked, registered: registry.registered };
}

test('topics are made with the prefix, the common number of partitions and the settings of the table', async () => {
  const { asked } = await run({});
  expect(asked).toEqual([
    [{ topic: 'p.rx.claims.v1', partitions: 8, settings: { 'cleanup.policy': 'delete' } }],
    false,
  ]);
});

test('every schema is registered, also one that is there: its compatibility may not be', async () => {
  const { registered } = await run({});
  expect(registered).toEqual([...valueSubjects('p.').values()]);
});

test('a dry run registers nothing', async () => {
  const { registered, asked } = await run({ dryRun: true, outcome: 'missing' });
  expect(registered).toEqual([]);
  expect(asked[1]).toBe(true);
});

describe('a line says that', () => {
  test.each<[string, Run, string]>([
    ['a topic was made', {}, 'topic p.rx.claims.v1 created'],
    ['a topic was there', { outcome: 'present' }, 'topic p.rx.claims.v1 is there'],
    [
      'a topic has settings that are not of the table',
      { outcome: 'present', differing: [{ setting: 'retention.ms', found: '1', wanted: '2' }] },
      'topic p.rx.claims.v1 is there, but retention.ms is 1 and not 2',
    ],
    ['a topic would be made', { outcome: 'missing', dryRun: true }, 'topic p.rx.claims.v1 would be created'],
    ['a schema was registered', {}, 'schema p.rx.claims.v1-value created'],
    ['a schema was there', {}, 'schema p.rx.coverage.v1-value is there'],
    ['a schema would be registered', { dryRun: true }, 'schema p.rx.claims.v1-value would be created'],
    [
      'all that, to a program',
      { json: true },
      '{"kind":"topic","name":"p.rx.claims.v1","outcome":"created","differing":[]}',
    ],
  ])('%s', async (_what, options, line) => {
    const { lines } = await run(options);
    expect(lines).toContain(line);
  });
});
