import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CRITERIA_EDITS } from '../../src/adjudication/clinical-criteria-edits.ts';
import { PAYER_SHEET } from '../../src/adjudication/payer-sheet.ts';
import { REBILL_SHEET, REVERSAL_SHEET } from '../../src/adjudication/reversal-sheet.ts';
import type { Row } from '../../src/adjudication/row.ts';
import { ROUTING } from '../../src/adjudication/subject.ts';
import { FIELD_IDS } from '../../src/claims/field-ids.ts';
import { type RejectCode, REJECTS } from '../../src/claims/reject-codes.ts';
import { CONDITIONS } from '../../src/policy/clinical-criteria.ts';
import { fieldsOfCode } from '../../src/wire/syntax-fields.ts';
import { someCriteria } from '../builders.ts';
import { ROOT } from '../tidy/project-copy.ts';
import { tableOf } from './document.ts';

const TEXTS: ReadonlyMap<RejectCode, string> = new Map<RejectCode, string>(
  REJECTS.map(({ code, text }) => [code, text]),
);
const sourceOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const linkTo = (path: string): string => `[${path.replace(/^src\//, '')}](../${path})`;

/** Where the syntax stage names a code: a field, a rule between fields, a segment. */
const SYNTAX = [
  { path: 'src/wire/claim-fields.ts', names: /code: '(\w+)'/g },
  { path: 'src/wire/claim-checks.ts', names: /code: '(\w+)'/g },
  { path: 'src/wire/read-claim.ts', names: /\.require\([\w.]+, '(\w+)'/g },
].map(({ path, names }) => ({ path, codes: [...sourceOf(path).matchAll(names)].map(([, code]) => code ?? '') }));

type Home = Pick<Row, 'edit' | 'codes' | 'looksAt' | 'decidedBy'> & { readonly stage: string; readonly path: string };

/** The rows of all sheets in their order, each with the file of its rule. */
async function edits(): Promise<readonly Home[]> {
  const homes = new Map<unknown, string>();
  for (const path of globSync('src/adjudication/*-edits.ts', { cwd: ROOT })) {
    const module = (await import(join(ROOT, path))) as Readonly<Record<string, unknown>>;
    for (const exported of Object.values(module)) homes.set(exported, path);
  }
  const home = (stage: string, row: Row & { readonly check: unknown }): Home => ({
    stage,
    ...row,
    path: homes.get(row.check) ?? '',
  });
  return [
    { stage: ROUTING.edit, ...ROUTING, path: 'src/adjudication/subject.ts' },
    ...PAYER_SHEET.flatMap(({ stage, edits: rows }) => rows.map((row) => home(stage, row))),
    ...REVERSAL_SHEET.flatMap(({ stage, edits: rows }) => rows.map((row) => home(stage, row))),
    ...REBILL_SHEET.flatMap(({ stage, edits: rows }) => rows.map((row) => home(stage, row))),
  ];
}

const ids: Readonly<Record<string, string>> = FIELD_IDS;
const withId = (name: string): string => [name, ids[name]].filter(Boolean).join(' ');

export const syntaxTable = (): string =>
  tableOf(
    ['code', 'field', 'the claim is refused because', 'rule'],
    [...TEXTS]
      .map(([code, text]) => ({ code, text, paths: SYNTAX.filter(({ codes }) => codes.includes(code)) }))
      .filter(({ paths }) => paths.length > 0)
      .map(({ code, text, paths }) => [
        code,
        fieldsOfCode(code).map(withId).join(', '),
        text,
        paths.map(({ path }) => linkTo(path)).join(', '),
      ]),
  );

export const policyTable = async (): Promise<string> =>
  tableOf(
    ['stage', 'edit', 'code', 'the claim is refused because', 'it looks at', 'policy decides by', 'rule'],
    (await edits()).flatMap(({ stage, edit, codes, looksAt, decidedBy, path }) =>
      codes.map((code) => [
        stage,
        edit,
        code,
        TEXTS.get(code) ?? '',
        looksAt.map(withId).join(', '),
        decidedBy.map((key) => `\`${key}\``).join(', '),
        linkTo(path),
      ]),
    ),
  );

/** The keys of the policy that decide something. */
export const keysOfEdits = async (): Promise<readonly string[]> =>
  [...new Set((await edits()).flatMap(({ decidedBy }) => decidedBy))].sort();

/** Those that decide requests for prior authorization, whatever counts as a reason. */
export const keysOfCriteria = (): readonly string[] => {
  const criteria = someCriteria({ exclusions: CONDITIONS });
  return [...new Set(CRITERIA_EDITS.flatMap(({ grounds }) => grounds(criteria).decidedBy))];
};

/** Codes that one of the two tables says to come from a file, with that file. */
export async function homesOfCodes(): Promise<readonly (readonly [code: string, path: string])[]> {
  const bySyntax = SYNTAX.flatMap(({ path, codes }) => codes.map((code) => [code, path] as const));
  const byPolicy = (await edits()).flatMap(({ codes, path }) => codes.map((code) => [code, path] as const));
  return [...bySyntax, ...byPolicy];
}
