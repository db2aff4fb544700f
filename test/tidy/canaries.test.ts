import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { GATES, PLANTED_TEST } from './plants.ts';
import { copyOfProject, ROOT } from './project-copy.ts';

const project = copyOfProject();
afterAll(project.remove);

beforeAll(() => {
  for (const [, path, source] of GATES.flatMap(({ plants }) => plants)) project.plant(path, source);
  project.plant('test/values/planted.test.ts', PLANTED_TEST);
});

describe.each(GATES)('the gate `$command` catches', ({ command, plants, says }) => {
  let answer: ReturnType<typeof project.npmRun>;

  beforeAll(() => {
    // Lint alone reads just what was planted: with types it takes too long for the whole tree.
    answer = project.npmRun([command, ...(command === 'lint' ? plants.map(([, path]) => path) : [])].join(' '));
  });

  const expected = plants.map(([what, path, , complaint]) => [what, says(path, complaint)] as const);

  test.each(expected)('%s', (_what, complaint) => {
    expect(answer.output).toMatch(complaint);
    expect(answer.status).not.toBe(0);
  });
});

test('the boundaries are checked in every source file', () => {
  const { output } = project.npmRun('boundaries -- --output-type json');
  const { modules } = JSON.parse(output) as { modules: readonly { source: string }[] };
  const files = globSync('{src,test,deploy,schemas}/**/*.ts', { cwd: project.folder });
  expect(modules.map(({ source }) => source)).toEqual(expect.arrayContaining(files));
});

test('the static check is all of the gates', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(scripts['check:static']).toBe(GATES.map(({ command }) => `npm run ${command}`).join(' && '));
});
