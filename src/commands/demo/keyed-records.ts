import type { KeyedRecord } from '../../adapters/kafka/claim-producer.ts';
import type { Codecs } from '../../adapters/registry/registry-codec.ts';
import { participationKey } from '../../policy/participation-keys.ts';
import { invariant } from '../../values/invariant.ts';
import { fromJson } from '../../wire/json.ts';
import type { MemberKeys } from '../../wire/member-key.ts';
import { readParticipation } from '../../wire/participation.ts';
import type { ClaimRecord, Records } from '../../wire/records.ts';
import type { RecordName } from '../../wire/schema-files.ts';
import { TOPICS } from '../../wire/topics.ts';
import type { TopicNames } from '../../wire/topics.ts';

/** What `adjudicate --reference` takes as a line of its file. */
export type ReferenceLine = { readonly topic: string; readonly cardholderId?: string; readonly value: unknown };

export type Encoding = { readonly topics: TopicNames; readonly keys: MemberKeys; readonly codecs: Codecs };

export function claimRecord(record: ClaimRecord, { topics, keys, codecs }: Encoding): KeyedRecord {
  const key = keys.ofClaim(record);
  invariant(key !== null, 'every claim of the demo names its cardholder');
  return { topic: topics.claims, key, value: codecs.encoderOf('Claim')(record) };
}

export function referenceRecord({ topic, cardholderId, value }: ReferenceLine, encoding: Encoding): KeyedRecord {
  const { topics, keys, codecs } = encoding;
  switch (topic) {
    case TOPICS.participation.name: {
      const party = recordOf('Participation', value);
      const key = participationKey(readParticipation(party));
      return { topic: topics.participation, key, value: codecs.encoderOf('Participation')(party) };
    }
    case TOPICS.coverage.name: {
      const coverage = recordOf('Coverage', value);
      const key = keys.ofCardholder(coverage.cardholderId);
      return { topic: topics.coverage, key, value: codecs.encoderOf('Coverage')(coverage) };
    }
    default: {
      const key = keys.ofCardholder(cardholderId ?? '');
      const authorizations = codecs.encoderOf('PriorAuthorization')(recordOf('PriorAuthorization', value));
      return { topic: topics.priorAuthorizations, key, value: authorizations };
    }
  }
}

/** For JSON that the program has written itself. */
export function recordOf<Name extends RecordName>(name: Name, json: unknown): Records[Name] {
  const read = fromJson(name, json);
  invariant(read.kind === 'record', 'what the demo makes can be read');
  return read.record;
}
