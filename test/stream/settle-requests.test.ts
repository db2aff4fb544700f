import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import type { CardholderId } from '../../src/claims/ids.ts';
import { fromJson } from '../../src/wire/json.ts';
import { writePriorAuthorizations } from '../../src/wire/prior-authorizations.ts';
import type { ClaimResponseRecord } from '../../src/wire/records.ts';
import { aRequest } from '../builders.ts';
import { aRecord } from '../wire/claim-record.ts';
import { LaneWorld } from './lane-world.ts';
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

describe('a request on the stream is answered by the record of its member:', () => {
  test.each<[string, Stated, object]>([
    ['approved', {}, { authorizations: [{ status: 'APPROVED', requestId: 'R1', reasons: [] }], refusals: [] }],
    [
      'denied, with the reasons',
      { ...DENIED, patientAge: 17 },
      { authorizations: [{ status: 'DENIED', reasons: ['TYPE_2_DIABETES', 'UNDER_AGE'] }], refusals: [] },
    ],
    [
      'incomplete, with what is missing',
      INCOMPLETE,
      { authorizations: [{ status: 'IN_REVIEW', reasons: ['LIFESTYLE_UNANSWERED'] }], refusals: [] },
    ],
    [
      'refused, with the fields',
      REFUSED,
      { authorizations: [], refusals: [{ requestId: 'R1', fields: ['patientAge'] }] },
    ],
    [
      'refused, where nobody has its BIN',
      { binNumber: '999999' },
      { authorizations: [], refusals: [{ requestId: 'R1', fields: ['binNumber'] }] },
    ],
  ])('%s', async (_what, stated, file) => {
    const world = aWorld(stated);
    await world.run();
    expect(onFile(world)).toMatchObject(file);
    expectViewToBeTheLog(world);
  });

  test('with the place of the request, and nothing else is published', async () => {
    const world = aWorld({});
    await world.run();
    expect(world.read('priorAuthorizations').map(({ key, headers }) => ({ key: String(key), headers }))).toEqual([
      {
        key: world.keys.ofCardholder(MEMBER),
        headers: {
          ce_specversion: '1.0',
          ce_id: 'requests/0/0',
          ce_type: 'rx.v1.PriorAuthorization',
          ce_source: '/test',
          'rx.source.partition': '0',
          'rx.source.offset': '0',
        },
      },
    ]);
    expect([world.read('responses'), world.read('accounts'), world.read('deadLetters')]).toEqual([[], [], []]);
    expect(world.told.decisions).toEqual(['APPROVED']);
  });
});

describe('requests of one member see one another', () => {
  const requests = [
    { ...DENIED },
    { requestId: 'R2' },
    { ...REFUSED, requestId: 'R3' },
    { requestId: 'R3', ...INCOMPLETE },
  ];

  test.each([
    ['in one batch, which has one record for them', 10, ['3']],
    ['when each is a batch of its own', 1, ['0', '1', '2', '3']],
  ])('%s', async (_how, batchMax, sources) => {
    const world = aWorld(...requests);
    world.batchMax = batchMax;
    await world.run();
    expect(statusesIn(onFile(world))).toEqual(['R1 REPLACED', 'R2 APPROVED', 'R3 IN_REVIEW']);
    expect(onFile(world).refusals).toEqual([]);
    expect(world.read('priorAuthorizations').map(sourceOf)).toEqual(sources);
    expect(world.told.decisions).toEqual(['DENIED', 'APPROVED', 'REFUSED', 'INCOMPLETE']);
    expect(world.told.putOff).toBe(0);
    expectViewToBeTheLog(world);
  });

  test('and those of another member nothing of them', async () => {
    const world = aWorld(DENIED, { cardholderId: OTHER, requestId: 'R9' });
    await world.run();
    expect(statusesIn(onFile(world, OTHER))).toEqual(['R9 APPROVED']);
  });

  test('also when one is sent again: it gets its first decision, and a record that says so', async () => {
    const world = aWorld({}, { ...DENIED, requestId: 'R1' });
    world.batchMax = 1;
    await world.run();
    expect(world.told.decisions).toEqual(['APPROVED', 'APPROVED']);
    const [first, second] = world.read('priorAuthorizations').map(fileIn);
    expect(second).toEqual(first);
  });
});

