import { type AvroType, type RecordType, TYPES } from './avro.ts';
import { isSoundCoverage } from './coverage.ts';
import { HEADER_BYTES, schemaIdOf } from './framing.ts';
import { isSoundParticipation } from './participation.ts';
import { areSoundAuthorizations } from './prior-authorizations.ts';
import type { Records } from './records.ts';
import type { RecordName } from './schema-files.ts';
import { isDay } from './span.ts';

/** What became of the bytes of a record. */
export type Decoded<T> =
  | { readonly kind: 'record'; readonly record: T }
  | { readonly kind: 'undecodable'; readonly reason: UndecodableReason };

/** No frame, a schema that the registry has never heard of, or bytes that are no record of the kind asked for. */
export type UndecodableReason = 'NOT_FRAMED' | 'UNKNOWN_SCHEMA_ID' | 'MALFORMED';

/** The type of a writer's schema by its registry id; null when the registry answers that there is none. */
export type WriterType = (schemaId: number) => Promise<AvroType | null>;

/** Decodes the values of one topic. It waits only when it meets a schema id for the first time. */
export type Decode<T> = (values: readonly Buffer[]) => Promise<readonly Decoded<T>[]>;

type Read<T> = (bytes: Buffer) => Decoded<T>;

const DAY_MS = 86_400_000;
const isReceived = ({ receivedAt }: { readonly receivedAt: number }): boolean => isDay(receivedAt / DAY_MS);

/** What a schema cannot say and others may get wrong: a record that is not sound cannot be decided on, so it is not read. */
const SOUND: { readonly [Name in RecordName]?: (record: Records[Name]) => boolean } = {
  Claim: isReceived,
  Coverage: isSoundCoverage,
  PriorAuthorization: areSoundAuthorizations,
  PriorAuthorizationRequest: isReceived,
  Participation: isSoundParticipation,
};
const always = () => true;

const undecodable = (reason: UndecodableReason) => ({ kind: 'undecodable', reason }) as const;
const NOT_FRAMED = undecodable('NOT_FRAMED');
const UNKNOWN_SCHEMA_ID = undecodable('UNKNOWN_SCHEMA_ID');
const MALFORMED = undecodable('MALFORMED');

/**
 * Reads whatever version of a record its writer had into ours. What is learnt about a schema is kept; that there is none is not, because
 * the registry may only not know yet what has just been registered with another node of it.
 */
export function decoderOf<Name extends RecordName>(name: Name, writerType: WriterType): Decode<Records[Name]> {
  const reads = new Map<number, Read<Records[Name]>>();
  return async (values) => {
    for (const id of new Set(values.map(schemaIdOf))) {
      const type = id === null || reads.has(id) ? null : await writerType(id);
      if (id !== null && type !== null) reads.set(id, readAs(name, type));
    }
    return values.map((bytes) => {
      const id = schemaIdOf(bytes);
      return id === null ? NOT_FRAMED : (reads.get(id)?.(bytes) ?? UNKNOWN_SCHEMA_ID);
    });
  };
}

function readAs<Name extends RecordName>(name: Name, writer: AvroType): Read<Records[Name]> {
  const reader: RecordType<Records[Name]> = TYPES[name];
  const resolver = resolverBetween(reader, writer);
  if (resolver === null) return () => MALFORMED;
  const sound: (record: Records[Name]) => boolean = SOUND[name] ?? always;
  return (bytes) => {
    try {
      const decoded = reader.decode(bytes, HEADER_BYTES, resolver);
      const record = decoded.value as Records[Name];
      return decoded.offset === bytes.length && sound(record) ? { kind: 'record', record } : MALFORMED;
    } catch {
      // Whatever avsc trips over in the bytes; its messages may hold the value, so nothing of them is kept.
      return MALFORMED;
    }
  };
}

/** Undefined when the writer's schema is ours, which is the faster way; null when it is the schema of something else. */
function resolverBetween(
  reader: AvroType,
  writer: AvroType,
): ReturnType<AvroType['createResolver']> | undefined | null {
  try {
    const resolver = reader.createResolver(writer);
    return reader.equals(writer) ? undefined : resolver;
  } catch {
    return null;
  }
}
