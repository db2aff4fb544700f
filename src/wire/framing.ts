import type { RecordType } from './avro.ts';

/** Confluent framing: a zero byte, the id of the writer's schema as four bytes, then the Avro value. */
const MAGIC = 0;
export const HEADER_BYTES = 5;

// Values are written here and copied out: a new slab per record would be most of the cost of encoding.
let scratch = Buffer.allocUnsafe(64 * 1024);

/** A record's value as it goes on a topic. */
export function frame<T>(schemaId: number, type: RecordType<T>, value: T): Buffer {
  const end = type.encode(value, scratch, HEADER_BYTES);
  if (end < 0) {
    scratch = Buffer.allocUnsafe(2 * (scratch.length - end));
    return frame(schemaId, type, value);
  }
  scratch.writeUInt8(MAGIC, 0);
  scratch.writeUInt32BE(schemaId, 1);
  return Buffer.from(scratch.subarray(0, end));
}

/** The id of the writer's schema, or null when the bytes are not framed. */
export const schemaIdOf = (bytes: Buffer): number | null =>
  bytes.length > HEADER_BYTES && bytes[0] === MAGIC ? bytes.readUInt32BE(1) : null;
