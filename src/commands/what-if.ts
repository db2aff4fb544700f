import { loadPolicyBundle } from '../adapters/files/policy-bundle.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import { reportJson, reportOf } from './what-if-report.ts';
import { tally, type TwoAnswers } from './what-if-tally.ts';

export type WhatIfOptions = {
  readonly presentDirectory: string;
  readonly otherDirectory: string;
  /** Answers claims with both policies. */
  readonly answer: (policies: {
    readonly present: PolicyBundle;
    readonly other: PolicyBundle;
  }) => AsyncIterable<TwoAnswers>;
  readonly json: boolean;
  /** Takes one line of standard output. */
  readonly print: (line: string) => void;
};

/** Reports what another policy would change of the answers to some claims. Throws PolicyProblems, and what reading the claims throws. */
export async function whatIf(options: WhatIfOptions): Promise<void> {
  const { presentDirectory, otherDirectory, json, print } = options;
  const [present, other] = await Promise.all([loadPolicyBundle(presentDirectory), loadPolicyBundle(otherDirectory)]);
  const sides = {
    present: { directory: presentDirectory, version: present.version },
    other: { directory: otherDirectory, version: other.version },
  };
  const counted = await tally(options.answer({ present, other }));
  if (json) print(JSON.stringify(reportJson(sides, counted)));
  else for (const line of reportOf(sides, counted)) print(line);
}
