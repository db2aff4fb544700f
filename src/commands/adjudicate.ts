import { readJsonLines, writeJsonLines } from '../adapters/files/json-lines.ts';
import type { JsonLine, JsonLines } from '../adapters/files/json-lines.ts';
import { loadPolicyBundle } from '../adapters/files/policy-bundle.ts';
import { fromJson, toJson } from '../wire/json.ts';
import { fileDesk } from './file-desk.ts';
import type { FileDesk } from './file-desk.ts';

/** Paths; `-` is standard input, and null where nothing was asked for. */
export type AdjudicateOptions = {
  readonly claims: string;
  readonly reference: string | null;
  readonly policyDirectory: string;
  /** Null is standard output. */
  readonly out: string | null;
  readonly events: string | null;
  readonly accounts: string | null;
  /** Takes one line of standard error: a file, a line and what is wrong there, but no value. */
  readonly complain: (line: string) => void;
};

/**
 * Adjudicates a file of claims, in its order and without a server: claims in as JSON lines, answers out. Answers whether every line
 * could be read. Members are found by cardholder id alone, so a reversal without one finds nothing to take back.
 */
export async function adjudicate(options: AdjudicateOptions): Promise<boolean> {
  const desk = fileDesk(await loadPolicyBundle(options.policyDirectory));
  const known = await learnReference(desk, options);
  const out = writeJsonLines(options.out);
  const events = options.events === null ? null : writeJsonLines(options.events);
  const read = await answerClaims(options, { desk, out, events });
  if (options.accounts !== null) await writeAccounts(desk, options.accounts);
  await Promise.all([out.close(), events?.close()]);
  return known && read;
}

/** A member without a line of reference data is one that is not on file, so a bad line is told and its record left out. */
export async function learnReference(
  desk: FileDesk,
  { reference, complain }: Pick<AdjudicateOptions, 'reference' | 'complain'>,
): Promise<boolean> {
  if (reference === null) return true;
  let good = true;
  for await (const line of readJsonLines(reference)) {
    const problems = line.json === undefined ? [NOT_JSON] : desk.learn(line.json);
    for (const problem of problems) complain(at(reference, line, problem));
    good &&= problems.length === 0;
  }
  return good;
}

type Answering = { readonly desk: FileDesk; readonly out: JsonLines; readonly events: JsonLines | null };

async function answerClaims(
  { claims, complain }: AdjudicateOptions,
  { desk, out, events }: Answering,
): Promise<boolean> {
  let good = true;
  for await (const line of readJsonLines(claims)) {
    const read = line.json === undefined ? NOT_A_RECORD : fromJson('Claim', line.json);
    if (read.kind === 'problems') {
      for (const problem of read.problems) complain(at(claims, line, problem));
      good = false;
      continue;
    }
    const { response, rebateEvents } = desk.adjudicate(read.record);
    await out.write(toJson('ClaimResponse', response));
    for (const event of rebateEvents) await events?.write(toJson('RebateEvent', event));
  }
  return good;
}

async function writeAccounts(desk: FileDesk, path: string): Promise<void> {
  const lines = writeJsonLines(path);
  for (const account of desk.accounts()) await lines.write(account);
  await lines.close();
}

const NOT_JSON = 'not JSON';
/** A line that no record can be read from. */
export const NOT_A_RECORD = { kind: 'problems', problems: [NOT_JSON] } as const;

/** Where something is wrong in a file, and what. */
export const at = (path: string, { number }: JsonLine, problem: string): string =>
  `${path === '-' ? 'standard input' : path}:${String(number)}: ${problem}`;
