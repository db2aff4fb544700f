import { globSync } from 'node:fs';

import { Command } from 'commander';
import { describe, expect, test } from 'vitest';

import manifest from '../../package.json' with { type: 'json' };
import { addCommands } from '../../src/commands/command-line.ts';
import { ROOT } from '../tidy/project-copy.ts';
import { documentText } from './document.ts';

const documents = globSync('{*.md,{docs,deploy,schemas,src,test}/**/*.md}', { cwd: ROOT });
const text = documents.map(documentText).join('\n');

const nothing = (): void => undefined;
const program = new Command();
addCommands(program, {
  env: {},
  print: nothing,
  complain: nothing,
  exitWith: nothing,
  untilStopped: () => new AbortController().signal,
});
/** By their names as they are typed, such as `policy check`. */
const options = new Map(program.commands.flatMap((command) => optionsOf(command, command.name())));

function optionsOf(command: Command, name: string): readonly (readonly [string, readonly (string | undefined)[]])[] {
  const within = command.commands.flatMap((each) => optionsOf(each, `${name} ${each.name()}`));
  return within.length > 0 ? within : [[name, command.options.map(({ long }) => long)]];
}

describe('the documents name only', () => {
  const scripts = new Set([...text.matchAll(/npm run (?:-s )?([a-z:]+)/g)].map(([, script = '']) => script));

  test.each([...scripts])('scripts that there are: %s', (script) => {
    expect(Object.keys(manifest.scripts)).toContain(script);
  });

  const lines = text.matchAll(/(?:`|^)(?:npm run (?:-s )?)?adjudicator (?:-- )?((?:policy )?[a-z-]+)([^`\n]*)/gm);
  const calls = [...lines].map(([, command = '', rest = '']) => [command, rest.match(/--[a-z-]+/g) ?? []] as const);

  test.each(calls)('commands and options that there are: %s %s', (command, named) => {
    expect(options.get(command)).toEqual(expect.arrayContaining([...named]));
  });

  test('and they name some', () => {
    expect(scripts.size).toBeGreaterThan(5);
    expect(calls.length).toBeGreaterThan(10);
  });
});
