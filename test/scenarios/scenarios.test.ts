import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { readPolicy } from '../../src/adapters/files/policy-bundle.ts';
import { ScenarioFile } from '../../src/commands/scenario-format.ts';
import { loadScenarios, runScenario } from '../../src/commands/scenarios.ts';

const POLICY = 'deploy/policy';
const SCHEMA = 'test/scenarios/scenario.schema.json';

const policy = await readPolicy(POLICY);
const files = loadScenarios(['test/scenarios']);

describe.each(files)('$title', ({ cases }) => {
  test.each(cases.map((one) => ({ ...one, id: one.scenario.id, why: one.scenario.why })))('$id $why', (one) => {
    expect(runScenario(one, policy)).toEqual([]);
  });
});

test('no two cases of all files have one id', () => {
  const ids = files.flatMap(({ cases }) => cases.map(({ scenario }) => scenario.id));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

describe('the JSON Schema that editors read', () => {
  test('is the format that the command reads', async () => {
    const schema = z.toJSONSchema(ScenarioFile, { io: 'input' });
    const text = await format(JSON.stringify(schema), { ...(await resolveConfig(SCHEMA)), parser: 'json' });
    await expect(text).toMatchFileSnapshot('scenario.schema.json');
  });

  const fits = new Ajv2020({ strict: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as { cases: { steps: { expect: object }[] }[] };

  test.each(files)('takes $file', ({ file }) => {
    expect(fits(read(file))).toBe(true);
  });

  test('refuses a misspelt expectation', () => {
    const content = read(files[0]?.file ?? '');
    Object.assign(content.cases[0]?.steps[0]?.expect ?? {}, { princing: {} });
    expect(fits(content)).toBe(false);
  });
});
