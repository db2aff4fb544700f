import { describe, expect, test } from 'vitest';

import { Bmi } from '../../src/values/bmi.ts';
import { InvariantBroken } from '../../src/values/invariant.ts';

describe('a body mass index', () => {
  test.each([
    ['27.0', 270],
    ['34.9', 349],
    ['100.1', 1001],
  ])('%s is %i tenths', (text, tenths) => {
    expect(Bmi.parse(text)).toBe(tenths);
  });

  test.each(['35', '34.95', '.5', '-30.0', '1e1', ' 30.0', '30,0', ''])('is not written "%s"', (text) => {
    expect(Bmi.parse(text)).toBeUndefined();
    expect(() => Bmi.of(text)).toThrow(InvariantBroken);
  });
});
