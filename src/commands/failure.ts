import { errorFields } from '../adapters/telemetry/error-fields.ts';
import type { ErrorFields } from '../adapters/telemetry/error-fields.ts';
import { PolicyProblems } from '../adapters/files/policy-bundle.ts';
import { TopicsFileProblem } from '../adapters/files/topics-file.ts';
import { ConfigProblems } from '../config.ts';
import { Fault } from '../stream/fault.ts';
import { EXIT } from './exit-codes.ts';
import { BadScenario } from './scenario-format.ts';

export type Failure = { readonly exitCode: number; readonly message: string };

/** Problems that whoever calls the program can mend, and whose messages are written for them. */
const MENDABLE = [ConfigProblems, PolicyProblems, TopicsFileProblem, BadScenario];

/** What to tell of an error that has ended a command. Of errors that are not ours only names, codes and positions: see `errorFields`. */
export function failureOf(error: unknown): Failure {
  if (MENDABLE.some((kind) => error instanceof kind))
    return { exitCode: EXIT.usage, message: (error as Error).message };
  if (isSystemError(error)) return { exitCode: EXIT.usage, message: `${error.path ?? error.syscall}: ${error.code}` };
  const fields = errorFields(error);
  if (error instanceof Fault) return { exitCode: EXIT.unavailable, message: chain(fields) };
  return {
    exitCode: EXIT.internal,
    message: `internal error: ${[chain(fields), ...(fields.at ?? [])].join('\n  at ')}`,
  };
}

/** Node's, about a file or a port that the caller has named; what servers do is a Fault. */
const isSystemError = (error: unknown): error is Error & { path?: string; syscall: string; code: string } =>
  error instanceof Error && 'syscall' in error && 'code' in error;

/** `the broker did not answer as expected, because of KafkaJSConnectionError ECONNREFUSED` */
const chain = ({ name, code, message, cause }: ErrorFields): string =>
  (message ?? [name, code].filter((part) => part !== undefined).join(' ')) +
  (cause ? `, because of ${chain(cause)}` : '');
