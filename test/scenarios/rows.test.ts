import { describe, expect, test } from 'vitest';

import { loadScenarios } from '../../src/commands/scenarios.ts';
import { rowsOf, sectionOf } from '../docs/document.ts';

const README = 'test/scenarios/README.md';
const FOLDER = 'test/scenarios';

/** `S88a` and `S88b` are cases of the row S88; a name without a number is a row of its own. */
const rowOf = (id: string): string => id.replace(/(?<=\d)[a-z]$/, '');

const files = loadScenarios([FOLDER]).map(({ file, cases }) => ({
  file: file.slice(FOLDER.length + 1),
  ids: cases.map(({ scenario }) => scenario.id),
}));

const listed = rowsOf(sectionOf(README, 'Rows'));

describe('the list of rows', () => {
  test('names every file and no other', () => {
    expect([...listed.keys()]).toEqual(files.map(({ file }) => file));
  });

  test.each(files)('names the rows of $file and no others', ({ file, ids }) => {
    expect(listed.get(file)).toEqual([[...new Set(ids.map(rowOf))].join(', ')]);
  });

  test.each([...rowsOf(sectionOf(README, 'Claims that look right and are not')).keys()])(
    'has the mistake of %s',
    (id) => {
      expect(files.flatMap(({ ids }) => ids)).toContain(id);
    },
  );
});
