import { describe, expect, test } from 'vitest';

import type { TopicRecord } from '../../../src/adapters/kafka/topic-tail.ts';
import type { Answer, MemberRecords } from '../../../src/commands/explain/member-records.ts';
import { replay } from '../../../src/commands/explain/replay.ts';
import { type Accounts, adjudicateRecord, initialAccounts } from '../../../src/stream/adjudicate-record.ts';
import { type AvroType, TYPES } from '../../../src/wire/avro.ts';
import { decoderOf } from '../../../src/wire/decoder.ts';
import { frame } from '../../../src/wire/framing.ts';
import { readClaim } from '../../../src/wire/read-claim.ts';
import type { ClaimRecord } from '../../../src/wire/records.ts';
import type { RecordName } from '../../../src/wire/schema-files.ts';
import {
  aContext,
  aCoverage,
  anAuthorization,
  aParticipation,
  aPolicy,
  day,
  noonOf,
  type Given,
} from '../../builders.ts';
import { CalendarDate } from '../../../src/values/calendar-date.ts';
import { writePriorAuthorizations } from '../../../src/wire/prior-authorizations.ts';
import { aRecord } from '../../wire/claim-record.ts';
import { writeCoverage, writeParticipation } from '../../wire/reference-records.ts';

const codecs: Parameters<typeof replay>[2]['codecs'] = {
  decoderOf: (name) => decoderOf(name, () => Promise.resolve(TYPES[name] as AvroType)),
};

const KEY = 'a'.repeat(32);

type At = readonly [offset: number, timestamp: number];

const onTopic = ([offset, timestamp]: At, value: Buffer | null, key = KEY): TopicRecord => ({
  topic: 'any',
  partition: 3,
  offset,
  timestamp,
  key,
  value,
  headers: {},
});
const bytes = (name: RecordName, record: unknown): Buffer => frame(1, TYPES[name] as AvroType, record);

/** The claim of the examples, and what was answered to it a moment later. */
const billing = aRecord({ patient: { patientFirstName: 'ROBERT', patientLastName: 'SPECIMEN' } });
const answerTo = (
  offset: number,
  record: ClaimRecord,
  { accounts = initialAccounts, ...given }: Given & { readonly accounts?: Accounts } = {},
) => {
  const { response, accounts: after } = adjudicateRecord(
    { record, parsed: readClaim(record) },
    accounts,
    aContext(given),
  );
  return {
    answer: { partition: 3, offset, memberKey: KEY, timestamp: 100 * offset + 10, response } satisfies Answer,
    after,
  };
};

const COVERAGE = bytes('Coverage', writeCoverage(aCoverage()));
const AUTHORIZED = bytes('PriorAuthorization', writePriorAuthorizations([anAuthorization()]));
const SUSPENDED = bytes('Participation', writeParticipation(aParticipation({ status: 'SUSPENDED' })));

function recordsOf(
  claims: readonly (readonly [ClaimRecord, Answer | null])[],
  changes: Partial<MemberRecords> = {},
): MemberRecords {
  return {
    claims: claims.map(([record, answer], index) =>
      onTopic([answer?.offset ?? index, 100 * index], bytes('Claim', record)),
    ),
    answers: new Map(claims.flatMap(([, answer]) => (answer ? [[answer.offset, answer]] : []))),
    coverage: [onTopic([0, 1], COVERAGE)],
    priorAuthorizations: [onTopic([0, 1], AUTHORIZED)],
    participation: [],
    ...changes,
  };
}

const policy = aContext().policy;

/** The answer of the replay in a word, and whether it is the one that was published. */
async function replayed(records: MemberRecords, asked: Answer) {
  const result = await replay(records, asked, { codecs, policy });
  if (result === null) return null;
  const { trace, ...others } = result;
  return { word: [trace.status, ...trace.rejects.map(({ code }) => code)].join(' '), ...others };
}

const paid = answerTo(0, billing);

