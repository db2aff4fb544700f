import { examineFolder, readPolicy } from '../adapters/files/policy-bundle.ts';
import { sentenceOf, type SharedProblem } from '../adapters/files/policy-problem.ts';
import { counted } from './counted.ts';
import { summaryOf, type PolicySummary } from './policy-summary.ts';

export type PolicyCheckOptions = {
  readonly directory: string;
  readonly json: boolean;
  /** Takes one line of standard output. */
  readonly print: (line: string) => void;
};

/** Tells everything that is wrong with the policy of a folder, and what is in it where it is good. Answers whether it can be used. */
export async function policyCheck({ directory, json, print }: PolicyCheckOptions): Promise<boolean> {
  const { problems, bundle } = await examineFolder(directory);
  const summary = bundle === null ? null : summaryOf(bundle, await readPolicy(directory));
  if (json) print(JSON.stringify({ directory, usable: bundle !== null, problems, summary }));
  else for (const line of [...reportOf(directory, problems), ...(summary ? inWords(summary) : [])]) print(line);
  return bundle !== null;
}

function reportOf(directory: string, problems: readonly SharedProblem[]): readonly string[] {
  const errors = problems.filter(({ severity }) => severity === 'ERROR').length;
  const counts = `${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')}`;
  const groups = Map.groupBy(problems, ({ file, programme }) => (programme === null ? file : `${file}, ${programme}`));
  return [
    `${directory} ${errors === 0 ? 'can' : 'cannot'} be used: ${counts}`,
    ...[...groups].flatMap(([place, group]) => ['', place, ...group.map(lineOf)]),
  ];
}

const lineOf = (problem: SharedProblem): string =>
  `  ${problem.severity.toLowerCase().padEnd('warning'.length)}  ${sentenceOf(problem)}`;

const inWords = ({ version, programmes, files }: PolicySummary): readonly string[] => [
  '',
  `version ${version}`,
  ...programmes.flatMap((programme) => [
    `  ${programme.id}: ${spanOf(programme)}, ${programme.route}`,
    `    ${counted(programme.versions, 'version')} of its rules, ${counted(programme.covered, 'product')} covered, ` +
      `${String(programme.notCovered)} listed as not covered`,
  ]),
  ...files.map(
    ({ file, entries, products }) =>
      `  ${file}: ${counted(entries, 'entry', 'entries')}${products === 0 ? '' : ` about ${counted(products, 'product')}`}`,
  ),
];

const spanOf = ({ effective, terminated }: PolicySummary['programmes'][number]): string =>
  effective === null ? 'dormant' : `${effective} to ${terminated ?? 'no end'}`;
