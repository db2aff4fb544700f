import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { startStack } from '../../deploy/local/start-stack.ts';
import type { Stack } from '../../deploy/local/start-stack.ts';
import type { TopicRecord } from '../../src/adapters/kafka/topic-tail.ts';
import { loadPolicyBundle } from '../../src/adapters/files/policy-bundle.ts';
import type { SyntheticClaim } from '../../src/commands/synthetic/claims.ts';
import { syntheticMember } from '../../src/commands/synthetic/members.ts';
import type { CardholderId, DrugFamily } from '../../src/claims/ids.ts';
import type { PriorAuthorizationRequest } from '../../src/claims/prior-authorization-request.ts';
import { EMPTY_FILE, fileRequest } from '../../src/stream/authorize-record.ts';
import type { AuthorizationFile } from '../../src/policy/reference.ts';
import type { Step } from '../../src/stream/ports.ts';
import { toJson } from '../../src/wire/json.ts';
import { readAuthorizationFile, writePriorAuthorizations } from '../../src/wire/prior-authorizations.ts';
import type { PriorAuthorizationRecord, PriorAuthorizationRequestRecord } from '../../src/wire/records.ts';
import { anAuthorization, aRequest } from '../builders.ts';
import { Deployment } from './deployment.ts';
import { decode } from './oracle.ts';
import { killAllWorkers } from './workers.ts';

let stack: Stack;
let deployment: Deployment;

beforeAll(async () => {
  stack = await startStack();
});
afterEach(async () => {
  killAllWorkers();
  await deployment.close();
});
afterAll(async () => {
  await stack.stop();
});

const MEMBERS = 300;
const REQUESTS = 4_000;
const CLAIMS = 4_000;
const ROUNDS = 100;
/** Records that the plan writes in each of them. */
const THEIRS = 8;

const STATED: readonly Partial<PriorAuthorizationRequest>[] = [
  {},
  { typeTwoDiabetes: true },
  { lifestyleProgram: null },
  { patientAge: 131 },
  { binNumber: '999999' },
];
const FAMILIES = ['WEGOVY', 'ZEPBOUND', 'FOUNDAYO', 'OTHER'] as readonly string[] as readonly DrugFamily[];

/** The nth of the requests: of all members in turn, each about another drug, every seventh sent before. */
function request(number: number): PriorAuthorizationRequest {
  const member = number % MEMBERS;
  const round = Math.floor(number / MEMBERS);
  return aRequest({
    cardholderId: syntheticMember(member).cardholderId as CardholderId,
    requestId: `R${String(number % 7 === 0 ? Math.max(0, round - 1) : round)}`,
    drugFamily: FAMILIES[(member + round) % FAMILIES.length] as DrugFamily,
    ...STATED[(member * 3 + round) % STATED.length],
  });
}

const keyed = (record: PriorAuthorizationRequestRecord) => ({
  key: deployment.keys.ofRequest(record) ?? '',
  value: deployment.codecs.encoderOf('PriorAuthorizationRequest')(record),
});

/** Claims and requests in turns, and between them what a plan writes into the topic of the answers. */
async function sendMixed(claims: Iterator<SyntheticClaim>): Promise<void> {
  const encode = deployment.codecs.encoderOf('PriorAuthorization');
  const theirs = encode(writePriorAuthorizations([anAuthorization({ kind: 'EARLY_REFILL' })]));
  const [claimsEach, requestsEach] = [CLAIMS / ROUNDS, REQUESTS / ROUNDS];
  for (let round = 0; round < ROUNDS; round += 1) {
    const requests = Array.from({ length: requestsEach }, (_, index) => keyed(request(round * requestsEach + index)));
    await deployment.send('authorizationRequests', requests);
    await deployment.sendClaims(claims, claimsEach);
    for (let index = 0; index < THEIRS; index += 1) {
      const { cardholderId } = syntheticMember((round * THEIRS + index) % MEMBERS);
      await deployment.send('priorAuthorizations', [
        { key: deployment.keys.ofCardholder(cardholderId), value: theirs },
      ]);
    }
  }
}

type Kept = { readonly at: TopicRecord; readonly record: PriorAuthorizationRecord };
const text = (record: PriorAuthorizationRecord): string => JSON.stringify(toJson('PriorAuthorization', record));
const sourceOf = ({ headers }: TopicRecord): number | null =>
  headers['rx.source.offset'] === undefined ? null : Number(headers['rx.source.offset']);

/** What each record of the topic has to say: those of others what they say, and those of the lanes what the requests before them make of the record before them. */
async function expectedOf(kept: readonly Kept[]): Promise<readonly string[]> {
  const policy = await loadPolicyBundle('deploy/policy');
  const sent = await deployment.read('authorizationRequests');
  const requests = await decode(deployment, 'PriorAuthorizationRequest', sent);
  const waiting = Map.groupBy(
    requests.map((record, index) => ({ record, offset: sent[index]?.offset ?? 0, key: sent[index]?.key ?? '' })),
    ({ key }) => key,
  );
  const files = new Map<string, AuthorizationFile>();
  const expected = kept.map(({ at, record }) => {
    const source = sourceOf(at);
    if (source === null) {
      files.set(at.key, readAuthorizationFile(record));
      return text(record);
    }
    const queue = waiting.get(at.key) ?? [];
    const answered = queue.filter(({ offset }) => offset <= source);
    waiting.set(at.key, queue.slice(answered.length));
    if (answered.at(-1)?.offset !== source) return 'answered before';
    const after = answered.reduce(
      (file, each) => fileRequest(each.record, file, policy).file,
      files.get(at.key) ?? EMPTY_FILE,
    );
    files.set(at.key, after);
    return text(writePriorAuthorizations(after.authorizations, after.refusals));
  });
  return [...expected, ...[...waiting.values()].flat().map(({ offset }) => `no answer to ${String(offset)}`)];
}

