/** A record as kafkajs hands it to its encoder. */
export type RecordInput = {
  readonly offsetDelta?: number;
  readonly timestampDelta?: number;
  readonly key?: Buffer | string | null;
  readonly value?: Buffer | string | null;
  readonly headers?: Readonly<Record<string, HeaderValue | readonly HeaderValue[]>>;
};
type HeaderValue = Buffer | string;

/** What kafkajs reads of an encoder. */
export type EncodedRecord = { readonly buf: Buffer; readonly buffer: Buffer };

/** The longest varint of a record's length. */
const LENGTH_BYTES = 5;
/** More than the varints of a field take. */
const MARGIN = 32;

// Records are written here and copied out: kafkajs allocates and zeroes 512 bytes for every record and again for every header.
let scratch = Buffer.allocUnsafe(64 * 1024);
let at = 0;

/**
 * A record of format version 2, byte for byte what kafkajs writes, in about a tenth of the time. An answer carries six headers, so
 * that the encoding of records was a quarter of what a claim cost.
 */
export function encodeRecord(record: RecordInput): EncodedRecord {
  const { offsetDelta = 0, timestampDelta = 0, key, value, headers = {} } = record;
  at = LENGTH_BYTES;
  reserve(MARGIN);
  scratch[at++] = 0; // attributes: none are in use
  writeVarint(timestampDelta);
  writeVarint(offsetDelta);
  writeBytes(key);
  writeBytes(value);
  writeHeaders(headers);
  const end = at;
  const start = LENGTH_BYTES - varintSize(end - LENGTH_BYTES);
  at = start;
  writeVarint(end - LENGTH_BYTES);
  const buffer = Buffer.from(scratch.subarray(start, end));
  return { buf: buffer, buffer };
}

function writeHeaders(headers: NonNullable<RecordInput['headers']>): void {
  let count = 0;
  for (const value of Object.values(headers))
    count += typeof value !== 'string' && !Buffer.isBuffer(value) ? value.length : 1;
  writeVarint(count);
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' || Buffer.isBuffer(value)) writeHeader(name, value);
    else for (const one of value) writeHeader(name, one);
  }
}

function writeHeader(name: string, value: HeaderValue): void {
  writeBytes(name);
  writeBytes(value);
}

/** Length and bytes; -1 stands for null. */
function writeBytes(value: Buffer | string | null | undefined): void {
  if (value === null || value === undefined) {
    reserve(MARGIN);
    writeVarint(-1);
    return;
  }
  const length = typeof value === 'string' ? Buffer.byteLength(value) : value.length;
  reserve(length + MARGIN);
  writeVarint(length);
  if (typeof value === 'string') scratch.write(value, at);
  else value.copy(scratch, at);
  at += length;
}

/** Zigzag and base 128, by arithmetic: a difference of timestamps may need more than 32 bits. */
function writeVarint(value: number): void {
  let rest = value >= 0 ? value * 2 : value * -2 - 1;
  while (rest >= 128) {
    scratch[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  scratch[at++] = rest;
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value * 2; rest >= 128; rest = Math.floor(rest / 128)) size += 1;
  return size;
}

function reserve(bytes: number): void {
  if (at + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe(2 * (at + bytes));
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}
