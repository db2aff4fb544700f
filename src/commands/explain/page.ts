import { spanText, type TracedEntry } from '../../adjudication/applied-policy.ts';

/** Columns of a page that still fits on a screen. */
export const WIDTH = 116;
export const TITLE = 12;
export const NAME = 44;

/** A part of the page under its title; none where there is nothing to say. */
export const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`.trimEnd())];

/** A name and its value; a list has a line for each of its values. */
export const pair = (name: string, value: string): readonly string[] =>
  value
    .split('; ')
    .flatMap((part) => listed(part, WIDTH - TITLE - NAME))
    .map((part, index) => `${(index === 0 ? `${name} ` : '').padEnd(NAME)}${part}`);

export const column = (title: string, lines: readonly string[]): readonly string[] =>
  lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(TITLE)}${line}`);

/** Prose is broken between words. */
export const wrapped = (text: string, width: number): readonly string[] => linesOf(text.split(' '), width);

/** A list is broken between its items, so that a name stands beside its value. */
export const listed = (text: string, width: number): readonly string[] => linesOf(text.split(/(?<=[,;]) /), width);

/** What is too long for a line has one of its own. */
function linesOf(parts: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && line.length + 1 + part.length > width) {
      lines.push(line);
      line = part;
    } else line = line === '' ? part : `${line} ${part}`;
  }
  return [...lines, line];
}

/** A dated entry of the policy, with where it comes from. */
export const entryLines = ({ kind, name, source, ...entry }: TracedEntry): readonly string[] => [
  `${kind.padEnd(TITLE)}${name}, ${spanText(entry)}, known from ${entry.knownFrom}`,
  ...wrapped(source, WIDTH - TITLE).map((line) => `${' '.repeat(TITLE)}${line}`),
];
