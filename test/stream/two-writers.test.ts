import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { AuthorizationFile } from '../../src/policy/reference.ts';
import { EMPTY_FILE, fileRequest } from '../../src/stream/authorize-record.ts';
import { Fault } from '../../src/stream/fault.ts';
import type { Ownership } from '../../src/stream/ownership.ts';
import { perSource } from '../../src/stream/per-source.ts';
import type { Fetched } from '../../src/stream/ports.ts';
import { takeUp } from '../../src/stream/two-writers.ts';
import { writePriorAuthorizations } from '../../src/wire/prior-authorizations.ts';
import type { PriorAuthorizationRequestRecord } from '../../src/wire/records.ts';
import { anAuthorization } from '../builders.ts';
import type { LaneWorld, Moment } from './lane-world.ts';
import {
  ask,
  aWorld,
  DENIED,
  expectViewToBeTheLog,
  fileIn,
  INCOMPLETE,
  MEMBER,
  onFile,
  OTHER,
  REFUSED,
  sourceOf,
  type Stated,
  statusesIn,
} from './requests.ts';

describe('what somebody else writes', () => {
  const THEIRS = writePriorAuthorizations([anAuthorization({ kind: 'EARLY_REFILL' })]);
  const write = (world: LaneWorld, cardholderId = MEMBER): void => {
    world.send('priorAuthorizations', world.keys.ofCardholder(cardholderId), THEIRS);
  };
  /** They write the first time that the lane comes to a moment. */
  const onceAt = (world: LaneWorld, wanted: Moment, cardholderId = MEMBER): void => {
    world.at = (moment) => {
      if (moment !== wanted) return;
      world.at = () => undefined;
      write(world, cardholderId);
    };
  };
  const statuses = (world: LaneWorld) => world.read('priorAuthorizations').map((record) => statusesIn(fileIn(record)));

  test('before the lane reads is kept by its answer', async () => {
    const world = aWorld({});
    write(world);
    await world.run();
    expect(statuses(world)).toEqual([['theirs APPROVED'], ['theirs APPROVED', 'R1 APPROVED']]);
    expect(world.told.putOff).toBe(0);
  });

  test('after the lane has read is kept too: the requests are decided again', async () => {
    const world = aWorld({}, { requestId: 'R2' });
    world.batchMax = 1;
    onceAt(world, 'publish');
    await world.run();
    expect(statuses(world)).toEqual([
      ['theirs APPROVED'],
      ['theirs APPROVED', 'R1 APPROVED'],
      ['theirs APPROVED', 'R1 APPROVED', 'R2 APPROVED'],
    ]);
    expect(world.told).toMatchObject({ putOff: 1, faults: 0, decisions: ['APPROVED', 'APPROVED'] });
    expectViewToBeTheLog(world);
  });

  test('about another member of the partition gets into the view', async () => {
    const world = aWorld({});
    onceAt(world, 'publish', OTHER);
    await world.run();
    expect(statuses(world)).toEqual([['theirs APPROVED'], ['R1 APPROVED']]);
    expectViewToBeTheLog(world);
  });

  test('between the answer of the lane and the marker of its transaction takes its place, in the view too', async () => {
    const world = aWorld({});
    onceAt(world, 'produced');
    await world.run();
    ask(world, { requestId: 'R2' });
    await world.run();
    expect(statuses(world)).toEqual([['R1 APPROVED'], ['theirs APPROVED'], ['theirs APPROVED', 'R2 APPROVED']]);
    expectViewToBeTheLog(world);
  });
});

describe('requests that were put off', () => {
  const owned = (): Ownership => ({
    epoch: 'mine',
    positions: perSource(() => new Map<number, number>()),
    applied: { accounts: new Map(), coverage: new Map(), priorAuthorizations: new Map(), participation: new Map() },
    authorized: new Map(),
    putOff: new Map([[0, { from: 5, until: 12 }]]),
  });
  const poll = (changes: Partial<Fetched>): Fetched => ({
    source: 'priorAuthorizations',
    partition: 0,
    records: [],
    from: 12,
    next: 12,
    end: 12,
    ...changes,
  });

  test.each<[string, Partial<Fetched>]>([
    ['before what came between has been read', { from: 11, next: 11 }],
    ['while more comes', { from: 12, next: 13 }],
    ['because another partition is quiet', { partition: 1 }],
    ['because another topic is quiet', { source: 'coverage' }],
  ])('are not asked for again %s', (_why, changes) => {
    const ownership = owned();
    takeUp(ownership, [poll(changes)]);
    expect(ownership).toEqual(owned());
  });

  test('are asked for again from their first on, when a poll brings nothing more', () => {
    const ownership = owned();
    takeUp(ownership, [poll({})]);
    expect(ownership.positions.authorizationRequests).toEqual(new Map([[0, 5]]));
    expect(ownership.putOff).toEqual(new Map());
  });
});

