import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { isObject, type JsonObject } from '../../src/adapters/files/merge-patch.ts';
import { readPolicy } from '../../src/adapters/files/policy-bundle.ts';
import { criteria } from '../../src/adapters/files/policy-criteria.ts';
import { rules } from '../../src/adapters/files/policy-rules.ts';
import { loadScenarios } from '../../src/commands/scenarios.ts';

const policy = await readPolicy('deploy/policy');
const cases = loadScenarios(['test/scenarios']).flatMap((file) => file.cases.map(({ scenario }) => scenario));

/** `key value` for every value of a document that is one of a few. What a list may hold is no choice: it may hold all of it. */
function* choicesIn(schema: unknown, path = ''): Generator<string> {
  if (!isObject(schema)) return;
  for (const value of valuesOf(schema)) yield `${path} ${String(value)}`;
  for (const variant of [schema['anyOf'], schema['oneOf']].flat()) yield* choicesIn(variant, path);
  const { items, properties } = schema;
  if (isObject(items) && isObject(items['properties'])) yield* choicesIn(items, path);
  for (const [name, inner] of Object.entries(isObject(properties) ? properties : {})) {
    yield* choicesIn(inner, path === '' ? name : `${path}.${name}`);
  }
}

function valuesOf(schema: JsonObject): readonly unknown[] {
  if (Array.isArray(schema['enum'])) return schema['enum'];
  if ('const' in schema) return [schema['const']];
  if (schema['type'] === 'boolean') return [true, false];
  return schema['type'] === 'null' ? [null] : [];
}

/** The same for what a document, or a change of one, says. */
function* choicesMade(value: unknown, path = ''): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* choicesMade(item, path);
  else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value))
      yield* choicesMade(inner, path === '' ? name : `${path}.${name}`);
  } else yield `${path} ${String(value)}`;
}

const choices = (schema: z.ZodType): readonly string[] => [
  ...new Set(choicesIn(z.toJSONSchema(schema, { io: 'input' }))),
];

const entriesIn = (file: string, list: string): readonly JsonObject[] => {
  const document = policy[file] as Readonly<Record<string, readonly JsonObject[]>>;
  return document[list] ?? [];
};

describe('every choice that a policy has is made by the deployed one or in an acceptance case:', () => {
  const deployed = entriesIn('programmes.json', 'programmes').flatMap(
    ({ versions }) => versions as readonly JsonObject[],
  );
  const made = new Set(
    [...deployed.map((version) => version['rules']), ...cases.map((one) => one.policy)].flatMap((document) => [
      ...choicesMade(document),
    ]),
  );
  test.each(choices(rules))('%s', (choice) => {
    expect(made).toContain(choice);
  });

  const criteriaMade = new Set(
    [...entriesIn('clinical-criteria.json', 'criteria'), ...cases.map((one) => one.criteria)].flatMap((document) => [
      ...choicesMade(document),
    ]),
  );
  test.each(choices(criteria).filter((choice) => !/^(source|note) /.test(choice)))('criteria: %s', (choice) => {
    expect(criteriaMade).toContain(choice);
  });
});
