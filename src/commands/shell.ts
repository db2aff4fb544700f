import { readConfig, unknownVariables } from '../config.ts';
import type { Config } from '../config.ts';
import { VARIABLES } from '../variables.ts';

/** What the commands have of the process around them. */
export type Shell = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Data: one line of standard output. */
  readonly print: (line: string) => void;
  /** Messages: one line of standard error. */
  readonly complain: (line: string) => void;
  readonly exitWith: (code: number) => void;
  /** Aborted when the process is asked to end. */
  readonly untilStopped: () => AbortSignal;
};

/** The settings in force; names that look like settings and are none are told. Throws ConfigProblems. */
export function configuration({ env, complain }: Shell): Config {
  const config = readConfig(env);
  for (const name of unknownVariables(env)) complain(`${name} is not a variable of the adjudicator`);
  return config;
}

/** Where the policy is unless a command is told otherwise: commands without a server need no other setting. */
export const policyDirectory = ({ env }: Shell): string =>
  env['POLICY_DIR'] ?? VARIABLES.find(({ name }) => name === 'POLICY_DIR')?.default ?? '';