describe('a lane that fails', () => {
  test.each<[string, Moment]>([
    ['before it has published', 'publish'],
    ['inside of the transaction', 'produced'],
    ['without having heard of its commit', 'committed'],
    ['before the view has its answer', 'apply'],
  ])('%s answers every request once', async (_when, wanted) => {
    const world = aWorld(DENIED, { requestId: 'R2' });
    world.batchMax = 1;
    world.at = (moment) => {
      if (moment !== wanted) return;
      world.at = () => undefined;
      throw new Fault('a server is away', { retryable: true });
    };
    await world.run();
    expect(world.read('priorAuthorizations').map(sourceOf)).toEqual(['0', '1']);
    expect(statusesIn(onFile(world))).toEqual(['R1 REPLACED', 'R2 APPROVED']);
    expect(world.told.faults).toBe(1);
    expectViewToBeTheLog(world);
  });
});

/** Of two members, in any order, some of them sent again. */
const someRequests = fc.array(
  fc.record({
    requestId: fc.constantFrom('R1', 'R2', 'R3'),
    cardholderId: fc.constantFrom(MEMBER, OTHER),
    stated: fc.constantFrom<Stated>({}, DENIED, INCOMPLETE, REFUSED),
  }),
  { minLength: 1, maxLength: 8 },
);
/** What happens at the moments of the lane, one after the other. */
const someMishaps = fc.array(fc.constantFrom('nothing', 'nothing', 'they write', 'they erase', 'fault'), {
  maxLength: 20,
});

test('every request is answered once and in order, on the record right before the answer, whoever writes and whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(someRequests, someMishaps, fc.integer({ min: 1, max: 3 }), async (requests, mishaps, batchMax) => {
      const world = aWorld(...requests.map(({ stated, ...ids }) => ({ ...ids, ...stated })));
      world.batchMax = batchMax;
      const coming = [...mishaps];
      world.at = () => {
        const mishap = coming.shift() ?? 'nothing';
        const key = world.keys.ofCardholder(coming.length % 2 === 0 ? MEMBER : OTHER);
        if (mishap === 'fault') throw new Fault('a server is away', { retryable: true });
        if (mishap === 'they write')
          world.send('priorAuthorizations', key, writePriorAuthorizations([anAuthorization()]));
        if (mishap === 'they erase') world.send('priorAuthorizations', key, null);
      };
      await world.run();
      world.at = () => undefined;
      // What others wrote behind the last answer is read before this one is given.
      ask(world, { requestId: 'R9' });
      await world.run();
      expect(world.read('priorAuthorizations').map(({ value }) => String(value))).toEqual(replayed(world));
      expectViewToBeTheLog(world);
    }),
    { numRuns: 200 },
  );
});

/** The records of the topic as they have to be: those of others as they are, and behind them what the requests make of them. */
function replayed(world: LaneWorld): readonly string[] {
  const files = new Map<string, AuthorizationFile>();
  const waiting = Map.groupBy(world.read('authorizationRequests'), ({ key }) => String(key));
  const values = world.read('priorAuthorizations').map((record) => {
    const key = String(record.key);
    if (sourceOf(record) === undefined) {
      files.set(key, record.value === null ? EMPTY_FILE : fileIn(record));
      return String(record.value);
    }
    const answered = (waiting.get(key) ?? []).filter(({ offset }) => offset <= Number(sourceOf(record)));
    waiting.set(key, (waiting.get(key) ?? []).slice(answered.length));
    const after = answered.reduce(
      (file, request) =>
        fileRequest(JSON.parse(String(request.value)) as PriorAuthorizationRequestRecord, file, world.policy).file,
      files.get(key) ?? EMPTY_FILE,
    );
    files.set(key, after);
    return answered.length === 0
      ? 'answers nothing'
      : JSON.stringify(writePriorAuthorizations(after.authorizations, after.refusals));
  });
  const unanswered = [...waiting.values()].flat();
  return [...values, ...unanswered.map(({ offset }) => `no answer to ${String(offset)}`)];
}
