import type { DeadLetterReason, Headers, LogRecord, OutRecord } from './ports.ts';

/** Kafka Connect's header names, so that tools for its dead letters read ours. No message and no stack trace: they could quote the value. */
export function deadLetter(input: {
  readonly topic: string;
  readonly partition: number;
  readonly record: LogRecord;
  readonly reason: DeadLetterReason;
}): OutRecord {
  const { topic, partition, record, reason } = input;
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
