import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { readTopicsFile, TopicsFileProblem } from '../../../src/adapters/files/topics-file.ts';
import { TOPICS } from '../../../src/wire/topics.ts';

const DEPLOYED = new URL('../../../deploy/topics.yaml', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'topics-file-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The deployed file with a change, as a file of its own. */
function changed(from: string, to: string): string {
  const text = readFileSync(DEPLOYED, 'utf8');
  const path = join(folder, 'topics.yaml');
  writeFileSync(path, text.replace(from, to));
  return path;
}

test('the deployed file has every topic of the code, with settings as text', () => {
  const { partitions, topics } = readTopicsFile(DEPLOYED);
  expect(partitions).toBeGreaterThanOrEqual(1);
  expect(topics.map(({ name }) => name).sort()).toEqual(
    Object.values(TOPICS)
      .map(({ name }) => name)
      .sort(),
  );
  expect(topics.flatMap(({ settings }) => Object.values(settings)).every((value) => typeof value === 'string')).toBe(
    true,
  );
});

test.each([
  ['rx.claims.v1', 'LogAppendTime'],
  ['rx.claim-responses.v1', undefined],
])('the time of a record on %s is the time that the broker says: %s', (topic, timestamps) => {
  const { topics } = readTopicsFile(DEPLOYED);
  expect(topics.find(({ name }) => name === topic)?.settings['message.timestamp.type']).toBe(timestamps);
});

describe('a file is refused when', () => {
  test.each([
    ['it has a topic under another name', 'rx.claims.v1', 'rx.claim.v1'],
    ['a topic carries another record', 'record: Coverage', 'record: Claim'],
    ['there are no partitions', /partitions: \d+/.exec(readFileSync(DEPLOYED, 'utf8'))?.[0] ?? '', 'partitions: 0'],
    ['a setting is a list', 'cleanup.policy: delete', 'cleanup.policy: [delete]'],
  ])('%s', (_why, from, to) => {
    expect(() => readTopicsFile(changed(from, to))).toThrow(TopicsFileProblem);
  });
});
