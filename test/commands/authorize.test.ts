import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { adjudicate } from '../../src/commands/adjudicate.ts';
import { authorize } from '../../src/commands/authorize.ts';

const folder = mkdtempSync(join(tmpdir(), 'authorize-'));
const file = (name: string): string => join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Json = Record<string, unknown>;
const read = (path: string): Json => JSON.parse(readFileSync(path, 'utf8')) as Json;
const request = read('schemas/examples/prior-authorization-request.json');
const policyDirectory = 'deploy/policy';

const linesOf = (path: string): readonly Json[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Json);

function linesTo(name: string, lines: readonly (Json | string)[]): string {
  writeFileSync(file(name), lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return file(name);
}

async function run(...lines: readonly (Json | string)[]) {
  const complaints: string[] = [];
  const [requests, out, authorizations] = [linesTo('requests', lines), file('out'), file('authorizations')];
  const complain = (line: string) => void complaints.push(line.replace(`${folder}/`, ''));
  const good = await authorize({ requests, policyDirectory, out, authorizations, complain });
  return { good, complaints, decisions: linesOf(out), onFile: linesOf(authorizations) };
}

describe('deciding a file of requests', () => {
  test('answers every request in its order', async () => {
    const { good, decisions } = await run(
      request,
      { ...request, requestId: 'R2', typeTwoDiabetes: true },
      { ...request, requestId: 'R3', priorStroke: null },
    );
    const decided = { drugFamily: 'WEGOVY', effective: '2026-07-08', terminated: '2027-12-31' };
    expect(decisions).toEqual([
      { requestId: '7f3c-0001', decision: 'APPROVED', reasons: [], ...decided },
      { requestId: 'R2', decision: 'DENIED', reasons: ['TYPE_2_DIABETES'], ...decided },
      { requestId: 'R3', decision: 'REFUSED', fields: ['priorStroke'] },
    ]);
    expect(good).toBe(true);
  });

  test('gives a request that comes twice its first decision, and keeps one', async () => {
    const { decisions, onFile } = await run(request, { ...request, receivedAt: '2026-09-01T15:00:00Z' });
    expect(decisions[1]).toEqual(decisions[0]);
    expect(onFile).toMatchObject([{ cardholderId: '1EG4TE5MK73', value: { authorizations: [{}] } }]);
  });

  test('leaves a refused request on file with what is wrong, but for one that names nobody', async () => {
    const { onFile } = await run({ ...request, patientAge: 131 }, { ...request, cardholderId: null });
    expect(onFile).toEqual([
      {
        topic: 'rx.prior-authorizations.v1',
        cardholderId: '1EG4TE5MK73',
        value: { authorizations: [], refusals: [{ requestId: '7f3c-0001', fields: ['patientAge'] }] },
      },
    ]);
  });

  test('keeps the requests of different people apart', async () => {
    const { onFile } = await run(request, { ...request, cardholderId: '1EG4TE5MK72' });
    expect(onFile.map(({ cardholderId }) => cardholderId)).toEqual(['1EG4TE5MK73', '1EG4TE5MK72']);
  });

  test('leaves on file what claims are then decided on', async () => {
    const { onFile } = await run(request);
    const base = read('test/scenarios/base/bridge.json') as { claim: Json; member: { coverage: Json } };
    const claims = linesTo('claims', [{ ...base.claim, transmissionId: 'T', receivedAt: '2026-08-03T17:00:00Z' }]);
    const reference = linesTo('reference', [{ topic: 'rx.coverage.v1', value: base.member.coverage }, ...onFile]);
    const out = file('answers');
    const complain = () => undefined;
    await adjudicate({ claims, reference, policyDirectory, out, events: null, accounts: null, complain });
    expect(linesOf(out)).toMatchObject([{ transactionResponseStatus: 'P' }]);
  });

  test('names the lines that it cannot read, but none of their values', async () => {
    const { good, complaints, decisions } = await run('QUILLON', { ...request, patientAge: 'QUILLON' }, request);
    expect(complaints).toEqual(['requests:1: not JSON', 'requests:2: patientAge: expected a whole number']);
    expect([good, decisions.length]).toEqual([false, 1]);
  });
});
