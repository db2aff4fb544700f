import { writeJsonLines } from '../adapters/files/json-lines.ts';
import { loadPolicyBundle } from '../adapters/files/policy-bundle.ts';
import { toJson } from '../wire/json.ts';
import { fileDesk } from './file-desk.ts';
import type { FileDesk } from './file-desk.ts';
import { learnReference, recordLines } from './record-lines.ts';

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
  let good = true;
  const complain = (line: string): void => {
    good = false;
    options.complain(line);
  };
  if (options.reference !== null) await learnReference(options.reference, desk, complain);
  const out = writeJsonLines(options.out);
  const events = options.events === null ? null : writeJsonLines(options.events);
  for await (const { record } of recordLines('Claim', options.claims, complain)) {
    const { response, rebateEvents } = desk.adjudicate(record);
    await out.write(toJson('ClaimResponse', response));
    for (const event of rebateEvents) await events?.write(toJson('RebateEvent', event));
  }
  if (options.accounts !== null) await writeAccounts(desk, options.accounts);
  await Promise.all([out.close(), events?.close()]);
  return good;
}

async function writeAccounts(desk: FileDesk, path: string): Promise<void> {
  const lines = writeJsonLines(path);
  for (const account of desk.accounts()) await lines.write(account);
  await lines.close();
}
