import { readdirSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { type AvroType, TYPES } from '../../src/wire/avro.ts';
import { decoderOf } from '../../src/wire/decoder.ts';
import { frame } from '../../src/wire/framing.ts';
import { fromJson } from '../../src/wire/json.ts';
import { RECORD_NAMES, SCHEMA_FILES } from '../../src/wire/schema-files.ts';

const FOLDER = new URL('../../schemas/examples/', import.meta.url);

test.each(RECORD_NAMES)('the example of %s is a record that goes over the wire', async (name) => {
  const json: unknown = JSON.parse(readFileSync(new URL(`${SCHEMA_FILES[name]}.json`, FOLDER), 'utf8'));
  const read = fromJson(name, json);
  const record = read.kind === 'record' ? read.record : read.problems;
  const decode = decoderOf(name, () => Promise.resolve(TYPES[name]));
  expect(await decode([frame(1, TYPES[name] as AvroType, record)])).toEqual([{ kind: 'record', record }]);
});

test('there is an example of every record and of nothing else', () => {
  const files = Object.values(SCHEMA_FILES).map((file) => `${file}.json`);
  expect(readdirSync(FOLDER).sort()).toEqual(files.sort());
});
