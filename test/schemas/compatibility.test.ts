import { readdirSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { avroType } from '../../src/wire/avro.ts';
import {
  type FieldSchema,
  readSchemaFile,
  RECORD_NAMES,
  type RecordSchema,
  SCHEMA_FILES,
  SCHEMAS,
} from '../../src/wire/schema-files.ts';

/** Every schema that a record on a topic may have been written with, the oldest first. */
function versionsOf(file: string): readonly RecordSchema[] {
  const folder = new URL(`../../schemas/versions/${file}/`, import.meta.url);
  const numbers = readdirSync(folder).map((name) => Number(/^(\d+)\.avsc$/.exec(name)?.[1]));
  return numbers.sort((a, b) => a - b).map((number) => readSchemaFile(`versions/${file}/${String(number)}`));
}

const canRead = (reader: RecordSchema, writer: RecordSchema): boolean => {
  try {
    avroType(reader).createResolver(avroType(writer));
    return true;
  } catch {
    return false;
  }
};

const compatible = (one: RecordSchema, other: RecordSchema): boolean => canRead(one, other) && canRead(other, one);

describe.each(RECORD_NAMES)('the schema of %s', (name) => {
  const versions = versionsOf(SCHEMA_FILES[name]);

  test.each(versions.map((version, index) => [index + 1, version] as const))(
    'reads version %i and is read by it',
    (_number, version) => {
      expect(compatible(SCHEMAS[name], version)).toBe(true);
    },
  );

  test('is kept as the newest version', () => {
    expect(versions.at(-1)).toEqual(SCHEMAS[name]);
  });
});

describe('a change is noticed that', () => {
  const { fields } = SCHEMAS.Participation;
  const money = JSON.stringify(SCHEMAS.RebateEvent);
  const changed = (changes: readonly FieldSchema[]): RecordSchema => ({ ...SCHEMAS.Participation, fields: changes });

  test.each<[string, RecordSchema, RecordSchema]>([
    ['adds a field without a default', SCHEMAS.Participation, changed([...fields, { name: 'note', type: 'string' }])],
    [
      'takes away a field without a default',
      SCHEMAS.Participation,
      changed(fields.filter(({ name }) => name !== 'status')),
    ],
    [
      'renames a field',
      SCHEMAS.Participation,
      changed(fields.map((field) => (field.name === 'status' ? { ...field, name: 'standing' } : field))),
    ],
    [
      'makes text a number',
      SCHEMAS.Participation,
      changed(fields.map((field) => (field.name === 'status' ? { ...field, type: 'int' } : field))),
    ],
    [
      'lets a field be null that older readers cannot take',
      SCHEMAS.Participation,
      changed(fields.map((field) => (field.name === 'status' ? { ...field, type: ['null', 'string'] } : field))),
    ],
    [
      'moves the point of an amount',
      SCHEMAS.RebateEvent,
      JSON.parse(money.replaceAll('"scale":2', '"scale":4')) as RecordSchema,
    ],
    ['renames the record', SCHEMAS.Participation, { ...SCHEMAS.Participation, name: 'Standing' }],
  ])('%s', (_what, before, after) => {
    expect(compatible(before, after)).toBe(false);
  });

  test('adds or takes away a field with a default, and it is let through', () => {
    const more = changed([...fields, { name: 'note', type: ['null', 'string'], default: null }]);
    expect(compatible(SCHEMAS.Participation, more)).toBe(true);
  });
});
