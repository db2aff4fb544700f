import { outputHeaders } from '../wire/headers.ts';
import { writeAccounts } from '../wire/member-accounts.ts';
import type { RecordName } from '../wire/schema-files.ts';
import type { Adjudicated } from './adjudicate-record.ts';
import { DeadLetters } from './dead-letter.ts';
import type { LaneParts } from './lane-parts.ts';
import type { Member } from './members.ts';
import type { AnswerCount, Headers, LogRecord, OutRecord, Publication } from './ports.ts';

type Answer = {
  readonly partition: number;
  readonly record: LogRecord;
  readonly memberKey: string;
  readonly adjudicated: Adjudicated;
};

/** Collects what one batch of claims publishes, in their order, and what it tells afterwards. */
export class Outbox {
  readonly deadLetters: DeadLetters;
  readonly #parts: LaneParts;
  readonly #responses: OutRecord[] = [];
  readonly #rebateEvents: OutRecord[] = [];
  readonly #accounts: OutRecord[] = [];
  readonly #answers = new Map<string, AnswerCount>();
  readonly #appendedAt: number[] = [];

  constructor(parts: LaneParts) {
    this.#parts = parts;
    this.deadLetters = new DeadLetters(parts, 'claims');
  }

  answer({ partition, record, memberKey, adjudicated }: Answer): void {
    const { inputTopics, codec } = this.#parts;
    const { response } = adjudicated;
    // A copy of a message has its transmission id, but is another claim with an answer of its own.
    const id = `${inputTopics.claims}/${String(partition)}/${String(record.offset)}`;
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

  publication(): Publication {
    return {
      responses: this.#responses,
      rebateEvents: this.#rebateEvents,
      postImages: { source: 'accounts', records: this.#accounts, landing: null },
      deadLetters: this.deadLetters.records,
    };
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
    this.deadLetters.report();
  }

  #headers(caused: Caused): Headers {
    return headersOf(this.#parts, caused);
  }

  #count(status: string, rejectCode: string | null): void {
    const id = `${status}/${rejectCode ?? ''}`;
    this.#answers.set(id, { status, rejectCode, count: (this.#answers.get(id)?.count ?? 0) + 1 });
  }
}

type Caused = {
  readonly partition: number;
  readonly record: LogRecord;
  readonly type: RecordName;
  readonly id: string;
};

/** Of an output: what it is, and the record that it was caused by. */
export const headersOf = ({ source }: LaneParts, { partition, record, type, id }: Caused): Headers =>
  outputHeaders({
    id,
    type,
    source,
    partition,
    offset: record.offset,
    traceparent: record.headers['traceparent'],
  });
