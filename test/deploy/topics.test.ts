import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readTopicsFile } from '../../src/adapters/files/topics-file.ts';
import { INPUT_SOURCES } from '../../src/stream/ports.ts';
import { TOPICS } from '../../src/wire/topics.ts';

type Topic = {
  readonly name: string;
  readonly key: string;
  readonly schema?: string;
  readonly record?: string;
  readonly settings: Readonly<Record<string, string | number>>;
};

const ROOT = join(import.meta.dirname, '../..');
const FILE = join(ROOT, 'deploy/topics.yaml');

const { topics } = parse(readFileSync(FILE, 'utf8')) as { readonly topics: readonly Topic[] };
const ofPolicy = (policy: string): readonly Topic[] =>
  topics.filter(({ settings }) => settings['cleanup.policy'] === policy);
const INPUTS: readonly string[] = INPUT_SOURCES.map((source) => TOPICS[source].name);
const inputs = topics.filter(({ name }) => INPUTS.includes(name));
const deadLetters = topics.find(({ name }) => name === 'rx.claims-dlq.v1');

describe('the table of topics', () => {
  test('is the one of the code', () => {
    expect(readTopicsFile(FILE)).toMatchObject({ partitions: 8, topics: topics.map(({ name }) => ({ name })) });
  });

  test.each(topics.filter(({ record }) => record !== undefined))(
    'names the schema of $record',
    ({ schema, record }) => {
      expect(JSON.parse(readFileSync(join(ROOT, schema ?? ''), 'utf8'))).toMatchObject({
        type: 'record',
        name: record,
      });
    },
  );

  test('compacts what is a state, keeps for a time what happened, and does nothing else', () => {
    expect(ofPolicy('compact').map(({ name }) => name)).toEqual([
      'rx.member-accounts.v1',
      'rx.coverage.v1',
      'rx.prior-authorizations.v1',
      'rx.participation.v1',
    ]);
    expect(ofPolicy('delete').map(({ name }) => name)).toEqual([
      'rx.claims.v1',
      'rx.prior-authorization-requests.v1',
      'rx.claim-responses.v1',
      'rx.rebate-events.v1',
      'rx.claims-dlq.v1',
    ]);
    expect(ofPolicy('compact').map(({ settings }) => settings['retention.ms'])).toEqual(Array(4).fill(undefined));
  });

  test('keeps answers and requests as long as claims, rebate events longer, dead letters less long', () => {
    const [kept, requests, answers, rebates, dead] = ofPolicy('delete').map(({ settings }) =>
      Number(settings['retention.ms']),
    );
    expect([requests, answers]).toEqual([kept, kept]);
    expect(rebates).toBeGreaterThan(kept ?? 0);
    expect(dead).toBeLessThan(kept ?? 0);
  });

  describe.each(inputs)('$name', ({ settings }) => {
    test('has the broker say when a record came', () => {
      expect(settings['message.timestamp.type']).toBe('LogAppendTime');
    });

    test('takes nothing that a dead letter has no room for', () => {
      expect(Number(deadLetters?.settings['max.message.bytes'])).toBeGreaterThan(Number(settings['max.message.bytes']));
    });
  });
});
