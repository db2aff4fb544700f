import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PAYER_SHEET } from '../../src/adjudication/payer-sheet.ts';
import { REJECTS } from '../../src/claims/reject-codes.ts';
import * as fields from '../../src/wire/claim-fields.ts';
import { SCHEMAS } from '../../src/wire/schema-files.ts';
import { ROOT } from '../tidy/project-copy.ts';
import { tableOf } from './document.ts';

const TEXTS: ReadonlyMap<string, string> = new Map(REJECTS.map(({ code, text }) => [code, text]));
const sourceOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const linkTo = (path: string): string => `[${path.replace(/^src\//, '')}](../${path})`;

/** Where the syntax stage names a code: a field, a rule between fields, a segment. */
const SYNTAX = [
  { path: 'src/wire/claim-fields.ts', names: /code: '(\w+)'/g },
  { path: 'src/wire/claim-checks.ts', names: /code: '(\w+)'/g },
  { path: 'src/wire/read-claim.ts', names: /\.require\([\w.]+, '(\w+)'/g },
].map(({ path, names }) => ({ path, codes: [...sourceOf(path).matchAll(names)].map(([, code]) => code ?? '') }));

/** The guards around the payer sheet: the route before it, and what is asked of a reversal and of a rebill. */
const GUARDS = [
  { stage: 'ROUTING', edit: 'ROUTING', codes: ['01', '04', '67', '69'], path: 'src/adjudication/subject.ts' },
  { stage: 'REVERSAL', edit: 'REVERSAL_WINDOW', codes: ['30'], path: 'src/adjudication/timeliness-edits.ts' },
  { stage: 'REVERSAL', edit: 'REVERSAL_MATCH', codes: ['17', '31', '84'], path: 'src/adjudication/reverse.ts' },
  { stage: 'REVERSAL', edit: 'REVERSAL_PRODUCT', codes: ['84'], path: 'src/adjudication/reverse.ts' },
  { stage: 'REBILL', edit: 'REBILL_OFFERED', codes: ['1S'], path: 'src/adjudication/rebill.ts' },
  { stage: 'REBILL', edit: 'REVERSAL_WINDOW', codes: ['30'], path: 'src/adjudication/timeliness-edits.ts' },
  { stage: 'REBILL', edit: 'REBILL_MATCH', codes: ['31', '84'], path: 'src/adjudication/rebill.ts' },
];

/** Which file an edit of the payer sheet comes from. */
async function edits() {
  const homes = new Map<unknown, string>();
  for (const path of globSync('src/adjudication/*-edits.ts', { cwd: ROOT })) {
    const module = (await import(join(ROOT, path))) as Readonly<Record<string, unknown>>;
    for (const exported of Object.values(module)) homes.set(exported, path);
  }
  const [route, ...reversal] = GUARDS;
  const sheet = PAYER_SHEET.flatMap(({ stage, edits: rows }) =>
    rows.map(({ edit, codes, check }) => ({ stage, edit, codes, path: homes.get(check) ?? '' })),
  );
  return [...(route ? [route] : []), ...sheet, ...reversal];
}

/** `302-C2` by `cardholderId`: a field of the claim's schema begins its description with the id of the standard. */
function fieldIds(): ReadonlyMap<string, string> {
  const named = [...JSON.stringify(SCHEMAS.Claim).matchAll(/"name":"(\w+)"((?!"name").)*?"doc":"(\d{3}-\w\w)/g)];
  return new Map(named.map(([, name = '', , id = '']) => [name, id]));
}

/** The fields that are answered with a code when they are missing or malformed. */
function fieldsOf(code: string): string {
  const ids = fieldIds();
  const tables: readonly object[] = Object.values(fields).filter((each) => typeof each === 'object');
  const names = tables.flatMap((table) =>
    Object.entries(table as Readonly<Record<string, { readonly code: string }>>)
      .filter(([, field]) => field.code === code)
      .map(([name]) => name),
  );
  return [...new Set(names)].map((name) => [name, ids.get(name)].filter(Boolean).join(' ')).join(', ');
}

export const syntaxTable = (): string =>
  tableOf(
    ['code', 'field', 'the claim is refused because', 'rule'],
    [...TEXTS]
      .map(([code, text]) => ({ code, text, paths: SYNTAX.filter(({ codes }) => codes.includes(code)) }))
      .filter(({ paths }) => paths.length > 0)
      .map(({ code, text, paths }) => [code, fieldsOf(code), text, paths.map(({ path }) => linkTo(path)).join(', ')]),
  );

export const policyTable = async (): Promise<string> =>
  tableOf(
    ['stage', 'edit', 'code', 'the claim is refused because', 'rule'],
    (await edits()).flatMap(({ stage, edit, codes, path }) =>
      codes.map((code) => [stage, edit, code, TEXTS.get(code) ?? '', linkTo(path)]),
    ),
  );

/** Codes that one of the two tables says to come from a file, with that file. */
export async function homesOfCodes(): Promise<readonly (readonly [code: string, path: string])[]> {
  const bySyntax = SYNTAX.flatMap(({ path, codes }) => codes.map((code) => [code, path] as const));
  const byPolicy = (await edits()).flatMap(({ codes, path }) => codes.map((code) => [code, path] as const));
  return [...bySyntax, ...byPolicy];
}
