import { deadLetter } from '../../src/stream/dead-letter.ts';
import { DEAD_LETTER_REASONS, type Headers } from '../../src/stream/ports.ts';
import { invariant } from '../../src/values/invariant.ts';
import { outputHeaders } from '../../src/wire/headers.ts';
import { causeOf, isWorkers, type Json, type Topic } from './asyncapi-topics.ts';

const DIGITS = { type: 'string', pattern: '^\\d+$' };

const ABOUT: Readonly<Record<string, Json>> = {
  ce_specversion: { const: '1.0', description: 'CloudEvents in binary mode.' },
  ce_id: { type: 'string', description: 'Deterministic: a batch that is done again gives it the same.' },
  ce_type: { type: 'string', description: 'The full name of the record.' },
  ce_source: { type: 'string', description: 'The deployment: a slash and its KAFKA_GROUP_ID.' },
  traceparent: {
    type: 'string',
    description: 'W3C trace context, passed on as it came; left out where there was none.',
  },
  'rx.source.partition': { ...DIGITS, description: 'Partition of the record that caused this one.' },
  'rx.source.offset': { ...DIGITS, description: 'Offset of the record that caused this one.' },
  '__connect.errors.topic': { type: 'string', description: 'Where the record was; Kafka Connect has these names.' },
  '__connect.errors.partition': DIGITS,
  '__connect.errors.offset': DIGITS,
  '__connect.errors.stage': { enum: ['KEY_CONVERTER', 'VALUE_CONVERTER'] },
  '__connect.errors.exception.class.name': { enum: DEAD_LETTER_REASONS, description: 'The reason.' },
};

const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const CAUSE = { partition: 3, offset: 1742 };

/** From the functions that write them. Of what others send, workers look at the trace of what they answer. */
export function exampleHeaders(topic: Topic, id: string | undefined): Headers {
  const { record, writtenBy, answeredOn } = topic;
  if (!writtenBy.some(isWorkers)) return answeredOn === undefined ? {} : { traceparent: TRACE };
  const { partition, offset } = CAUSE;
  const asker = causeOf(topic)?.name ?? '';
  if (record !== null) {
    const place = `${asker}/${String(partition)}/${String(offset)}`;
    return outputHeaders({ ...CAUSE, id: id ?? place, type: record, source: '/adjudicator', traceparent: TRACE });
  }
  const unread = { offset, timestamp: 0, key: null, value: null, headers: {} };
  return deadLetter({ topic: asker, partition, record: unread, reason: 'MALFORMED' }).headers;
}

/** The headers of a topic by an example of them. Others who write a topic beside workers need not know ours. */
export function headersSchema({ writtenBy }: Topic, example: Headers): Json {
  const names = Object.keys(example);
  const required = writtenBy.every(isWorkers) ? names.filter((name) => name !== 'traceparent') : [];
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(
      names.map((name) => {
        const about = ABOUT[name];
        invariant(about !== undefined, `the header ${name} is told of`);
        return [name, name === 'ce_type' ? { const: example[name], ...about } : about];
      }),
    ),
  };
}
