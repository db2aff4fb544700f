import type { LaneParts } from './lane-parts.ts';
import type { DeadLetterReason, Headers, InputSource, LogRecord, OutRecord } from './ports.ts';

type SetAside = { readonly partition: number; readonly record: LogRecord; readonly reason: DeadLetterReason };

/** What one batch sets aside, and what it tells of it afterwards. */
export class DeadLetters {
  readonly records: OutRecord[] = [];
  readonly #parts: LaneParts;
  readonly #input: InputSource;
  readonly #aside: SetAside[] = [];

  constructor(parts: LaneParts, input: InputSource) {
    this.#parts = parts;
    this.#input = input;
  }

  add(aside: SetAside): void {
    this.records.push(deadLetter({ topic: this.#parts.inputTopics[this.#input], ...aside }));
    this.#aside.push(aside);
  }

  report(): void {
    for (const { partition, record, reason } of this.#aside) {
      this.#parts.telemetry.deadLettered({ at: { source: this.#input, partition, offset: record.offset }, reason });
    }
  }
}

/** Kafka Connect's header names, so that tools for its dead letters read ours. No message and no stack trace: they could quote the value. */
export function deadLetter({ topic, partition, record, reason }: SetAside & { readonly topic: string }): OutRecord {
  const headers: Headers = {
    '__connect.errors.topic': topic,
    '__connect.errors.partition': String(partition),
    '__connect.errors.offset': String(record.offset),
    '__connect.errors.stage': reason === 'KEY_MISMATCH' ? 'KEY_CONVERTER' : 'VALUE_CONVERTER',
    '__connect.errors.exception.class.name': reason,
    'rx.source.partition': String(partition),
    'rx.source.offset': String(record.offset),
  };
  return { partition, key: record.key, value: record.value, headers };
}
