import type { Trace } from '../../adjudication/trace.ts';
import { loadPolicyBundle } from '../../adapters/files/policy-bundle.ts';
import { fileDesk } from '../file-desk.ts';
import { learnReference, recordLines } from '../record-lines.ts';
import { explainRecord } from './explain-record.ts';

export type ExplainFileOptions = {
  /** `-` is standard input. */
  readonly claims: string;
  readonly reference: string | null;
  readonly policyDirectory: string;
  /** A line of the file, or the authorization number of an answer; with neither, the last claim. */
  readonly line: number | null;
  readonly authorization: string | null;
  readonly complain: (line: string) => void;
};

/**
 * Adjudicates a file up to the claim that is asked about, so that its accounts are as they were, and explains that one. Of several
 * claims with one authorization number it is the first, which was paid. Null when no such claim could be read.
 */
export async function explainFile(options: ExplainFileOptions): Promise<Trace | null> {
  const { claims, line: wantedLine, authorization, complain } = options;
  const desk = fileDesk(await loadPolicyBundle(options.policyDirectory));
  if (options.reference !== null) await learnReference(options.reference, desk, complain);
  let last: (() => Trace) | null = null;
  for await (const { number, record } of recordLines('Claim', claims, complain)) {
    const { accounts, context } = desk.lookUp(record);
    const { response } = desk.adjudicate(record);
    last = () => explainRecord(record, accounts, context);
    const wanted = authorization === null ? number === wantedLine : response.authorizationNumber === authorization;
    if (wanted) return last();
  }
  return wantedLine === null && authorization === null && last !== null ? last() : null;
}
