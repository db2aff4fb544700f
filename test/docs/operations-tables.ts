import { createMetrics } from '../../src/adapters/telemetry/metrics.ts';
import { type Variable, VARIABLES } from '../../src/variables.ts';
import { tableOf } from './document.ts';

export const variablesTable = (): string =>
  tableOf(
    ['variable', 'default', 'unit', 'example', 'what it is'],
    VARIABLES.map((variable) => [
      `\`${variable.name}\``,
      defaultOf(variable),
      variable.unit ?? '',
      `\`${variable.example}\``,
      [variable.about, limitOf(variable), fileOf(variable)].filter(Boolean).join(' '),
    ]),
  );

const defaultOf = ({ default: otherwise }: Variable): string =>
  otherwise === undefined ? '**needed**' : otherwise === '' ? '' : `\`${otherwise}\``;

/** What the reader says of a value that nobody would set. */
function limitOf({ read }: Variable): string {
  const problem = read.safeParse('\0').error?.issues[0]?.message;
  return problem === undefined ? '' : `It ${problem}.`;
}

const fileOf = ({ name, secret }: Variable): string =>
  secret === undefined ? '' : `Secret: also as a file, \`${name}_FILE\`.`;

/** The variables that have no default, for a shell. */
export const neededVariables = (): string =>
  [
    '```sh',
    ...VARIABLES.filter((variable) => variable.default === undefined).map(
      ({ name, example }) => `export ${name}='${example}'`,
    ),
    '```',
  ].join('\n');

/** Of the metrics of this program; those of Node and of the process come from the client library. */
export async function metricsTable(): Promise<string> {
  const text = await createMetrics({ version: '', policyVersion: '' }).text();
  const ours = [...text.matchAll(/^# HELP (adjudicator_\w+) (.*)\n# TYPE \w+ (\w+)$/gm)];
  return tableOf(
    ['metric', 'type', 'what it says'],
    ours.map(([, name = '', help = '', type = '']) => [`\`${name}\``, type, help]),
  );
}
