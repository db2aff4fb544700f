import { describe, expect, test } from 'vitest';

import { HOUSE_RULES, projectFiles } from './house-rules.ts';

const files = projectFiles();

describe.each(HOUSE_RULES)('$rule', ({ appliesTo, faults, broken, least }) => {
  const concerned = files.filter(({ path }) => appliesTo.test(path));

  test('in the project', () => {
    expect(concerned.flatMap((file) => faults(file).map((fault) => `${file.path}: ${fault}`))).toEqual([]);
  });

  test('and one that does not is noticed', () => {
    expect(appliesTo.test(broken.path)).toBe(true);
    expect(faults(broken)).not.toEqual([]);
  });

  test('and enough of them were read', () => {
    expect(concerned.length).toBeGreaterThanOrEqual(least);
  });
});
