import { Fault } from '../../stream/fault.ts';
import { InvariantBroken } from '../../values/invariant.ts';

/** What of an error may be logged. */
export type ErrorFields = {
  readonly name: string;
  readonly code?: string;
  readonly message?: string;
  /** Where it was made, innermost first. */
  readonly at?: readonly string[];
  readonly cause?: ErrorFields;
};

const FRAMES_MAX = 5;
const CAUSES_MAX = 5;

/**
 * A library's message may quote the value that it choked on, so only names and codes are kept; the messages of our own errors are
 * constants and are kept too. `code` is Node's, or the name that Kafka has for a broker's error.
 */
export function errorFields(error: unknown, depth = 0): ErrorFields {
  if (!(error instanceof Error)) return { name: 'NotAnError' };
  const code = codeOf(error);
  const at = framesOf(error);
  const ours = error instanceof Fault || error instanceof InvariantBroken;
  return {
    name: word(error.name) ?? 'Error',
    ...(code !== undefined && { code }),
    ...(ours && { message: error.message }),
    ...(at.length > 0 && { at }),
    ...(error.cause !== undefined && depth < CAUSES_MAX && { cause: errorFields(error.cause, depth + 1) }),
  };
}

function codeOf({ code, type }: Error & { readonly code?: unknown; readonly type?: unknown }): string | undefined {
  return word(type) ?? (typeof code === 'number' ? String(code) : word(code));
}

/** Names and codes are single words; anything else is a text that somebody has put there. */
const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Za-z_]\w{0,63}$/.test(value) ? value : undefined;

/** The stack begins with the message, which may have lines of its own; behind it, only what is a source position is kept. */
const framesOf = ({ message, stack = '' }: Error): readonly string[] =>
  stack
    .slice(Math.max(0, stack.indexOf(message)) + message.length)
    .split('\n')
    .map((line) => /^ {4}at (?:.*\()?((?:file:\/\/|node:|\/)[^\s()]+:\d+:\d+)\)?$/.exec(line)?.[1])
    .filter((position) => position !== undefined)
    .slice(0, FRAMES_MAX);
