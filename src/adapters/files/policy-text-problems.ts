import { REASONS, WORDED_CODES } from '../../policy/messages.ts';
import type { PolicyDocuments } from './policy-documents.ts';
import { error, warning, type PolicyProblem } from './policy-problem.ts';

type Problems = readonly PolicyProblem[];

const FILE = { file: 'messages.json' } as const;

/** What is wrong with the texts that the pharmacy reads: one is missing, or nothing would ever show it. */
export function textProblems(documents: PolicyDocuments): Problems {
  const { messages } = documents['messages.json'];
  const listed = [...new Set(listedKeys(documents))];
  const needed: readonly string[] = [...WORDED_CODES, ...listed];
  return [
    ...needed
      .filter((key) => !Object.hasOwn(messages, key))
      .map((key) => error(FILE, `${key} has no text: add what the pharmacy shall read`)),
    ...Object.keys(messages).flatMap((key) => keyProblems(key, listed)),
    ...Object.entries(messages)
      .filter(([, text]) => !/^[ -~]*$/.test(text))
      .map(([key]) =>
        error({ ...FILE, what: key }, 'has characters that the standard does not carry: printable ASCII only'),
      ),
  ];
}

/** What is not covered is told by a code and, where it has one, by a reason. */
const listedKeys = (documents: PolicyDocuments): readonly string[] =>
  documents['covered-drugs.json'].listings.flatMap(({ covered, reject, reason }) =>
    covered || reason === null ? [] : [`${reject} ${reason}`],
  );

function keyProblems(key: string, listed: readonly string[]): Problems {
  const [code = '', ...words] = key.split(' ');
  const reason = words.join(' ');
  if (!WORDED_CODES.some((worded) => worded === code))
    return [error(FILE, `${key} is no reject of the rules: strike it out`)];
  const reasons = REASONS[code];
  // Whoever decides authorizations has reasons of their own.
  if (reason === '' || reasons === 'ANY' || reasons?.includes(reason) || listed.includes(key)) return [];
  return [warning(FILE, `${key} is never shown, because nothing gives the reason ${reason}: correct or strike it out`)];
}
