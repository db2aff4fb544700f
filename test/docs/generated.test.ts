import { describe, expect, test } from 'vitest';

import { REJECTS } from '../../src/claims/reject-codes.ts';
import { moduleDiagram, topicsTable } from './architecture-blocks.ts';
import { asyncApiText } from './asyncapi-document.ts';
import { documentText, regenerated, rowsOf } from './document.ts';
import { metricsTable, neededVariables, variablesTable } from './operations-tables.ts';
import { homesOfCodes, keysOfCriteria, keysOfEdits, policyTable, syntaxTable } from './reject-code-tables.ts';
import { kafkaTopicsText, kafkaUsersText } from './strimzi-resources.ts';

const BLOCKS = {
  'docs/architecture.md': { modules: moduleDiagram(), topics: topicsTable() },
  'docs/configuration.md': { needed: neededVariables(), variables: variablesTable() },
  'docs/operations.md': { metrics: await metricsTable() },
  'docs/reject-codes.md': { syntax: syntaxTable(), policy: await policyTable() },
};

/** With `-u` they are written anew. */
describe('the generated parts say what the code says in', () => {
  test.each(Object.entries(BLOCKS))('%s', async (path, blocks) => {
    await expect(await regenerated(path, blocks)).toMatchFileSnapshot(`../../${path}`);
  });

  test.each([
    ['schemas/asyncapi.yaml', asyncApiText],
    ['deploy/kubernetes/strimzi/topics.yaml', kafkaTopicsText],
    ['deploy/kubernetes/strimzi/users.yaml', kafkaUsersText],
  ])('%s', async (path, text) => {
    await expect(await text()).toMatchFileSnapshot(`../../${path}`);
  });
});

describe('the table of reject codes', async () => {
  const homes = await homesOfCodes();

  test('has every code and no other', () => {
    const told = new Set(homes.map(([code]) => code));
    expect([...told].sort()).toEqual(REJECTS.map(({ code }) => code).sort());
  });

  test.each(homes)('finds %s in %s', (code, path) => {
    expect(codesIn(path)).toContain(code);
  });
});

test('every key that an edit is decided by is told of in policy.md', async () => {
  const told = [...rowsOf(documentText('docs/policy.md')).keys()];
  expect(told).toEqual(expect.arrayContaining([...(await keysOfEdits()), ...keysOfCriteria()]));
});

/** The codes that a source file spells, and those that it may take from the policy. */
const codesIn = (path: string): readonly string[] =>
  [path, 'src/policy/programme-rules.ts', 'src/policy/products.ts'].flatMap((each) =>
    [...documentText(each).matchAll(/'(\w{2,3})'/g)].map(([, code]) => code ?? ''),
  );
