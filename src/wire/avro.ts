import avsc from 'avsc';

import { invariant } from '../values/invariant.ts';
import type { Records } from './records.ts';
import { RECORD_NAMES, type RecordName, type RecordSchema, SCHEMAS } from './schema-files.ts';

/** The cursor that avsc reads and writes through; its package does not declare it. */
type Tap = {
  readonly buf: Buffer;
  pos: number;
  readLong(): number;
  skipLong(): void;
  writeLong(value: number): void;
};

/** A schema, compiled. */
export type AvroType = avsc.Type;

declare const valueType: unique symbol;

/** A type of avsc that remembers what its values are in TypeScript. */
export type RecordType<T> = AvroType & { readonly [valueType]?: T };

/**
 * Avro's `decimal` as an integer of its smallest unit: cents for decimal(12,2).
 * It reads and writes the cursor itself, because a Buffer for every amount costs a third of the whole record.
 */
class DecimalType extends avsc.types.LogicalType {
  readonly precision: number;
  readonly scale: number;
  readonly limit: number;

  constructor(schema: avsc.Schema, options?: unknown) {
    super(schema, options);
    const { precision, scale } = schema as unknown as { precision: number; scale?: number };
    this.precision = precision;
    this.scale = scale ?? 0;
    this.limit = 10 ** precision;
  }

  _read(tap: Tap): number {
    const length = tap.readLong();
    const end = tap.pos + length;
    if (!(length > 0 && end <= tap.buf.length)) throw new MalformedValue();
    let value = tap.buf.readInt8(tap.pos);
    for (let at = tap.pos + 1; at < end; at += 1) value = value * 256 + tap.buf.readUInt8(at);
    tap.pos = end;
    if (!this.holds(value)) throw new MalformedValue();
    return value;
  }

  _write(tap: Tap, value: number): void {
    invariant(Number.isSafeInteger(value) && this.holds(value), 'an amount fits its Avro decimal');
    let length = 1;
    for (let bound = 0x80; value >= bound || value < -bound; bound *= 256) length += 1;
    tap.writeLong(length);
    const start = tap.pos;
    tap.pos += length;
    // Past the end, avsc only counts on, and the caller tries again with more room.
    if (tap.pos <= tap.buf.length) tap.buf.writeIntBE(value, start, length);
  }

  /** Reads the default of a field that an older writer did not have. */
  override _fromValue(bytes: Buffer): number {
    return bytes.readIntBE(0, bytes.length);
  }

  override _toValue(value: number): Buffer {
    const bytes = Buffer.alloc(6);
    bytes.writeIntBE(value, 0, 6);
    return bytes;
  }

  /** A writer's decimal is ours when both numbers agree; Avro converts neither scale nor precision. */
  override _resolve(writer: AvroType): ((value: number) => number) | undefined {
    const same = writer instanceof DecimalType && writer.scale === this.scale && writer.precision === this.precision;
    return same ? (value) => value : undefined;
  }

  private holds(value: number): boolean {
    return value > -this.limit && value < this.limit;
  }
}

/** "Null or one type": the branch follows from the value, where avsc would try to convert it first. */
class NullableType extends avsc.types.UnwrappedUnionType {
  _getIndex(value: unknown): number {
    return value === null ? 0 : 1;
  }
}

/**
 * An array that cannot claim more items than there are bytes left.
 * Without this, five bytes of garbage make avsc allocate and fill billions of items: one bad record would end the process.
 */
class BoundedArrayType extends avsc.types.ArrayType {
  _read(tap: Tap): unknown[] {
    const { itemsType } = this as unknown as { itemsType: { _read(tap: Tap): unknown } };
    const items: unknown[] = [];
    for (let count = tap.readLong(); count !== 0; count = tap.readLong()) {
      if (count < 0) tap.skipLong(); // the size of the block in bytes
      const length = Math.abs(count);
      if (!(length <= tap.buf.length - tap.pos)) throw new MalformedValue();
      for (let item = 0; item < length; item += 1) items.push(itemsType._read(tap));
    }
    return items;
  }

  _skip(tap: Tap): void {
    this._read(tap);
  }
}

/** The bytes are not a value of the schema. Without a message: there is nothing to say that is not the value. */
class MalformedValue extends Error {
  override readonly name = 'MalformedValue';
}

function typeHook(schema: avsc.Schema, options: unknown): AvroType | undefined {
  if (Array.isArray(schema) && schema.length === 2 && schema[0] === 'null') return new NullableType(schema, options);
  if (typeof schema === 'object' && 'items' in schema) return new BoundedArrayType(schema, options);
  return undefined;
}

/** How every schema is compiled here, ours and a writer's: a resolver between two types needs both made the same way. */
export const avroOptions = () => ({
  logicalTypes: { decimal: DecimalType },
  typeHook,
  omitRecordMethods: true,
});

export const avroType = (schema: RecordSchema): AvroType =>
  avsc.Type.forSchema(schema as unknown as avsc.Schema, avroOptions());

/** The types of our own schemas. */
export const TYPES = Object.fromEntries(RECORD_NAMES.map((name) => [name, avroType(SCHEMAS[name])])) as {
  readonly [Name in RecordName]: RecordType<Records[Name]>;
};
