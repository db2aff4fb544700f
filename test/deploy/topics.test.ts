import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readTopicsFile } from '../../src/adapters/files/topics-file.ts';

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
const claims = topics.find(({ name }) => name === 'rx.claims.v1');
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
      'rx.claim-responses.v1',
      'rx.rebate-events.v1',
      'rx.claims-dlq.v1',
    ]);
    expect(ofPolicy('compact').map(({ settings }) => settings['retention.ms'])).toEqual(Array(4).fill(undefined));
  });

  test('keeps answers as long as claims, rebate events longer, dead letters less long', () => {
    const [kept, answers, rebates, dead] = ofPolicy('delete').map(({ settings }) => Number(settings['retention.ms']));
    expect(answers).toBe(kept);
    expect(rebates).toBeGreaterThan(kept ?? 0);
    expect(dead).toBeLessThan(kept ?? 0);
  });

  test('lets the broker say when a claim was received', () => {
    expect(claims?.settings['message.timestamp.type']).toBe('LogAppendTime');
  });

  test('takes as a dead letter whatever it takes as a claim', () => {
    expect(Number(deadLetters?.settings['max.message.bytes'])).toBeGreaterThan(
      Number(claims?.settings['max.message.bytes']),
    );
  });
});
