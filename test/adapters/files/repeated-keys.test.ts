import { describe, expect, test } from 'vitest';

import { repeatedKeys } from '../../../src/adapters/files/repeated-keys.ts';

describe('a key is repeated', () => {
  test.each([
    ['in one object', '{\n  "79": "A",\n  "79": "B"\n}', [{ key: '79', line: 3 }]],
    ['in an object within another', '{"rules": {"cap": 1,\n"cap": 2}}', [{ key: 'cap', line: 2 }]],
    ['behind an object that has it too', '{"a": {"b": 1},\n"a": {"b": 2}}', [{ key: 'a', line: 2 }]],
  ])('%s', (_where, json, repeated) => {
    expect(repeatedKeys(json)).toEqual(repeated);
  });

  test.each([
    ['in two objects', '[{"79": "A"}, {"79": "B"}]'],
    ['in an object and in the one around it', '{"a": {"a": 1}}'],
    ['as a value', '{"a": "b", "b": "a"}'],
    ['in a text that looks like JSON', '{"a": "{\\"a\\": 1}", "b": "} \\" \\\\"}'],
  ])('but not %s', (_where, json) => {
    expect(repeatedKeys(json)).toEqual([]);
  });
});
