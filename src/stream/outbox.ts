import { outputHeaders } from '../wire/headers.ts';
import { writeAccounts } from '../wire/member-accounts.ts';
import type { RecordName } from '../wire/schema-files.ts';
import type { Adjudicated } from './adjudicate-record.ts';
import { deadLetter } from './dead-letter.ts';
import type { LaneParts } from './lane-parts.ts';
import type { Member } from './members.ts';
import type { Ownership } from './ownership.ts';
import type { AnswerCount, DeadLetterReason, Headers, LogRecord, OutRecord, Publication, ViewWrite } from './ports.ts';

type Answer = {
  readonly partition: number;
  readonly record: LogRecord;
  readonly memberKey: string;
  readonly adjudicated: Adjudicated;
};

type Caused = {
  readonly partition: number;
  readonly record: LogRecord;
  readonly type: RecordName;
  readonly id: string;
};

/** Collects what one batch publishes, in the order of its claims, and what it tells afterwards. */
export class Outbox {
  readonly #parts: LaneParts;
  readonly #responses: OutRecord[] = [];
  readonly #rebateEvents: OutRecord[] = [];
  readonly #accounts: OutRecord[] = [];
  readonly #deadLetters: OutRecord[] = [];
  readonly #answers = new Map<string, AnswerCount>();
  readonly #appendedAt: number[] = [];
  readonly #aside: { readonly partition: number; readonly offset: number; readonly reason: DeadLetterReason }[] = [];

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  answer({ partition, record, memberKey, adjudicated }: Answer): void {
    const { claimsTopic, codec } = this.#parts;
    const { response } = adjudicated;
    // A copy of a message has its transmission id, but is another claim with an answer of its own.
    const id = `${claimsTopic}/${String(partition)}/${String(record.offset)}`;
    this.#responses.push({
      partition,
      key: memberKey,
      value: codec.encode.responses(response),
      headers: this.#headers({ partition, record, type: 'ClaimResponse', id }),
    });
    for (const event of adjudicated.rebateEvents) {
      this.#rebateEvents.push({
        partition,
        key: memberKey,
        value: codec.encode.rebateEvents(event),
        headers: this.#headers({ partition, record, type: 'RebateEvent', id: event.eventId }),
      });
    }
    this.#appendedAt.push(record.timestamp);
    this.#count(response.transactionResponseStatus, response.rejects[0]?.rejectCode ?? null);
  }

  /** One post-image per changed member, caused by the last claim that changed it: what the batch did in between is not kept. */
  accounts({ partition, memberKey, accounts: { sequence, state } }: Member, record: LogRecord): void {
    this.#accounts.push({
      partition,
      key: memberKey,
      value: this.#parts.codec.encode.accounts(writeAccounts(sequence, state)),
      headers: this.#headers({ partition, record, type: 'MemberAccounts', id: `${memberKey}:${String(sequence)}` }),
    });
  }

  deadLetter({
    partition,
    record,
    reason,
  }: {
    readonly partition: number;
    readonly record: LogRecord;
    readonly reason: DeadLetterReason;
  }): void {
    this.#deadLetters.push(deadLetter({ topic: this.#parts.claimsTopic, partition, record, reason }));
    this.#aside.push({ partition, offset: record.offset, reason });
  }

  publication(): Publication {
    return {
      responses: this.#responses,
      rebateEvents: this.#rebateEvents,
      accounts: this.#accounts,
      deadLetters: this.#deadLetters,
    };
  }

  /** The same bytes as in the changelog, with the position that the commit gave them. */
  viewWrites({ epoch, positions, applied }: Ownership): readonly ViewWrite[] {
    const byPartition = Map.groupBy(this.#accounts, ({ partition }) => partition);
    return [...byPartition].map(([partition, records]) => ({
      source: 'accounts',
      partition,
      epoch,
      follows: applied.accounts.get(partition) ?? null,
      position: positions.accounts.get(partition) ?? 0,
      records: records.map(({ key, value }) => ({ key: String(key), value })),
    }));
  }

  /** Told once everything is settled: a batch that was given up has not happened. */
  report(): void {
    const { lane, telemetry, wallClock } = this.#parts;
    const now = wallClock();
    telemetry.batchCommitted({
      lane,
      answers: [...this.#answers.values()],
      latencies: this.#appendedAt.map((appended) => Math.max(0, now - appended)),
    });
    for (const { partition, offset, reason } of this.#aside) {
      telemetry.deadLettered({ at: { source: 'claims', partition, offset }, reason });
    }
  }

  #headers({ partition, record, type, id }: Caused): Headers {
    const { offset, headers } = record;
    return outputHeaders({
      id,
      type,
      source: this.#parts.source,
      partition,
      offset,
      traceparent: headers['traceparent'],
    });
  }

  #count(status: string, rejectCode: string | null): void {
    const id = `${status}/${rejectCode ?? ''}`;
    this.#answers.set(id, { status, rejectCode, count: (this.#answers.get(id)?.count ?? 0) + 1 });
  }
}
