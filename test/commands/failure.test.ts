import { describe, expect, test } from 'vitest';

import { PolicyProblems } from '../../src/adapters/files/policy-bundle.ts';
import { failureOf } from '../../src/commands/failure.ts';
import { ConfigProblems } from '../../src/config.ts';
import { Fault } from '../../src/stream/fault.ts';
import { InvariantBroken } from '../../src/values/invariant.ts';

const refused = Object.assign(new Error('connect 127.0.0.1'), { code: 'ECONNREFUSED' });
const system = (fields: object): Error => Object.assign(new Error('quoted value'), fields);
const away = new Fault('the broker did not answer', { retryable: true, cause: refused });

describe('a command that ends with an error exits with', () => {
  test.each<[string, Error, number, RegExp]>([
    [
      '2 for a bad environment',
      new ConfigProblems(['LANES is not set']),
      2,
      /^the environment does not fit:\n {2}LANES is/,
    ],
    ['2 for a bad policy', new PolicyProblems(['a.json: is not JSON']), 2, /a\.json: is not JSON$/],
    [
      '2 for a file that is not there',
      system({ code: 'ENOENT', syscall: 'open', path: 'a.jsonl' }),
      2,
      /^a\.jsonl: ENOENT$/,
    ],
    ['2 for a port that is taken', system({ code: 'EADDRINUSE', syscall: 'listen' }), 2, /^listen: EADDRINUSE$/],
    [
      '69 for a server that is away, and what it met',
      away,
      69,
      /^the broker did not answer, because of Error ECONNREFUSED$/,
    ],
    [
      '70 for a bug, and where it is',
      new InvariantBroken('money is whole'),
      70,
      /^internal error: money is whole\n {2}at /,
    ],
  ])('%s', (_what, error, ...[exitCode, message]) => {
    expect(failureOf(error)).toEqual({ exitCode, message: expect.stringMatching(message) as string });
  });

  test('no text of an error that is not ours', () => {
    const planted = new TypeError('quoted value', { cause: new Error('quoted value') });
    const { exitCode, message } = failureOf(planted);
    expect(exitCode).toBe(70);
    expect(message).toMatch(/^internal error: TypeError, because of Error\n/);
    expect(message).not.toContain('quoted value');
  });
});
