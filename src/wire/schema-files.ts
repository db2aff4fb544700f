import { readFileSync } from 'node:fs';

/** An Avro schema as its file has it: the subset of the language that `schemas/` uses. */
export type AvroSchema =
  | string
  | readonly AvroSchema[]
  | RecordSchema
  | ArraySchema
  | { readonly type: string; readonly logicalType?: string };

export type RecordSchema = {
  readonly type: 'record';
  readonly name: string;
  readonly doc?: string;
  readonly fields: readonly FieldSchema[];
};

export type FieldSchema = {
  readonly name: string;
  readonly type: AvroSchema;
  readonly doc?: string;
  readonly default?: unknown;
};

type ArraySchema = { readonly type: 'array'; readonly items: AvroSchema };

/** The records, and the file in `schemas/` that defines each of them. */
export const SCHEMA_FILES = {
  Claim: 'claim',
  ClaimResponse: 'claim-response',
  RebateEvent: 'rebate-event',
  MemberAccounts: 'member-accounts',
  Coverage: 'coverage',
  PriorAuthorization: 'prior-authorization',
  PriorAuthorizationRequest: 'prior-authorization-request',
  Participation: 'participation',
} as const;

export type RecordName = keyof typeof SCHEMA_FILES;
export const RECORD_NAMES = Object.keys(SCHEMA_FILES) as readonly RecordName[];

/** A file of `schemas/`: the one place where `wire` touches the disk, once, while the module loads. */
export const readSchemaFile = (path: string): RecordSchema =>
  JSON.parse(readFileSync(new URL(`../../schemas/${path}.avsc`, import.meta.url), 'utf8')) as RecordSchema;

/** The schemas that this version writes and reads with. */
export const SCHEMAS = Object.fromEntries(
  RECORD_NAMES.map((name) => [name, readSchemaFile(SCHEMA_FILES[name])]),
) as Readonly<Record<RecordName, RecordSchema>>;
