import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { scenarios } from '../../src/commands/scenarios.ts';
import type { Outcome } from '../../src/commands/demo/screen.ts';

const CLAIMS = 600;
const PLANTED = 14;

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

let temporary: string;
let ended: Ended;
let outcome: Outcome;

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'demo-test-'));
  ended = await demo('--claims', String(CLAIMS), '--rate', '300', '--json');
  outcome = JSON.parse(ended.stdout) as Outcome;
});
afterAll(() => {
  rmSync(temporary, { recursive: true });
});

const demo = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, TMPDIR: temporary };
    execFile(process.execPath, ['src/main.ts', 'demo', ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });

describe('the demo', () => {
  test('proves that every claim was answered exactly once, although a worker was killed', () => {
    expect(ended.stderr).toMatch(/kill -9 of worker-1/);
    expect(ended.stderr).toMatch(/worker-2 has taken over lane \d/);
    expect(outcome.proof).toMatchObject({
      claims: CLAIMS + PLANTED,
      answers: CLAIMS + PLANTED,
      duplicates: 0,
      missing: 0,
      deadLetters: 0,
      ledgerSum: '0.00',
      differences: 0,
      holds: true,
    });
    expect(ended.code).toBe(0);
  });

  test('tells what became of the planted claims', () => {
    const told = outcome.planted.map(({ id, answers }) => [
      id,
      ...answers.map(({ status, rejects }) => [status, ...rejects.map(({ code }) => code)].join(' ')),
    ]);
    expect(told).toEqual([
      ['S01', 'P'],
      ['S02', 'R 04'],
      ['S12', 'R 65'],
      ['S38', 'R 75'],
      ['S65', 'R 70'],
      ['S77', 'P'],
      ['S80', 'R 7X'],
      ['S88', 'P', 'R 79'],
      ['S93', 'P', 'D'],
      ['S114', 'P'],
      ['S115', 'P', 'A'],
    ]);
  });

  test('keeps the three legs apart, and gives all of them back with a reversal', () => {
    const [paid, reversed] = outcome.planted.at(-1)?.answers ?? [];
    expect(paid?.legs).toEqual({ pharmacyIsPaid: '1309.02', patientPays: '50.00', manufacturerOwes: '1104.02' });
    expect(reversed?.legs).toEqual({ pharmacyIsPaid: '-1309.02', patientPays: '-50.00', manufacturerOwes: '-1104.02' });
  });

  test('counts every answer and times it', () => {
    const counted = outcome.statuses.reduce((sum, { count }) => sum + count, 0);
    expect([counted, outcome.times.all.count]).toEqual([CLAIMS + PLANTED, CLAIMS + PLANTED]);
  });

  test('leaves nothing behind', () => {
    expect(readdirSync(temporary)).toEqual([]);
  });
});

test('the planted claims hold as acceptance cases too', async () => {
  const options = { policyDirectory: 'deploy/policy', json: true, print: () => undefined };
  expect(await scenarios({ ...options, paths: ['deploy/demo/planted-claims.json'] })).toBe(true);
});
