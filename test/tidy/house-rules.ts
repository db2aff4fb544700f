import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { ROOT } from './project-copy.ts';

export type SourceFile = { readonly path: string; readonly text: string };

export type HouseRule = {
  readonly rule: string;
  readonly appliesTo: RegExp;
  /** What is wrong with a file of those, one line per fault. */
  readonly faults: (file: SourceFile) => readonly string[];
  /** A file that breaks the rule, to prove that breaking it is noticed. */
  readonly broken: SourceFile;
  /** The project has at least so many of these files: a rule that saw fewer did not look. */
  readonly least: number;
};

const CODE = /^(src|test|deploy|schemas)\/.*\.(ts|mjs)$/;
/** These tests have to spell what they look for. */
const ANY = /^(?!test\/tidy\/|package-lock)/;
const PROSE = /\.md$/;
/** Long because it is a table, or generated from one. */
const TABLE = /(reject-codes|payer-sheet|records)\.ts$/;

const DECISION_PARTS = ['Status', 'Date', 'Context', 'Decision', 'Consequences'];

const matches =
  (pattern: RegExp): HouseRule['faults'] =>
  ({ text }) =>
    text.match(pattern) ?? [];
const unless = (good: boolean): readonly string[] => (good ? [] : ['']);

/** Targets of relative links, without their anchors. */
const linksOf = (text: string): readonly string[] =>
  [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)\s#]+)/g)].map(([, target]) => target ?? '');

/** Paths from the root of the project; a decision may be named by its number alone. */
const mentionsOf = (text: string): readonly string[] =>
  text.match(/(?<![\w./-])(src|test|deploy|docs|schemas)\/[\w./-]*\w/g) ?? [];

export const HOUSE_RULES: readonly HouseRule[] = [
  {
    rule: 'a source file has at most 300 lines',
    appliesTo: /^src\/.*\.ts$/,
    faults: ({ path, text }) => unless(TABLE.test(path) || text.trimEnd().split('\n').length <= 300),
    broken: { path: 'src/values/long.ts', text: 'line\n'.repeat(301) },
    least: 60,
  },
  {
    rule: 'a source file has a name in kebab-case that says what is in it',
    appliesTo: CODE,
    faults: ({ path }) => unless(/\/(?!index\.)[a-z0-9]+(-[a-z0-9]+)*(\.test|\.config)?\.(ts|mjs)$/.test(path)),
    broken: { path: 'src/values/index.ts', text: '' },
    least: 100,
  },
  {
    rule: 'a file leaves nothing to do',
    appliesTo: ANY,
    faults: matches(/\b(TODO|FIXME|XXX|HACK)\b.*/g),
    broken: { path: 'src/values/later.ts', text: '// TODO: round' },
    least: 150,
  },
  {
    rule: 'a file names no path of one machine',
    appliesTo: ANY,
    faults: matches(/(?<![\w.}])\/(work|home|root|Users)\/.*/g),
    broken: { path: 'docs/operations.md', text: 'cd /home/me/adjudicator' },
    least: 150,
  },
  {
    rule: 'a file names no host of one network',
    appliesTo: ANY,
    faults: matches(
      /\/\/[\w.-]+\.(corp|intranet|lan|internal)\b|\b(10\.\d+|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+\b/g,
    ),
    broken: { path: 'docs/operations.md', text: 'see http://npm.corp/ or 192.168.0.7:9092' },
    least: 150,
  },
  {
    rule: 'the lock file names no other registry than that of npm',
    appliesTo: /^package-lock\.json$/,
    faults: matches(/"resolved": "(?!https:\/\/registry\.npmjs\.org\/).*/g),
    broken: { path: 'package-lock.json', text: '"resolved": "http://localhost:4873/zod/-/zod-4.0.0.tgz"' },
    least: 1,
  },
  {
    rule: 'a document links to files that are there',
    appliesTo: PROSE,
    faults: ({ path, text }) => linksOf(text).filter((link) => !existsSync(join(ROOT, dirname(path), link))),
    broken: { path: 'docs/architecture.md', text: '[the loop](../src/stream/never-written.ts)' },
    least: 10,
  },
  {
    rule: 'a file speaks of files that are there',
    appliesTo: ANY,
    faults: ({ text }) => mentionsOf(text).filter((mention) => globSync(`${mention}*`, { cwd: ROOT }).length === 0),
    broken: { path: 'src/values/money.ts', text: 'why: docs/decisions/9999' },
    least: 150,
  },
  {
    rule: 'a decision record tells status, date, context, decision and consequences',
    appliesTo: /^docs\/decisions\/\d{4}-.*\.md$/,
    faults: ({ text }) => DECISION_PARTS.filter((part) => !new RegExp(`^(#+ |- )?\\**${part}\\b`, 'm').test(text)),
    broken: { path: 'docs/decisions/9999-nothing.md', text: '# 9999 Nothing\n\nStatus: accepted' },
    least: 8,
  },
];

/** Every text of the project: what is installed, built or hidden is not part of it. */
export function projectFiles(): readonly SourceFile[] {
  const paths = globSync('**/*.{ts,mjs,js,json,jsonc,avsc,md,yaml,yml,xml,sh,conf}', {
    cwd: ROOT,
    exclude: (name) => /^(node_modules|coverage|reports|\..+)$/.test(name),
  });
  return paths
    .concat(globSync('{,deploy/}Dockerfile', { cwd: ROOT }))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}