describe('a claim of the topic is decided again', () => {
  test('to the answer that was published', async () => {
    expect(paid.answer.response.transactionResponseStatus).toBe('P');
    expect(await replayed(recordsOf([[billing, paid.answer]]), paid.answer)).toEqual({
      word: 'P',
      agrees: true,
      othersDiffer: 0,
    });
  });

  test('on the accounts that the claims before it have left', async () => {
    const later = {
      ...billing,
      transmissionId: 'later',
      receivedAt: noonOf('2026-08-10'),
      dateOfService: CalendarDate.toEpochDay(day('2026-08-10')),
    };
    const { answer } = answerTo(5, later, { accounts: paid.after });
    const records = recordsOf([
      [billing, paid.answer],
      [later, answer],
    ]);
    expect(await replayed(records, answer)).toEqual({ word: 'R 79', agrees: true, othersDiffer: 0 });
  });

  test('without the records that have no answer, such as dead letters', async () => {
    const { answer } = answerTo(1, billing);
    expect(
      await replayed(
        recordsOf([
          [billing, null],
          [billing, answer],
        ]),
        answer,
      ),
    ).toMatchObject({ word: 'P', agrees: true });
  });

  test.each<[string, Given, Partial<MemberRecords>, string]>([
    [
      'nothing was on file yet',
      { priorAuthorizations: [] },
      { priorAuthorizations: [onTopic([0, 90], AUTHORIZED)] },
      'R 75',
    ],
    [
      'it was suspended then',
      { parties: [aParticipation({ status: 'SUSPENDED' })] },
      { participation: [onTopic([0, 1], SUSPENDED, 'MEDICARE_GLP1_BRIDGE|PHARMACY:1234567893')] },
      'R 827',
    ],
    [
      'what was on file has been erased',
      { coverage: null },
      { coverage: [onTopic([0, 1], COVERAGE), onTopic([1, 2], null)] },
      'R 52',
    ],
  ])('on what was on file when it was answered: %s', async (...[, given, changes, word]) => {
    const { answer } = answerTo(0, billing, given);
    expect(await replayed(recordsOf([[billing, answer]], changes), answer)).toEqual({
      word,
      agrees: true,
      othersDiffer: 0,
    });
  });

  test('on what came later, when compaction has taken what was on file and that leads to the same answer', async () => {
    const records = recordsOf([[billing, paid.answer]], { coverage: [onTopic([7, 9_000], COVERAGE)] });
    expect(await replayed(records, paid.answer)).toMatchObject({ word: 'P', agrees: true });
  });

  test('to another answer when what it rested on is not known any more, and says so', async () => {
    const records = recordsOf([[billing, paid.answer]], { coverage: [onTopic([1, 9_000], null)] });
    expect(await replayed(records, paid.answer)).toEqual({ word: 'R 52', agrees: false, othersDiffer: 0 });
  });

  test('and counts the earlier claims that would be answered otherwise', async () => {
    const wrong = { ...paid.answer, response: { ...paid.answer.response, flags: ['340B'] } };
    const { answer } = answerTo(5, { ...billing, transmissionId: 'again' }, { accounts: paid.after });
    const records = recordsOf([
      [billing, wrong],
      [{ ...billing, transmissionId: 'again' }, answer],
    ]);
    expect(await replayed(records, answer)).toEqual({ word: 'D', agrees: true, othersDiffer: 1 });
  });

  test('under another version of the policy that decides the same, and agrees', async () => {
    const { answer } = answerTo(0, billing, { policy: aPolicy({ memory: { marginDays: 91 } }) });
    expect(answer.response.policyVersion).not.toBe(policy.version);
    expect(await replayed(recordsOf([[billing, answer]]), answer)).toMatchObject({ agrees: true });
  });

  test('not at all when it is gone from the topic', async () => {
    expect(await replayed(recordsOf([]), paid.answer)).toBeNull();
  });
});
