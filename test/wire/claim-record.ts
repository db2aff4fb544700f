import { readFileSync } from 'node:fs';

import { fromJson } from '../../src/wire/json.ts';
import type { ClaimRecord } from '../../src/wire/records.ts';

/** Other values for some fields of a claim, segment by segment; null takes a field or a whole segment out. */
export type Changes = {
  readonly [Name in keyof ClaimRecord]?: ClaimRecord[Name] extends readonly unknown[]
    ? ClaimRecord[Name]
    : Partial<NonNullable<ClaimRecord[Name]>> | ClaimRecord[Name];
};

const EXAMPLE = new URL('../../schemas/examples/claim.json', import.meta.url);

const read = fromJson('Claim', JSON.parse(readFileSync(EXAMPLE, 'utf8')));
if (read.kind === 'problems') throw new Error(read.problems.join());
const { record: example } = read;

/** The billing of `schemas/examples`, as it comes off the topic: synthetic, and nothing wrong with it. */
export function aRecord(changes: Changes = {}): ClaimRecord {
  const changed = Object.entries(changes).map(([name, change]) => {
    const before: unknown = example[name as keyof ClaimRecord];
    return [name, isSegment(before) && isSegment(change) ? Object.assign({}, before, change) : change];
  });
  return { ...example, ...Object.fromEntries(changed) } as ClaimRecord;
}

const isSegment = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Takes the billing back with nothing but what a reversal has to carry. */
export const aReversal = (changes: Changes = {}): ClaimRecord =>
  aRecord({
    transactionCode: 'B2',
    insurance: null,
    patient: null,
    prescriber: null,
    pricing: null,
    diagnosisCodes: [],
    ...changes,
  });

/** Asks whether the member of the billing is covered, by the last four digits of a social security number that nobody has. */
export const aQuestion = (changes: Changes = {}): ClaimRecord =>
  aRecord({
    transactionCode: 'E1',
    insurance: null,
    patient: { patientIdQualifier: '01', patientId: '0000' },
    claim: null,
    prescriber: null,
    pricing: null,
    diagnosisCodes: [],
    ...changes,
  });
