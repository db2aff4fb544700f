import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { readJsonLines, writeJsonLines } from '../../../src/adapters/files/json-lines.ts';
import type { JsonLine } from '../../../src/adapters/files/json-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'json-lines-'));
const file = (name: string): string => join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function linesIn(path: string): Promise<readonly JsonLine[]> {
  const lines: JsonLine[] = [];
  for await (const line of readJsonLines(path)) lines.push(line);
  return lines;
}

function linesOf(text: string): Promise<readonly JsonLine[]> {
  writeFileSync(file('read'), text);
  return linesIn(file('read'));
}

describe('reading JSON lines', () => {
  test.each([
    ['ends with a line end or without one', '{"a":1}\n{"a":2}', [1, 2]],
    ['takes the line ends of Windows', '{"a":1}\r\n{"a":2}\r\n', [1, 2]],
    ['counts blank lines and leaves them out', '\n{"a":1}\n  \n{"a":2}\n', [2, 4]],
    ['makes nothing of an empty file', '', []],
  ])('%s', async (_what, text, numbers) => {
    expect((await linesOf(text)).map(({ number }) => number)).toEqual(numbers);
  });

  test('tells a line that is no JSON from one that is null', async () => {
    expect(await linesOf('{"a":\nnull\n')).toEqual([
      { number: 1, json: undefined },
      { number: 2, json: null },
    ]);
  });

  test('of a file that is not there fails with its path', async () => {
    await expect(linesIn(file('none'))).rejects.toMatchObject({
      code: 'ENOENT',
      path: file('none'),
    });
  });
});

describe('writing JSON lines', () => {
  test('replaces the file, and what was written is read again', async () => {
    writeFileSync(file('written'), 'before');
    const lines = writeJsonLines(file('written'));
    for (let number = 1; number <= 5_000; number += 1) await lines.write({ number });
    await lines.close();
    const read = await linesIn(file('written'));
    expect(read).toEqual(
      Array.from({ length: 5_000 }, (_, index) => ({ number: index + 1, json: { number: index + 1 } })),
    );
  });

  test('of nothing leaves an empty file', async () => {
    await writeJsonLines(file('empty')).close();
    expect(readFileSync(file('empty'), 'utf8')).toBe('');
  });

  test('into a folder that is not there fails with the path', async () => {
    const lines = writeJsonLines(file('none/a'));
    await expect(lines.close()).rejects.toMatchObject({ code: 'ENOENT', path: file('none/a') });
  });
});
