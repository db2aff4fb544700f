import type { PolicyBundle } from '../policy/policy-bundle.ts';
import { fileDesk } from './file-desk.ts';
import type { FileDesk } from './file-desk.ts';
import type { Progress } from './progress.ts';
import { learnReference, recordLines } from './record-lines.ts';
import type { TwoAnswers } from './what-if-tally.ts';

export type WhatIfFileOptions = {
  readonly claims: string;
  readonly reference: string | null;
  readonly present: PolicyBundle;
  readonly other: PolicyBundle;
  readonly complain: (line: string) => void;
  readonly progress: Progress;
};

/** The claims of a file at two desks beside each other: what a member has had goes its own way at each of them. */
export async function* answersToFile(options: WhatIfFileOptions): AsyncGenerator<TwoAnswers> {
  const { claims, reference, complain } = options;
  const [present, other] = [fileDesk(options.present), fileDesk(options.other)];
  const both: Pick<FileDesk, 'learn'> = {
    learn: (json) => {
      other.learn(json);
      return present.learn(json);
    },
  };
  if (reference !== null) await learnReference(reference, both, complain);
  let done = 0;
  for await (const { number, record } of recordLines('Claim', claims, complain)) {
    yield { at: { partition: null, number }, before: present.adjudicate(record), after: other.adjudicate(record) };
    done += 1;
    options.progress(done, false);
  }
  options.progress(done, true);
}
