import { Money } from '../../values/money.ts';

/** Something that a claim has led to; `at` is the position of the claim, as its headers name it. */
export type Output = { readonly at: string; readonly json: string };

/** A rebate event with the lines of its journal entry, in minor units. */
export type LedgerOutput = Output & { readonly amounts: readonly number[] };

/** What a read_committed reader has found, and what a run without servers gives for the same claims in the same order. */
export type Evidence = {
  readonly sent: number;
  /** Positions of the claims on their topic. */
  readonly claims: readonly string[];
  readonly answers: readonly Output[];
  readonly rebateEvents: readonly LedgerOutput[];
  readonly deadLetters: number;
  /** By position: the answer and, behind it, the rebate events. */
  readonly expected: ReadonlyMap<string, readonly string[]>;
};

export type Proof = {
  readonly claims: number;
  readonly answers: number;
  /** Answers beyond the one that a claim gets. */
  readonly duplicates: number;
  /** Claims that were sent and have no answer. */
  readonly missing: number;
  readonly deadLetters: number;
  readonly rebateEvents: number;
  /** Debits less credits of all rebate events, `0.00` when the books balance. */
  readonly ledgerSum: string;
  /** Claims whose answer or rebate events are not those of the run without servers. */
  readonly differences: number;
  readonly holds: boolean;
};

/** Whether every claim was answered exactly once, and as it has to be. */
export function prove({ sent, claims, answers, rebateEvents, deadLetters, expected }: Evidence): Proof {
  const answersAt = Map.groupBy(answers, ({ at }) => at);
  const eventsAt = Map.groupBy(rebateEvents, ({ at }) => at);
  const answered = claims.filter((at) => answersAt.has(at)).length;
  const places = new Set([...expected.keys(), ...answersAt.keys(), ...eventsAt.keys()]);
  const differences = [...places].filter((at) => {
    const got = [...(answersAt.get(at) ?? []), ...(eventsAt.get(at) ?? [])].map(({ json }) => json);
    return got.join('\n') !== (expected.get(at) ?? []).join('\n');
  }).length;
  const cents = rebateEvents.flatMap(({ amounts }) => amounts).reduce((sum, amount) => sum + amount, 0);
  const duplicates = answers.length - answered;
  const missing = sent - answered;
  return {
    claims: claims.length,
    answers: answers.length,
    duplicates,
    missing,
    deadLetters,
    rebateEvents: rebateEvents.length,
    ledgerSum: Money.toText(Money.ofCents(cents)),
    differences,
    holds: sent > 0 && [duplicates, missing, deadLetters, cents, differences].every((count) => count === 0),
  };
}
