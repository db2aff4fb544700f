import { invariant } from '../values/invariant.ts';
import {
  type AvroSchema,
  type FieldSchema,
  RECORD_NAMES,
  type RecordName,
  type RecordSchema,
  SCHEMAS,
} from './schema-files.ts';

/** What a value of a schema looks like to us: Avro's JSON without its spellings, named types resolved. */
export type Shape =
  | RecordShape
  | { readonly kind: 'array'; readonly items: Shape }
  | { readonly kind: 'nullable'; readonly of: Shape }
  | DecimalShape
  | { readonly kind: PlainKind };

export type DecimalShape = { readonly kind: 'decimal'; readonly precision: number; readonly scale: number };

/** `date` and `instant` are the logical types date and timestamp-millis. */
export type PlainKind = 'date' | 'instant' | 'string' | 'boolean' | 'int' | 'long';

export type RecordShape = {
  readonly kind: 'record';
  readonly name: string;
  readonly doc: string | null;
  readonly fields: readonly FieldShape[];
};

/** `default` is undefined where the schema has none: then the field has to be there. */
export type FieldShape = {
  readonly name: string;
  readonly doc: string | null;
  readonly shape: Shape;
  readonly default: unknown;
};

const shapeOf = (schema: RecordSchema): RecordShape => recordShape(schema, new Map());

type Named = Map<string, Shape>;

function recordShape({ name, doc, fields }: RecordSchema, named: Named): RecordShape {
  const shape: RecordShape = {
    kind: 'record',
    name,
    doc: doc ?? null,
    fields: fields.map((field) => fieldShape(field, named)),
  };
  named.set(name, shape);
  return shape;
}

function fieldShape(field: FieldSchema, named: Named): FieldShape {
  const shape = anyShape(field.type, named);
  return { name: field.name, doc: field.doc ?? null, shape, default: defaultOf(field.default, shape) };
}

/** A schema writes the default of a decimal as its bytes, a character each. */
function defaultOf(written: unknown, { kind }: Shape): unknown {
  if (kind !== 'decimal' || typeof written !== 'string') return written;
  const bytes = Buffer.from(written, 'latin1');
  return bytes.readIntBE(0, bytes.length);
}

function anyShape(schema: AvroSchema, named: Named): Shape {
  if (typeof schema === 'string') return named.get(schema) ?? plainShape({ type: schema });
  if (isUnion(schema)) return { kind: 'nullable', of: anyShape(nullableBranch(schema), named) };
  if ('fields' in schema) return recordShape(schema, named);
  if ('items' in schema) return { kind: 'array', items: anyShape(schema.items, named) };
  return plainShape(schema);
}

const isUnion = (schema: AvroSchema): schema is readonly AvroSchema[] => Array.isArray(schema);

/** The only union of our schemas is "null or one type", with null first so that null can be the default. */
function nullableBranch([first, branch, ...rest]: readonly AvroSchema[]): AvroSchema {
  invariant(first === 'null' && branch !== undefined && rest.length === 0, 'a union is null and one type');
  return branch;
}

type PlainSchema = {
  readonly type: string;
  readonly logicalType?: string;
  readonly precision?: number;
  readonly scale?: number;
};

const PLAIN_KINDS: Readonly<Record<string, PlainKind>> = {
  string: 'string',
  boolean: 'boolean',
  int: 'int',
  long: 'long',
  'int date': 'date',
  'long timestamp-millis': 'instant',
};

function plainShape({ type, logicalType, precision, scale }: PlainSchema): Shape {
  if (type === 'bytes' && logicalType === 'decimal' && precision !== undefined && scale !== undefined) {
    return { kind: 'decimal', precision, scale };
  }
  const kind = PLAIN_KINDS[logicalType === undefined ? type : `${type} ${logicalType}`];
  invariant(kind !== undefined, 'a schema uses the types that this project knows');
  return { kind };
}

/** The shapes of our own schemas. */
export const SHAPES = Object.fromEntries(RECORD_NAMES.map((name) => [name, shapeOf(SCHEMAS[name])])) as Readonly<
  Record<RecordName, RecordShape>
>;
