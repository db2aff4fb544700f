import { isDeepStrictEqual } from 'node:util';

import type { Context } from '../../src/adjudication/context.ts';
import { decide, step } from '../../src/adjudication/decide.ts';
import type { Decision } from '../../src/adjudication/decision.ts';
import { evolve } from '../../src/adjudication/evolve.ts';
import { initialMemberState, type MemberState } from '../../src/adjudication/state.ts';
import type { Claim } from '../../src/claims/claim.ts';
import { fileDesk, type FileDesk } from '../../src/commands/file-desk.ts';
import type { Synthetic } from '../../src/commands/synthetic/generate.ts';
import { LADDERS } from '../../src/commands/synthetic/products.ts';
import { memberLines, participationLine } from '../../src/commands/synthetic-files.ts';
import { rebateEvents } from '../../src/rebates/rebate-events.ts';
import { readClaim } from '../../src/wire/read-claim.ts';
import type { ClaimRecord } from '../../src/wire/records.ts';
import { reversalOf } from '../builders.ts';
import { legFaults, moveFaults, owedFaults, rebateLedger, sameTotals } from '../invariants.ts';
import { synthetic } from './synthetic-claims.ts';
import { worlds, type World } from './worlds.ts';

export type ManyClaims = {
  readonly members: number;
  /** Answers by Transaction Response Status (112-AN), one for each claim. */
  readonly answers: ReadonlyMap<string, number>;
  readonly rebateEvents: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
};

/**
 * Adjudicates the claims of many members under several programmes as `adjudicate` does, and asks of every claim, and of every member
 * at the end, whether what has to hold does. Throws with everything that does not.
 */
export function adjudicateMany(claims: number, members: number): ManyClaims {
  const { reference, claims: sent } = synthetic(members);
  const settled = settle(reference);
  const books = openBooks();
  for (const { record } of sent.take(claims)) {
    const owner = record.insurance?.cardholderId ?? '';
    const home = settled.homeOf(owner);
    adjudicateOne({ owner, home, record: home.claim(record) }, books);
  }
  for (const account of books.accounts.values()) closeAccount(account, books);
  books.mustBeRight();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    members: settled.members,
    answers: books.answers,
    rebateEvents: books.rebateEvents,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1_000_000,
    peakMegabytes: maxRSS / 1024,
  };
}

type Home = World & { readonly desk: FileDesk };

/** Deals the members out to the worlds, and puts on file there what is known of them. */
function settle({ participation, files }: Synthetic['reference']) {
  const [first, ...others] = worlds().map((world): Home => ({ ...world, desk: fileDesk(world.policy) }));
  if (first === undefined) throw new Error('there is a world');
  const homes = [first, ...others];
  for (const { desk, parties } of homes) {
    for (const record of parties(participation)) desk.learn(participationLine(record));
  }
  const homeOf = new Map<string, Home>();
  for (const file of files) {
    // Neighbours take another drug, and each world shall have members with every drug.
    const home = homes[Math.floor(homeOf.size / LADDERS.length) % homes.length] ?? first;
    homeOf.set(file.cardholderId, home);
    for (const line of memberLines(home.file(file))) home.desk.learn(line);
  }
  return { members: homeOf.size, homeOf: (cardholderId: string): Home => homeOf.get(cardholderId) ?? first };
}

/** What a member's events alone make of them, beside the accounts that the desk keeps. */
type Account = { readonly home: Home; readonly record: ClaimRecord; state: MemberState; moves: number };

type Books = ReturnType<typeof openBooks>;

function openBooks() {
  const faults = new Map<string, number>();
  return {
    answers: new Map<string, number>(),
    accounts: new Map<string, Account>(),
    ledger: rebateLedger(),
    rebateEvents: 0,
    blame: (found: readonly string[]): void => {
      for (const fault of found) count(faults, fault);
    },
    mustBeRight: (): void => {
      if (faults.size === 0) return;
      const lines = [...faults].map(([fault, times]) => `${fault} (${String(times)} times)`);
      throw new Error(['of these claims and members it does not hold:', ...lines].join('\n- '));
    },
  };
}

const count = (totals: Map<string, number>, name: string): void => void totals.set(name, (totals.get(name) ?? 0) + 1);

type Sent = { readonly owner: string; readonly home: Home; readonly record: ClaimRecord };

function adjudicateOne(sent: Sent, books: Books): void {
  const { home, record } = sent;
  const { accounts: before, context } = home.desk.lookUp(record);
  const { response, accounts: after } = home.desk.adjudicate(record);
  const status = response.transactionResponseStatus;
  count(books.answers, status);
  if (response.transmissionId !== record.transmissionId) books.blame(['an answer is not that of its claim']);

  const parsed = readClaim(record);
  if (parsed.kind === 'rejected') {
    if (status !== 'R' || after !== before) books.blame(['wrong fields are not refused']);
    return;
  }
  const decision = decide(parsed.claim, before.state, context);
  if (decision.response.status !== status) books.blame(['an answer differs when it is asked for again']);
  books.blame(moveFaults(decision));
  if ('pricing' in decision.response) books.blame(legFaults(decision.response.pricing));
  if (decision.events.length > 0) {
    move(sent, decision, books);
    books.blame(home.limitFaults(after.state));
    books.blame(repetitionFaults(parsed.claim, { before: before.state, after: after.state, context, first: decision }));
  } else if (after !== before) books.blame(['an account moves without an event']);
}

function move({ owner, home, record }: Sent, { events }: Decision, books: Books): void {
  const account = books.accounts.get(owner) ?? { home, record, state: initialMemberState, moves: 0 };
  books.accounts.set(owner, account);
  account.state = events.reduce(evolve, account.state);
  account.moves += 1;
  for (const event of rebateEvents(events)) {
    books.rebateEvents += 1;
    books.blame(books.ledger.post(event));
  }
}

type Paid = {
  readonly before: MemberState;
  readonly after: MemberState;
  readonly context: Context;
  readonly first: Decision;
};

/** A billing that was just paid moves nothing when it is sent again, and leaves nothing when it is taken back. */
function repetitionFaults(claim: Claim, { before, after, context, first }: Paid): readonly string[] {
  if (claim.transactionCode !== 'B1') return [];
  const again = decide({ ...claim, transmissionId: 'again' }, after, context);
  const undone = step(reversalOf(claim), after, context);
  const repeats =
    again.events.length === 0 && isDeepStrictEqual(again.response, { ...first.response, status: 'D', repriced: [] });
  const restores = undone.response.status === 'A' && sameTotals(undone.state, before);
  return [
    ...(repeats ? [] : ['a claim that is sent again is not answered as before']),
    ...(restores ? [] : ['a claim that is taken back leaves something']),
  ];
}

function closeAccount({ home, record, state, moves }: Account, books: Books): void {
  const { accounts } = home.desk.lookUp(record);
  books.blame(owedFaults(accounts.state.fills, books.ledger));
  if (accounts.sequence !== moves) books.blame(['an account is not numbered by its moves']);
  if (!isDeepStrictEqual(accounts.state, state)) books.blame(['the events do not rebuild an account']);
}
