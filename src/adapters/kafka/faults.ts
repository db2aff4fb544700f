import { Fault, Fenced } from '../../stream/fault.ts';

/** A newer producer of the same transactional id has been initialised, or the coordinator gave this one up. */
const FENCED = new Set([
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
  'INVALID_PRODUCER_ID_MAPPING',
  'TRANSACTION_COORDINATOR_FENCED',
]);

/** Waiting mends none of these: rights, versions and settings are wrong. */
const FATAL = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_VERSION',
  'INVALID_TRANSACTION_TIMEOUT',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
]);

/** Errors of the language are bugs of ours or of a library: waiting for them to pass would be for ever. */
const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError];

/** The name of a broker's error, looked for through the wrappers that kafkajs puts around it. */
export function errorType(error: unknown): string | undefined {
  for (let inner = error; typeof inner === 'object' && inner !== null; inner = (inner as { cause?: unknown }).cause) {
    const { type } = inner as { type?: unknown };
    if (typeof type === 'string') return type;
  }
  return undefined;
}

/** Turns whatever kafkajs throws into what the loop can decide on. */
export function kafkaFault(error: unknown): Error {
  if (error instanceof Fault || BUGS.some((bug) => error instanceof bug)) return error as Error;
  const type = errorType(error);
  if (type !== undefined && FENCED.has(type))
    return new Fenced('another producer has taken over the transactional id', error);
  if (type !== undefined && FATAL.has(type))
    return new Fault('the broker refuses what this worker needs', { retryable: false, cause: error });
  return new Fault('the broker did not answer as expected', { retryable: true, cause: error });
}
