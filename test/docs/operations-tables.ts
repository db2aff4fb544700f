import { createMetrics } from '../../src/adapters/telemetry/metrics.ts';
import { VARIABLES } from '../../src/config.ts';
import { tableOf } from './document.ts';

export const variablesTable = (): string =>
  tableOf(
    ['variable', 'default', 'unit', 'what it is'],
    VARIABLES.map(({ name, default: otherwise, unit = '', secret, about }) => [
      `\`${name}\``,
      otherwise === undefined ? '**needed**' : otherwise === '' ? '' : `\`${otherwise}\``,
      unit,
      secret === undefined ? about : `${about} Secret: also as \`${name}_FILE\`.`,
    ]),
  );

/** Of the metrics of this program; those of Node and of the process come from the client library. */
export async function metricsTable(): Promise<string> {
  const text = await createMetrics({ version: '', policyVersion: '' }).text();
  const ours = [...text.matchAll(/^# HELP (adjudicator_\w+) (.*)\n# TYPE \w+ (\w+)$/gm)];
  return tableOf(
    ['metric', 'type', 'what it says'],
    ours.map(([, name = '', help = '', type = '']) => [`\`${name}\``, type, help]),
  );
}
