import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { drainText, replaceFigures } from './report.ts';

const document = 'Before.\n\n<!-- drain -->\n\nold\n\n<!-- end of drain -->\n\nBehind.\n';

describe('figures of a measurement', () => {
  test('replace the former ones, and nothing else', () => {
    expect(replaceFigures(document, 'drain', 'new')).toBe(document.replace('old', 'new'));
  });

  test('without a place in the document are an error', () => {
    expect(() => replaceFigures(document, 'latency', 'new')).toThrow('no place for latency');
  });

  test.each(['latency', 'drain', 'restore', 'rolling', 'core', 'invariants'])(
    'have a place in the document: %s',
    (part) => {
      const performance = readFileSync(join(import.meta.dirname, '../../docs/performance.md'), 'utf8');
      expect(replaceFigures(performance, part, 'new')).toContain('\n\nnew\n\n');
    },
  );

  test('are rounded and grouped', () => {
    const drain = { claims: 300_000, claimsPerSecond: 12_345.6, secondsOverAll: 30, secondsToFirstAnswer: 4.26 };
    const text = drainText({ ...drain, cpuMicrosecondsPerClaim: 71.04 });
    const cells = text
      .split('\n')
      .slice(2)
      .map((row) => row.split('|')[2]?.trim());
    expect(cells).toEqual(['300 000', '12 346', '10 000', '4.3', '71.0']);
  });
});
