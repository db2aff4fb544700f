import type { RecordName } from './schema-files.ts';

/** An output and the claim that caused it. */
export type Output = {
  /** Deterministic: a batch that is done again gives its outputs the same ids. */
  readonly id: string;
  readonly type: RecordName;
  /** URI of the producing deployment. */
  readonly source: string;
  readonly partition: number;
  readonly offset: number;
  /** W3C trace context of the claim's record, passed on as it came. */
  readonly traceparent: Buffer | string | undefined;
};

/** CloudEvents 1.0 in binary mode, with the position of the claim. */
export const outputHeaders = (output: Output): Readonly<Record<string, Buffer | string>> => ({
  ce_specversion: '1.0',
  ce_id: output.id,
  ce_type: `rx.v1.${output.type}`,
  ce_source: output.source,
  'rx.source.partition': String(output.partition),
  'rx.source.offset': String(output.offset),
  ...(output.traceparent === undefined ? {} : { traceparent: output.traceparent }),
});
