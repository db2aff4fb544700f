import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startStack } from '../../deploy/local/start-stack.ts';
import type { Stack } from '../../deploy/local/start-stack.ts';
import { explainTopic } from '../../src/commands/explain/explain-topic.ts';
import type { Wanted } from '../../src/commands/explain/member-records.ts';
import { readConfig } from '../../src/config.ts';
import { Money } from '../../src/values/money.ts';
import type { ClaimResponseRecord } from '../../src/wire/records.ts';
import { Deployment } from './deployment.ts';
import { killAllWorkers } from './workers.ts';

type Answer = {
  readonly position: { readonly partition: number; readonly offset: number };
  readonly response: ClaimResponseRecord;
};

let stack: Stack;
let deployment: Deployment;
let answers: readonly Answer[];
const folder = mkdtempSync(join(tmpdir(), 'explain-'));

beforeAll(async () => {
  stack = await startStack();
  deployment = await new Deployment(stack, 'explain').open();
  const claims = await deployment.sendReference({ seed: 11, members: 20 });
  const worker = deployment.startWorker();
  await deployment.sendClaims(claims, 150);
  await deployment.settled();
  await worker.stop();
  answers = await answersOf(deployment);
});
afterAll(async () => {
  killAllWorkers();
  await deployment.close();
  await stack.stop();
  rmSync(folder, { recursive: true });
});

async function answersOf(of: Deployment): Promise<readonly Answer[]> {
  const records = await of.read('responses');
  const decoded = await of.codecs.decoderOf('ClaimResponse')(records.flatMap(({ value }) => value ?? []));
  return records.flatMap(({ headers }, index) => {
    const result = decoded[index];
    const position = { partition: Number(headers['rx.source.partition']), offset: Number(headers['rx.source.offset']) };
    return result?.kind === 'record' ? [{ position, response: result.record }] : [];
  });
}

function answered(fits: (response: ClaimResponseRecord) => boolean): Answer {
  const answer = answers.find(({ response }) => fits(response));
  if (!answer) throw new Error('the synthetic claims have no such answer');
  return answer;
}

async function explain(wanted: Wanted, policyDirectory = 'deploy/policy') {
  const complaints: string[] = [];
  const config = readConfig(deployment.environment);
  const explained = await explainTopic({
    config,
    policyDirectory,
    wanted,
    complain: (line) => void complaints.push(line),
  });
  return { explained, complaints };
}

/** The deployed policy with another copay. */
function otherPolicy(): string {
  const directory = join(folder, 'policy');
  cpSync('deploy/policy', directory, { recursive: true });
  const path = join(directory, 'programmes.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"amount": "50.00"', '"amount": "35.00"'));
  return directory;
}

describe('a claim that was decided on the stream is explained', () => {
  test('by its place on the topic, when it was paid', async () => {
    const { position, response } = answered(({ transactionResponseStatus }) => transactionResponseStatus === 'P');
    const { explained, complaints } = await explain(position);
    expect(complaints).toEqual([]);
    expect(explained).toMatchObject({
      agrees: true,
      trace: { status: 'P', authorizationNumber: response.authorizationNumber, policyVersion: response.policyVersion },
    });
    const totals = explained?.trace.waterfall.map(({ total }) => total.amount);
    expect(totals).toEqual(
      expect.arrayContaining([response.pricing?.patientPayAmount, response.pricing?.totalAmountPaid]),
    );
  });

  test('by the number of its answer', async () => {
    const { response } = answered(({ transactionResponseStatus }) => transactionResponseStatus === 'P');
    const { explained } = await explain({ authorization: response.authorizationNumber ?? '' });
    expect(explained).toMatchObject({ agrees: true, trace: { authorizationNumber: response.authorizationNumber } });
  });

  test('by the edit that refused it, on the accounts that earlier claims had left', async () => {
    const { position } = answered(({ rejects }) => rejects[0]?.edit === 'REFILL_TOO_SOON');
    const { explained, complaints } = await explain(position);
    expect(complaints).toEqual([]);
    const step = explained?.trace.steps.find(({ edit }) => edit === 'REFILL_TOO_SOON');
    expect(step?.outcome).toEqual({ kind: 'REJECTED', code: '79' });
    expect(step?.looksAt.find(({ name }) => name === 'accounts: fills')?.value).toContain('PAID');
  });

  test('every one of them to the answer that was published', async () => {
    for (const { position, response } of answers.filter((_, index) => index % 25 === 0)) {
      const { explained } = await explain(position);
      expect(explained).toMatchObject({ agrees: true, trace: { status: response.transactionResponseStatus } });
    }
  });

  test('by another policy than that of its answer, which is said', async () => {
    const { position, response } = answered(({ pricing }) => pricing?.patientPayAmount === Money.of('50.00'));
    const { explained, complaints } = await explain(position, otherPolicy());
    expect(complaints[0]).toContain(`The answer was given under policy ${response.policyVersion}`);
    expect(complaints[1]).toContain('The answer that was published is P, and not the one that is explained here');
    expect(explained).toMatchObject({ agrees: false, trace: { status: 'P' } });
    expect(explained?.trace.policyVersion).not.toBe(response.policyVersion);
  });

  test('on the command line', async () => {
    const { position, response } = answered(({ rejects }) => rejects.length > 0);
    const place = `${String(position.partition)}/${String(position.offset)}`;
    const args = ['src/main.ts', 'explain', '--position', place, '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: deployment.environment });
    const codes = response.rejects.map(({ rejectCode }) => ({ code: rejectCode }));
    expect(JSON.parse(stdout)).toMatchObject({ status: 'R', rejects: codes });
  });

  test('not at all when it has no answer', async () => {
    expect((await explain({ partition: 0, offset: 999_999 })).explained).toBeNull();
  });
});
