import { Fault } from '../../stream/fault.ts';
import type { Codec } from '../../stream/codec.ts';
import { TYPES } from '../../wire/avro.ts';
import { type Decode, decoderOf } from '../../wire/decoder.ts';
import { frame } from '../../wire/framing.ts';
import type { Records } from '../../wire/records.ts';
import type { RecordName } from '../../wire/schema-files.ts';
import { valueSubjects } from '../../wire/topics.ts';
import { type Registry, schemaRegistry } from './schema-registry.ts';

/** Encoders and decoders for every record, with the ids that a registry has given our schemas. */
export type Codecs = {
  readonly encoderOf: <Name extends RecordName>(name: Name) => (record: Records[Name]) => Buffer;
  readonly decoderOf: <Name extends RecordName>(name: Name) => Decode<Records[Name]>;
};

/** Looks up and never registers: a service that starts must not change what all others read by. */
export async function openCodecs(registry: Registry, topicPrefix: string): Promise<Codecs> {
  const subjects = valueSubjects(topicPrefix);
  const ids = new Map(
    await Promise.all(
      [...subjects].map(async ([record, subject]) => [record, await registry.idOf(subject, record)] as const),
    ),
  );
  const missing = [...subjects].filter(([record]) => ids.get(record) === null).map(([, subject]) => subject);
  if (missing.length > 0) {
    throw new Fault(`schemas not registered: ${missing.join(', ')}: run \`adjudicator provision\``, {
      retryable: false,
    });
  }
  return {
    encoderOf: (name) => {
      const id = ids.get(name) ?? NaN;
      return (record) => frame(id, TYPES[name], record);
    },
    decoderOf: (name) => decoderOf(name, registry.writerType),
  };
}

/** What a lane reads and writes. Throws a Fault that is not to be retried when a schema of ours is not registered. */
export async function registryCodec(url: string, topicPrefix: string): Promise<Codec> {
  const { encoderOf, decoderOf: decoder } = await openCodecs(schemaRegistry({ url }), topicPrefix);
  return {
    decode: {
      claims: decoder('Claim'),
      authorizationRequests: decoder('PriorAuthorizationRequest'),
      accounts: decoder('MemberAccounts'),
      coverage: decoder('Coverage'),
      priorAuthorizations: decoder('PriorAuthorization'),
      participation: decoder('Participation'),
    },
    encode: {
      responses: encoderOf('ClaimResponse'),
      rebateEvents: encoderOf('RebateEvent'),
      accounts: encoderOf('MemberAccounts'),
      priorAuthorizations: encoderOf('PriorAuthorization'),
    },
  };
}
