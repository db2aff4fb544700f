import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { readTopicsFile } from '../../src/adapters/files/topics-file.ts';
import { ROOT } from '../tidy/project-copy.ts';
import { tableOf } from './document.ts';

type Module = { readonly source: string; readonly dependencies: readonly { readonly resolved: string }[] };
type Imports = ReadonlyMap<string, ReadonlySet<string>>;

/** What imports what among the parts of src. An arrow that a longer way says already is left out. */
export function moduleDiagram(): string {
  const imports: Imports = new Map(
    cruised().map(({ source, dependencies }) => [
      partOf(source),
      new Set(dependencies.map(({ resolved }) => partOf(resolved)).filter((part) => part !== partOf(source))),
    ]),
  );
  const arrows = [...imports].flatMap(([from, targets]) =>
    [...targets].filter((to) => !hasDetour(from, to, imports)).map((to) => `  ${from} --> ${to}`),
  );
  return ['```mermaid', 'flowchart TD', ...arrows.sort(), '```'].join('\n');
}

function cruised(): readonly Module[] {
  const args = ['--config', 'test/tidy/boundaries.mjs', '--include-only', '^src/', '--collapse', '^src/[^/]+'];
  const depcruise = join(ROOT, 'node_modules/.bin/depcruise');
  const { stdout } = spawnSync(depcruise, [...args, '--output-type', 'json', 'src'], { cwd: ROOT, encoding: 'utf8' });
  return (JSON.parse(stdout) as { readonly modules: readonly Module[] }).modules;
}

const partOf = (path: string): string => path.replace(/^src\//, '');

/** Whether the target is also reached by way of another part. */
function hasDetour(from: string, to: string, imports: Imports): boolean {
  const others = [...(imports.get(from) ?? [])].filter((part) => part !== to);
  const seen = new Set(others);
  for (const part of seen) for (const next of imports.get(part) ?? []) seen.add(next);
  return seen.has(to);
}

const DAY_MS = 86_400_000;

export const topicsTable = (): string =>
  tableOf(
    ['topic', 'key', 'value', 'written by', 'read by', 'kept'],
    readTopicsFile(join(ROOT, 'deploy/topics.yaml')).topics.map(
      ({ name, key, record, writtenBy, readBy, settings }) => [
        `\`${name}\``,
        key,
        record ?? 'as it came',
        writtenBy.join(', '),
        readBy.join(', '),
        kept(settings),
      ],
    ),
  );

const kept = (settings: Readonly<Record<string, string>>): string =>
  settings['cleanup.policy'] === 'compact'
    ? 'the last of each key'
    : `${String(Math.round(Number(settings['retention.ms']) / DAY_MS))} days`;
