import { describe, expect, test } from 'vitest';

import { fileDesk } from '../../../src/commands/file-desk.ts';
import type { SyntheticClaim } from '../../../src/commands/synthetic/claims.ts';
import { generate } from '../../../src/commands/synthetic/generate.ts';
import type { SyntheticOptions } from '../../../src/commands/synthetic/generate.ts';
import { HINDRANCES } from '../../../src/commands/synthetic/members.ts';
import { REFUSALS } from '../../../src/commands/synthetic/refusals.ts';
import { memberLines, participationLine } from '../../../src/commands/synthetic-files.ts';
import { toJson } from '../../../src/wire/json.ts';
import { aPolicy, day } from '../../builders.ts';

const MIX = { rejects: 0.1, resends: 0.05, reversals: 0.05 };
const SMALL: SyntheticOptions = { seed: 1, members: 500, startDate: day('2026-08-03'), mix: MIX };

const take = (count: number, options: Partial<SyntheticOptions> = {}): readonly SyntheticClaim[] => {
  const { claims } = generate({ ...SMALL, ...options });
  return Array.from({ length: count }, () => claims.next().value);
};

/** Each claim with the status and the first reject code that the deployed policy answers. */
function adjudicated(count: number) {
  const desk = fileDesk(aPolicy());
  const { reference, claims } = generate(SMALL);
  for (const record of reference.participation) desk.learn(participationLine(record));
  for (const file of reference.files) for (const line of memberLines(file)) desk.learn(line);
  return Array.from({ length: count }, () => {
    const { kind, record, rejectCode } = claims.next().value;
    const { response } = desk.adjudicate(record);
    const answer = response.transactionResponseStatus;
    return { kind, expected: rejectCode, answer, code: response.rejects[0]?.rejectCode ?? null };
  });
}

describe('synthetic claims', () => {
  test('are the same for the same seed', () => {
    expect(take(2_000)).toEqual(take(2_000));
  });

  test('are others for another seed', () => {
    expect(take(100, { seed: 2 })).not.toEqual(take(100));
  });

  test('come in the order in which the gateway received them, but for copies', () => {
    const received = take(2_000).flatMap(({ kind, record }) => (kind === 'COPY' ? [] : [record.receivedAt]));
    expect(received).toEqual([...received].sort((a, b) => a - b));
  });

  test('begin on the day asked for', () => {
    const [first] = take(1, { startDate: day('2027-01-04'), members: 5_000 });
    expect(first && toJson('Claim', first.record)).toMatchObject({ dateOfService: '2027-01-04' });
  });

  test('have transmissions of their own, but for copies', () => {
    const claims = take(2_000);
    const copies = claims.filter(({ kind }) => kind === 'COPY').length;
    expect(new Set(claims.map(({ record }) => record.transmissionId)).size).toBe(2_000 - copies);
  });

  test('name their cardholder, whose key they are sent with', () => {
    expect(take(2_000).filter(({ record }) => (record.insurance?.cardholderId ?? null) === null)).toEqual([]);
  });

  test('are all fills when nothing is to go wrong, and each member has one a month', () => {
    const claims = take(1_500, { mix: { rejects: 0, resends: 0, reversals: 0 } });
    expect(new Set(claims.map(({ kind }) => kind))).toEqual(new Set(['FILL']));
    expect(new Set(claims.slice(0, 500).map(({ record }) => record.insurance?.cardholderId)).size).toBeGreaterThan(450);
  });

  test('have the shares asked for, to within a hundredth', () => {
    const claims = take(20_000);
    const share = (...kinds: readonly string[]) => claims.filter(({ kind }) => kinds.includes(kind)).length / 20_000;
    expect(share('REFUSED')).toBeCloseTo(0.1, 2);
    expect(share('RESENT', 'COPY')).toBeCloseTo(0.05, 2);
    expect(share('REVERSAL', 'REBILL')).toBeCloseTo(0.05, 2);
    expect(share('REBILL')).toBeCloseTo(0.0125, 2);
  });
});

describe('adjudicated by the deployed policy', () => {
  const answers = adjudicated(6_000);
  const of = (...kinds: readonly string[]) => answers.filter(({ kind }) => kinds.includes(kind));

  test('every fill is paid', () => {
    expect(of('FILL').filter(({ answer }) => answer !== 'P')).toEqual([]);
  });

  test('every reversal is accepted', () => {
    expect(of('REVERSAL').filter(({ answer }) => answer !== 'A')).toEqual([]);
  });

  test('every rebill is paid', () => {
    expect(of('REBILL')).not.toEqual([]);
    expect(of('REBILL').filter(({ answer }) => answer !== 'P')).toEqual([]);
  });

  test('every claim with a fault is refused for that fault', () => {
    expect(of('REFUSED').filter(({ expected, code }) => code !== expected)).toEqual([]);
  });

  test('every reason for a refusal is met', () => {
    const codes = new Set(of('REFUSED').map(({ code }) => code));
    expect(codes).toEqual(new Set([...REFUSALS, ...HINDRANCES].map(({ code }) => code)));
  });

  test('what is sent again is mostly a duplicate, of a payment or of a reversal', () => {
    const repeated = of('RESENT', 'COPY');
    const duplicates = repeated.filter(({ answer }) => answer === 'D' || answer === 'S');
    expect(duplicates.length / repeated.length).toBeGreaterThan(0.9);
  });
});
