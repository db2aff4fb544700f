import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { ROOT } from '../tidy/project-copy.ts';

/** Between these two comments a document belongs to a test. */
const BLOCK = /(<!-- generated: ([\w-]+) -->\n)[\s\S]*?<!-- end -->/g;

export const documentText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** A document as it has to be: its text with the generated blocks filled anew. Throws when its blocks are not those given. */
export async function regenerated(path: string, blocks: Readonly<Record<string, string>>): Promise<string> {
  const text = documentText(path);
  const marked = [...text.matchAll(BLOCK)].map(([, , name = '']) => name);
  if (marked.toSorted().join() !== Object.keys(blocks).toSorted().join()) {
    throw new Error(`${path} marks the blocks ${marked.join(', ')}`);
  }
  const options = { ...(await resolveConfig(join(ROOT, path))), parser: 'markdown' };
  const formatted = new Map<string, string>();
  for (const [name, content] of Object.entries(blocks)) formatted.set(name, (await format(content, options)).trimEnd());
  return text.replace(
    BLOCK,
    (_, begin: string, name: string) => `${begin}\n${formatted.get(name) ?? ''}\n\n<!-- end -->`,
  );
}

export const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n');

/** A bar would end the cell, and what looks like a tag would not be shown. */
const escaped = (cell: string): string => cell.replaceAll(/[|<]/g, '\\$&');

/** The table rows of a document whose first cell is a name in backquotes: the other cells by that name. */
export function rowsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const rows = text.split('\n').flatMap((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const name = /^`([^`]+)`$/.exec(cells[1] ?? '')?.[1];
    return name === undefined ? [] : [[name, cells.slice(2, -1)] as const];
  });
  return new Map(rows);
}

/** What stands under a heading of the second level. */
export const sectionOf = (path: string, heading: string): string =>
  documentText(path)
    .split(/^## /m)
    .find((section) => section.startsWith(`${heading}\n`)) ?? '';
