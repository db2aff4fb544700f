import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startStack } from '../../deploy/local/start-stack.ts';
import type { Stack } from '../../deploy/local/start-stack.ts';
import { loadPolicyBundle, parsePolicyBundle } from '../../src/adapters/files/policy-bundle.ts';
import type { TopicPlace } from '../../src/commands/arguments.ts';
import { writeSyntheticFiles } from '../../src/commands/synthetic-files.ts';
import { answersToFile } from '../../src/commands/what-if-file.ts';
import { tally, type Tally } from '../../src/commands/what-if-tally.ts';
import { answersToTopic } from '../../src/commands/what-if-topic.ts';
import { readConfig } from '../../src/config.ts';
import { CalendarDate, Instant } from '../../src/values/calendar-date.ts';
import { spoiled } from '../adapters/files/spoiled-policy.ts';
import { Deployment } from './deployment.ts';

const SYNTHETIC = {
  seed: 11,
  members: 40,
  startDate: CalendarDate.of('2026-08-03'),
  mix: { rejects: 0.2, resends: 0.08, reversals: 0.08 },
};
const HALF = 200;
const ALL = { from: null, to: null };
const CAP = ['programmes', 0, 'versions', 0, 'rules', 'cap'] as const;

const policies = {
  present: await loadPolicyBundle('deploy/policy'),
  other: parsePolicyBundle(spoiled('programmes.json', CAP, { amount: '40.00', scope: 'CALENDAR_MONTH' })),
};

const folder = mkdtempSync(join(tmpdir(), 'what-if-'));
let stack: Stack;
let deployment: Deployment;
let half: Instant;

beforeAll(async () => {
  stack = await startStack({ servers: ['kafka', 'registry'] });
  deployment = await new Deployment(stack, 'what-if').open();
  const claims = await deployment.sendReference(SYNTHETIC);
  await deployment.sendClaims(claims, HALF);
  await sleep(20);
  half = Instant.ofEpochMs(Date.now());
  await sleep(20);
  await deployment.sendClaims(claims, HALF);
});
afterAll(async () => {
  await deployment.close();
  await stack.stop();
  rmSync(folder, { recursive: true });
});

async function overTopic(range: { readonly from: TopicPlace | null; readonly to: TopicPlace | null }) {
  const complaints: string[] = [];
  const progress: string[] = [];
  const counted = await tally(
    answersToTopic({
      ...policies,
      ...range,
      config: readConfig(deployment.environment),
      complain: (line) => void complaints.push(line),
      progress: (what, total) => (done) => void progress.push(`${what} ${String(done)}/${String(total)}`),
    }),
  );
  return { counted, complaints, progress };
}

async function overFile(): Promise<Tally> {
  const { claims, reference } = await writeSyntheticFiles({ ...SYNTHETIC, count: 2 * HALF }, folder);
  const silent = () => undefined;
  return tally(answersToFile({ ...policies, claims, reference, complain: silent, progress: silent }));
}

/** All but the places, which are others in a file, and the order of shifts of one size. */
const sums = ({ shifts, claims, changed, moved }: Tally) => ({
  claims,
  changed,
  moved,
  shifts: shifts.map((shift) => JSON.stringify({ ...shift, samples: [] })).sort(),
});

describe('what another policy would change of the claims of a topic', () => {
  test('is what it changes of the same claims in a file, and nothing is left behind', async () => {
    const ends = () =>
      Promise.all(Object.values(deployment.topics).map((topic) => deployment.admin.fetchTopicOffsets(topic)));
    const before = await ends();
    const { counted, complaints, progress } = await overTopic(ALL);
    expect(counted.claims).toBe(2 * HALF);
    expect(counted.changed).toBeGreaterThan(HALF / 2);
    expect(sums(counted)).toEqual(sums(await overFile()));
    expect(complaints).toEqual([]);
    expect(progress.at(-1)).toBe(`claims ${String(2 * HALF)}/${String(2 * HALF)}`);
    expect(await ends()).toEqual(before);
    expect((await deployment.admin.listGroups()).groups).toEqual([]);
  });

  test('names claims by their place', async () => {
    const { counted } = await overTopic(ALL);
    const claims = new Map(
      (await deployment.read('claims')).map((each) => [`${String(each.partition)}/${String(each.offset)}`, each]),
    );
    const samples = counted.shifts.flatMap((shift) => shift.samples);
    expect(samples.length).toBeGreaterThan(0);
    for (const { at } of samples) expect(claims.has(`${String(at.partition)}/${String(at.number)}`)).toBe(true);
  });

  test('can be asked of a part of it, and then members begin with nothing', async () => {
    const there = { kind: 'INSTANT', instant: half } as const;
    const [until, since] = [await overTopic({ from: null, to: there }), await overTopic({ from: there, to: null })];
    expect([until.counted.claims, since.counted.claims]).toEqual([HALF, HALF]);
    expect(until.complaints).toEqual([]);
    expect(since.complaints).toEqual([expect.stringContaining('accounts start empty')]);
  });

  test('can be asked from an offset of every partition to another', async () => {
    const offset = (at: number): TopicPlace => ({ kind: 'OFFSET', offset: at });
    const claims = await deployment.read('claims');
    const { counted } = await overTopic({ from: offset(5), to: offset(1_000_000) });
    expect(counted.claims).toBe(claims.filter((each) => each.offset >= 5).length);
    expect((await overTopic({ from: offset(7), to: offset(7) })).counted.claims).toBe(0);
  });

  test('leaves out what is aborted and what nobody can read, and says so', async () => {
    const producer = deployment.kafka.producer({
      transactionalId: 'what-if',
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    const [claim] = await deployment.read('claims');
    await transaction.send({
      topic: deployment.topics.claims,
      messages: [{ key: claim?.key ?? '', value: claim?.value ?? null }],
    });
    await transaction.abort();
    await producer.disconnect();
    await deployment.send('claims', [{ key: 'f'.repeat(32), value: Buffer.from('no claim') }]);
    await deployment.send('coverage', [{ key: claim?.key ?? '', value: Buffer.from('no coverage') }]);
    const { counted, complaints } = await overTopic(ALL);
    expect(counted.claims).toBe(2 * HALF);
    expect(sums(counted)).toEqual(sums(await overFile()));
    expect(complaints).toEqual([
      'reference records left out, because nobody can read them: 1',
      'claims left out, because nobody can read them or their key is wrong: 1',
    ]);
  });
});