describe('set aside is', () => {
  const good = aRequest();
  test.each<[string, (world: LaneWorld) => readonly [string | null, unknown]]>([
    ['KEY_MISMATCH', ({ keys }) => [keys.ofCardholder(OTHER), good]],
    ['KEY_MISMATCH', () => [null, good]],
    ['KEY_MISMATCH', () => ['no key of a member', { ...good, cardholderId: null }]],
    ['MALFORMED', ({ keys }) => [keys.ofCardholder(MEMBER), Buffer.from('{')]],
    ['NO_VALUE', ({ keys }) => [keys.ofCardholder(MEMBER), null]],
  ])('%s, and what comes behind it is decided', async (reason, sent) => {
    const world = new LaneWorld();
    world.send('authorizationRequests', ...sent(world));
    ask(world, {});
    await world.run();
    expect(world.told.deadLetters).toEqual([{ source: 'authorizationRequests', partition: 0, offset: 0, reason }]);
    expect(world.read('deadLetters').map(({ headers }) => headers)).toMatchObject([
      { '__connect.errors.topic': 'requests', '__connect.errors.exception.class.name': reason },
    ]);
    expect(world.told.decisions).toEqual(['APPROVED']);
  });

  test('no request without a cardholder id under a key in its form: it is refused there', async () => {
    const world = new LaneWorld();
    world.send('authorizationRequests', world.keys.ofCardholder(OTHER), { ...good, cardholderId: null });
    await world.run();
    expect(onFile(world, OTHER)).toEqual({
      authorizations: [],
      refusals: [{ requestId: 'R1', fields: ['cardholderId'] }],
    });
  });
});

const NOTHING = writePriorAuthorizations([]);
/** The specimen whom the claim of the schemas is about. */
const COVERAGE = fromJson('Coverage', JSON.parse(readFileSync('schemas/examples/coverage.json', 'utf8')));

describe('a claim', () => {
  const claim = aRecord();
  const key = (world: LaneWorld): string => world.keys.ofClaim(claim) ?? '';
  const answers = (world: LaneWorld): readonly string[] =>
    world
      .read('responses')
      .map(({ value }) => JSON.parse(String(value)) as ClaimResponseRecord)
      .map(({ transactionResponseStatus, rejects }) => rejects[0]?.rejectCode ?? transactionResponseStatus);
  const bill = (world: LaneWorld): void => {
    world.send('claims', key(world), claim);
  };
  const aCoveredWorld = (): LaneWorld => {
    const world = aWorld({ cardholderId: claim.insurance?.cardholderId as CardholderId });
    world.send('coverage', key(world), COVERAGE.kind === 'record' ? COVERAGE.record : null);
    return world;
  };

  test('that was appended after the answer to a request had been published is decided on it', async () => {
    const world = aCoveredWorld();
    world.at = (moment) => {
      if (moment === 'committed' && world.read('claims').length === 0) bill(world);
    };
    await world.run(() => world.read('responses').length > 0);
    expect(answers(world)).toEqual(['P']);
  });

  test('that comes with a request is decided after it', async () => {
    const world = aCoveredWorld();
    bill(world);
    await world.run();
    expect(answers(world)).toEqual(['P']);
  });

  test('does not wait for a request that is put off, again and again', async () => {
    const world = aCoveredWorld();
    bill(world);
    let others = 5;
    world.at = (moment) => {
      if (moment === 'publish' && (others -= 1) > 0) world.send('priorAuthorizations', 'another member', NOTHING);
    };
    await world.run(() => world.read('responses').length > 0);
    expect([answers(world), world.told.decisions]).toEqual([['75'], []]);
    expect(world.told.lags).toContainEqual({ source: 'authorizationRequests', partition: 0, records: 1 });
    await world.run();
    expect(world.told).toMatchObject({ decisions: ['APPROVED'], faults: 0 });
    expectViewToBeTheLog(world);
  });
});
