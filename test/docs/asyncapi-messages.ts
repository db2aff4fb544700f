import { participationKey } from '../../src/policy/participation-keys.ts';
import type { Participation } from '../../src/policy/reference.ts';
import { memberKeys } from '../../src/wire/member-key.ts';
import { type RecordName, SCHEMA_FILES, SCHEMAS } from '../../src/wire/schema-files.ts';
import { valueSubjects } from '../../src/wire/topics.ts';
import { exampleHeaders, headersSchema } from './asyncapi-headers.ts';
import { isWorkers, type Json, type Topic } from './asyncapi-topics.ts';
import { documentText } from './document.ts';

const SECRET = 'any sixteen characters or more';
const MEMBER = memberKeys(SECRET).ofCardholder('1EG4TE5MK73');

/**
 * The keys that have a form, by what deploy/topics.yaml calls them; any other is told in its words. They are spelt out with
 * every message: the schema of the Kafka bindings takes a reference for two things at once, and so for none.
 */
const KEYS: Readonly<Record<string, Json>> = {
  memberKey: {
    description:
      'HMAC-SHA-256 of CARDHOLDER|<cardholder id, upper case> under MEMBER_KEY_SECRET, first 16 bytes in hex; for an E1 without a ' +
      'cardholder id, and the coverage it is to find, of SEARCH|<last name>|<birth date>|<last four of the SSN>. ' +
      `The example is that of 1EG4TE5MK73 under "${SECRET}".`,
    type: 'string',
    pattern: '^[0-9a-f]{32}$',
    examples: [MEMBER],
  },
  'model|entity': {
    description: 'A model and who takes part in it.',
    type: 'string',
    pattern: '^\\w+\\|[A-Z]+:\\w+$',
    examples: [participationKey(exampleOf('Participation') as Participation)],
  },
};

/** What the ids of outputs look like where they are not the place of what caused them. */
const IDS: Partial<Record<RecordName, string>> = {
  RebateEvent: 'ACCRUAL:0123456789ABCDEF01',
  MemberAccounts: `${MEMBER}:1`,
};

/** The one message of a topic: headers, key and value, and an example. */
export function messageOf(topic: Topic): Json {
  const { key, record } = topic;
  const headers = exampleHeaders(topic, record === null ? undefined : IDS[record]);
  const headed = Object.keys(headers).length > 0;
  return {
    ...(record === null ? AS_IT_CAME : valueOf(record)),
    ...(headed && { headers: headersSchema(topic, headers) }),
    ...correlationOf(topic),
    bindings: {
      kafka: { key: KEYS[key] ?? { description: key }, ...(record !== null && FRAMED), bindingVersion: '0.5.0' },
    },
    examples: [{ ...(headed && { headers }), ...(record !== null && { payload: exampleOf(record) }) }],
  };
}

const AS_IT_CAME = {
  title: 'Dead letter',
  summary: 'A record that nobody can read, or under a wrong key: its bytes, as they came.',
  contentType: 'application/octet-stream',
};

/** A zero, the id of the schema in four bytes, the record. */
const FRAMED = {
  schemaIdLocation: 'payload',
  schemaIdPayloadEncoding: 'confluent',
  schemaLookupStrategy: 'TopicNameStrategy',
};

const valueOf = (record: RecordName): Json => ({
  title: record,
  summary: SCHEMAS[record].doc,
  payload: {
    schemaFormat: 'application/vnd.apache.avro;version=1.9.0',
    schema: { $ref: `./${SCHEMA_FILES[record]}.avsc` },
  },
  'x-registry-subject': valueSubjects('').get(record),
});

function exampleOf(record: RecordName): unknown {
  return JSON.parse(documentText(`schemas/examples/${SCHEMA_FILES[record]}.json`));
}

/** The ids that whoever asks gives, and finds again in the answer. */
const ASKED_WITH = ['transmissionId', 'requestId'];

function correlationOf({ record, writtenBy }: Topic): Json {
  const field = record && SCHEMAS[record].fields.find(({ name }) => ASKED_WITH.includes(name));
  if (field) return { correlationId: { location: `$message.payload#/${field.name}`, description: field.doc ?? '' } };
  if (!writtenBy.some(isWorkers)) return {};
  const description = 'With rx.source.partition: the record that caused this one.';
  return { correlationId: { location: '$message.header#/rx.source.offset', description } };
}
