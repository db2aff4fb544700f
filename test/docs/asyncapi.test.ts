import { existsSync } from 'node:fs';
import { join } from 'node:path';

import specification from '@asyncapi/specs/schemas/3.0.0.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';

import { VIEW_SOURCES } from '../../src/stream/ports.ts';
import { type AvroType, TYPES } from '../../src/wire/avro.ts';
import { decoderOf } from '../../src/wire/decoder.ts';
import { frame } from '../../src/wire/framing.ts';
import { fromJson } from '../../src/wire/json.ts';
import { RECORD_NAMES } from '../../src/wire/schema-files.ts';
import { TOPICS } from '../../src/wire/topics.ts';
import { ROOT } from '../tidy/project-copy.ts';
import { asyncApi } from './asyncapi-document.ts';
import type { Json } from './asyncapi-topics.ts';

type Message = { readonly headers?: Json; readonly examples: readonly { headers?: Json; payload?: unknown }[] };
type Channel = { readonly address: string; readonly messages: Readonly<Record<string, Json>> };
type Operation = { readonly action: string; readonly channel: { readonly $ref: string } };
type Document = {
  readonly channels: Readonly<Record<string, Channel>>;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly components: { readonly messages: Readonly<Record<string, Message>> };
};

const document = asyncApi() as Document;
const messages = Object.entries(document.components.messages);

// The specification brings a meta-schema of its own, under the name of ajv's.
const ajv = new Ajv({ meta: false, validateSchema: false, strict: false, validateFormats: false });
const isAsyncApi = ajv.compile(specification);

/** What a reference inside of the document names; undefined where there is nothing. */
const resolved = (root: unknown, reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((inner, name) => (inner as Json | undefined)?.[name], root);

const referencesOf = (root: unknown): readonly string[] =>
  [...JSON.stringify(root).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference);

const isThere = (reference: string): boolean =>
  reference.startsWith('#')
    ? resolved(document, reference) !== undefined
    : existsSync(join(ROOT, 'schemas', reference));

test('the document is one of AsyncAPI 3', () => {
  expect(isAsyncApi(document) || isAsyncApi.errors).toBe(true);
});

test('a fault in it would be noticed', () => {
  const text = JSON.stringify(document);
  expect(isAsyncApi(JSON.parse(text.replace('"receive"', '"subscribe"')))).toBe(false);
  expect(isAsyncApi(JSON.parse(text.replace('"partitions":', '"partition":')))).toBe(false);
});

test.each([...new Set(referencesOf(document))])('%s is there', (reference) => {
  expect(isThere(reference)).toBe(true);
});

test('every topic is a channel', () => {
  expect(
    Object.values(document.channels)
      .map(({ address }) => address)
      .sort(),
  ).toEqual(
    Object.values(TOPICS)
      .map(({ name }) => name)
      .sort(),
  );
});

test('workers receive claims and reference data, send what comes of them, and do both with accounts', () => {
  const by = (wanted: string) =>
    Object.values(document.operations)
      .filter(({ action }) => action === wanted)
      .map(({ channel }) => channel.$ref.replace('#/channels/', ''));
  expect(by('receive')).toEqual(expect.arrayContaining(['claims', ...VIEW_SOURCES]));
  expect(by('send')).toEqual(expect.arrayContaining(['responses', 'rebateEvents', 'accounts', 'deadLetters']));
});

test.each(messages)('the example of %s has the headers that its schema asks for', (_name, { headers, examples }) => {
  const sent = examples.map((example) => example.headers);
  expect(headers === undefined ? sent : sent.filter((each) => ajv.validate(headers, each))).toEqual(sent);
});

const records = RECORD_NAMES.filter((name) => name in document.components.messages);

test.each(records)('the example of %s is a record that goes over the wire', async (name) => {
  const read = fromJson(name, document.components.messages[name]?.examples[0]?.payload);
  const record = read.kind === 'record' ? read.record : read.problems;
  const decode = decoderOf(name, () => Promise.resolve(TYPES[name]));
  expect(await decode([frame(1, TYPES[name] as AvroType, record)])).toEqual([{ kind: 'record', record }]);
});

test('no server is named', () => {
  expect(JSON.stringify(document)).not.toMatch(/localhost|127\.0\.0\.1|:\d{4,5}\b/);
});
