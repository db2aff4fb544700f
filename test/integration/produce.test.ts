import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startStack } from '../../deploy/local/start-stack.ts';
import type { Stack } from '../../deploy/local/start-stack.ts';
import { produce } from '../../src/commands/produce.ts';
import type { Produced } from '../../src/commands/produce.ts';
import { generate } from '../../src/commands/synthetic/generate.ts';
import { readConfig } from '../../src/config.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import type { ClaimRecord } from '../../src/wire/records.ts';
import { Deployment } from './deployment.ts';
import type { TopicRecord } from '../../src/adapters/kafka/topic-tail.ts';

const SYNTHETIC = {
  seed: 3,
  members: 50,
  startDate: CalendarDate.of('2026-08-03'),
  mix: { rejects: 0.2, resends: 0.1, reversals: 0.1 },
};
const CLAIMS = 500;

let stack: Stack;
let deployment: Deployment;
let produced: Produced;
const progress: number[] = [];

const run = (options: Partial<Parameters<typeof produce>[0]> = {}): Promise<Produced> =>
  produce({
    ...SYNTHETIC,
    count: CLAIMS,
    rate: 0,
    topic: null,
    reference: true,
    config: readConfig(deployment.environment),
    progress: (sent) => progress.push(sent),
    ...options,
  });

beforeAll(async () => {
  stack = await startStack();
  deployment = await new Deployment(stack, 'produce').open();
  produced = await run();
});
afterAll(async () => {
  await deployment.close();
  await stack.stop();
});

async function claimsIn(records: readonly TopicRecord[]): Promise<readonly ClaimRecord[]> {
  const decoded = await deployment.codecs.decoderOf('Claim')(records.flatMap(({ value }) => value ?? []));
  return decoded.flatMap((result) => (result.kind === 'record' ? [result.record] : []));
}

const partitionsByKey = (records: readonly TopicRecord[]): ReadonlyMap<string, number> =>
  new Map(records.map(({ key, partition }) => [key, partition]));

describe('producing synthetic claims', () => {
  test('sends the claims of the seed, each with the key of its cardholder', async () => {
    const records = await deployment.read('claims');
    const claims = await claimsIn(records);
    const { claims: generated } = generate(SYNTHETIC);
    const wanted = Array.from({ length: CLAIMS }, () => generated.next().value.record);
    const sorted = (list: readonly ClaimRecord[]) => list.map((record) => JSON.stringify(record)).sort();
    expect(sorted(claims)).toEqual(sorted(wanted));
    expect(records.map(({ key }) => key)).toEqual(claims.map((record) => deployment.keys.ofClaim(record)));
  });

  test('keeps the claims of a member in the order in which they were received, but for copies', async () => {
    const received = new Map<string, number[]>();
    const records = await deployment.read('claims');
    const seen = new Set<string>();
    for (const [index, { transmissionId, receivedAt }] of (await claimsIn(records)).entries()) {
      if (seen.has(transmissionId)) continue;
      seen.add(transmissionId);
      const key = records[index]?.key ?? '';
      received.set(key, [...(received.get(key) ?? []), receivedAt]);
    }
    for (const times of received.values()) expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('puts a member’s reference records into the partition of the claims', async () => {
    const claims = partitionsByKey(await deployment.read('claims'));
    const coverage = partitionsByKey(await deployment.read('coverage'));
    const authorizations = partitionsByKey(await deployment.read('priorAuthorizations'));
    expect(coverage.size).toBe(55);
    expect(authorizations.size).toBe(54);
    for (const [key, partition] of [...coverage, ...authorizations])
      expect(claims.get(key) ?? partition).toBe(partition);
  });

  test('says what it has done', async () => {
    expect(produced).toMatchObject({ topic: deployment.topics.claims, claims: CLAIMS, referenceRecords: 55 + 54 + 2 });
    expect(progress.at(-1)).toBe(CLAIMS);
    expect(await deployment.read('participation')).toHaveLength(2);
  });

  test('into another topic and without reference data sends the claims alone', async () => {
    const before = await deployment.read('coverage');
    const { referenceRecords } = await run({
      topic: deployment.topics.deadLetters,
      reference: false,
      count: 20,
      rate: 200,
    });
    expect(referenceRecords).toBe(0);
    expect(await deployment.read('deadLetters')).toHaveLength(20);
    expect(await deployment.read('coverage')).toHaveLength(before.length);
  });
});