/** Without those that erase. */
async function keptRecords(): Promise<readonly Kept[]> {
  const records = (await deployment.read('priorAuthorizations')).filter(({ value }) => value !== null);
  const decoded = await decode(deployment, 'PriorAuthorization', records);
  return decoded.map((record, index) => ({ record, at: records[index] as TopicRecord }));
}

describe('4 000 requests among 4 000 claims, while a plan writes too, are answered exactly once when a worker is killed', () => {
  test.each<[Step, number]>([
    ['produce', 12],
    ['commit', 13],
    ['apply', 14],
  ])('after the step "%s", the %ith time it has done it', async (step, nth) => {
    deployment = await new Deployment(stack, `requests-${step}`).open();
    const claims = await deployment.sendReference({ seed: 11, members: MEMBERS });
    const doomed = deployment.startWorker({ step, nth, signal: 'SIGKILL' });
    const survivor = deployment.startWorker();
    await sendMixed(claims);
    expect(await doomed.ended).toBe('SIGKILL');
    await deployment.settled();

    const kept = await keptRecords();
    expect(kept.map(({ record }) => text(record))).toEqual(await expectedOf(kept));

    const last = new Map(kept.map(({ at, record }) => [at.key, { partition: at.partition, line: text(record) }]));
    const members = Map.groupBy(last, ([, { partition }]) => partition);
    const keys = new Map([...members].map(([partition, entries]) => [partition, entries.map(([key]) => key)]));
    const viewed = async () => {
      const blobs = await deployment.viewed('priorAuthorizations', keys);
      const records = await decode(deployment, 'PriorAuthorization', blobs);
      return new Map(records.map((record, index) => [blobs[index]?.key ?? '', text(record)]));
    };
    // The offsets are committed a moment before the view has the records.
    await expect.poll(viewed, { timeout: 10_000 }).toEqual(new Map([...last].map(([key, { line }]) => [key, line])));

    const answers = await deployment.read('responses');
    const answered = answers.map(
      ({ headers }) => `${String(headers['rx.source.partition'])}/${String(headers['rx.source.offset'])}`,
    );
    const sent = (await deployment.read('claims')).map(
      ({ partition, offset }) => `${String(partition)}/${String(offset)}`,
    );
    expect(answered.sort()).toEqual(sent.sort());
    expect(await deployment.read('deadLetters')).toEqual([]);
    await survivor.stop();
  });
});

test('requests that nobody can read or with a wrong key are set aside, wrong fields are answered, and a claim is decided on the answer that was read', async () => {
  deployment = await new Deployment(stack, 'requests').open();
  const claims = await deployment.sendReference({ seed: 23, members: 50 });
  const stranger = aRequest({ cardholderId: '1EG4TE5MK72' as CardholderId });
  const { key, value } = keyed(stranger);
  await deployment.send('authorizationRequests', [
    { key: deployment.keys.ofCardholder('SOMEBODY ELSE'), value },
    { key, value: value.subarray(0, 12) },
    { key, value: Buffer.from('{}') },
    { key, value: null },
    keyed({ ...stranger, requestId: 'R2', patientAge: 131 }),
  ]);
  const worker = deployment.startWorker();
  await deployment.settled();
  const deadLetters = await deployment.read('deadLetters');
  expect(deadLetters.map(({ headers }) => String(headers['__connect.errors.exception.class.name'])).sort()).toEqual([
    'KEY_MISMATCH',
    'MALFORMED',
    'NOT_FRAMED',
    'NO_VALUE',
  ]);
  expect(new Set(deadLetters.map(({ headers }) => String(headers['__connect.errors.topic'])))).toEqual(
    new Set([deployment.topics.authorizationRequests]),
  );
  const answerTo = async (wanted: string): Promise<PriorAuthorizationRecord | undefined> =>
    (await keptRecords()).findLast(({ at }) => at.key === wanted && sourceOf(at) !== null)?.record;
  expect(await answerTo(key)).toEqual({ authorizations: [], refusals: [{ requestId: 'R2', fields: ['patientAge'] }] });

  const { record: fill } = firstFill(claims);
  const patient = aRequest({ cardholderId: fill.insurance?.cardholderId as CardholderId, requestId: 'R3' });
  const theirs = keyed(patient).key;
  await deployment.send('priorAuthorizations', [{ key: theirs, value: null }]);
  await deployment.send('authorizationRequests', [keyed(patient)]);
  await expect
    .poll(() => answerTo(theirs), { timeout: 20_000 })
    .toMatchObject({ authorizations: [{ requestId: 'R3' }] });
  await deployment.send('claims', [{ key: theirs, value: deployment.codecs.encoderOf('Claim')(fill) }]);
  await deployment.settled();
  const [response] = await decode(deployment, 'ClaimResponse', await deployment.read('responses'));
  expect(response).toMatchObject({ transactionResponseStatus: 'P' });
  await worker.stop();
});

/** Of somebody who takes Wegovy, as the builder's requests ask for. */
function firstFill(claims: Iterator<SyntheticClaim>): SyntheticClaim {
  for (;;) {
    const { value } = claims.next() as { value: SyntheticClaim };
    if (value.kind === 'FILL' && value.record.claim?.productServiceId?.startsWith('00169') === true) return value;
  }
}
