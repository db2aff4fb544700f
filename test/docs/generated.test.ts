import { describe, expect, test } from 'vitest';

import { REJECTS } from '../../src/claims/reject-codes.ts';
import { moduleDiagram, topicsTable } from './architecture-blocks.ts';
import { documentText, regenerated } from './document.ts';
import { metricsTable, variablesTable } from './operations-tables.ts';
import { homesOfCodes, policyTable, syntaxTable } from './reject-code-tables.ts';

const BLOCKS = {
  'docs/architecture.md': { modules: moduleDiagram(), topics: topicsTable() },
  'docs/operations.md': { variables: variablesTable(), metrics: await metricsTable() },
  'docs/reject-codes.md': { syntax: syntaxTable(), policy: await policyTable() },
};

/** With `-u` they are written anew. */
describe('the generated parts say what the code says in', () => {
  test.each(Object.entries(BLOCKS))('%s', async (path, blocks) => {
    await expect(await regenerated(path, blocks)).toMatchFileSnapshot(`../../${path}`);
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

/** The codes that a source file spells, and those that it may take from the policy. */
const codesIn = (path: string): readonly string[] =>
  [path, 'src/policy/programme-rules.ts', 'src/policy/products.ts'].flatMap((each) =>
    [...documentText(each).matchAll(/'(\w{2,3})'/g)].map(([, code]) => code ?? ''),
  );
