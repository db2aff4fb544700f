import { COMPATIBILITY, SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';

import { Fault } from '../../stream/fault.ts';
import { avroOptions, type AvroType } from '../../wire/avro.ts';
import type { WriterType } from '../../wire/decoder.ts';
import { type RecordName, SCHEMAS } from '../../wire/schema-files.ts';

export type RegistrySettings = {
  /** Of the Confluent-compatible API; may carry a user and a password. */
  readonly url: string;
  readonly timeoutMs?: number;
};

/** What the project asks of a schema registry. Every call throws a Fault that says whether to ask again. */
export type Registry = {
  /** The type of a writer's schema, made so that ours can read it; null when the registry has no such id. */
  readonly writerType: WriterType;
  /** The id under which our schema of a record is registered for a subject; null when it is not. */
  readonly idOf: (subject: string, record: RecordName) => Promise<number | null>;
  /** Registers our schema and makes the subject FULL_TRANSITIVE; the same id again when it was there. */
  readonly register: (subject: string, record: RecordName) => Promise<number>;
};

export const TIMEOUT_MS = 2_000;

/** Asks once, for a limited time: whoever calls decides about asking again, and counts it. */
export function schemaRegistry({ url, timeoutMs = TIMEOUT_MS }: RegistrySettings): Registry {
  const client = new SchemaRegistry(
    {
      ...addressOf(url),
      retry: { retries: 0 },
      middlewares: [limitedTo(timeoutMs), registryAnswersOnly],
    },
    { [SchemaType.AVRO]: avroOptions() },
  );
  return {
    writerType: async (id) => answered(client.getSchema(id) as Promise<unknown> as Promise<AvroType>),
    idOf: async (subject, record) => answered(client.getRegistryIdBySchema(subject, definition(record))),
    register: async (subject, record) => {
      try {
        const compatibility = COMPATIBILITY.FULL_TRANSITIVE;
        return (await client.register(definition(record), { subject, compatibility })).id;
      } catch (error) {
        throw registrationFault(error);
      }
    },
  };
}

const definition = (record: RecordName) =>
  ({ type: SchemaType.AVRO, schema: JSON.stringify(SCHEMAS[record]) }) as const;

/** An address and what it carried of a user. */
export function addressOf(url: string): {
  readonly host: string;
  readonly auth?: { readonly username: string; readonly password: string };
} {
  const address = new URL(url);
  const { username, password } = address;
  address.username = '';
  address.password = '';
  const host = address.href.replace(/\/$/, '');
  if (username === '') return { host };
  return { host, auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) } };
}

type Middleware = NonNullable<ConstructorParameters<typeof SchemaRegistry>[0]['middlewares']>[number];

const limitedTo =
  (timeoutMs: number): Middleware =>
  () => ({
    prepareRequest: async (next) => (await next()).enhance({ timeout: timeoutMs }),
  });

/** A success that is not JSON comes from something in between, such as a proxy in maintenance, and says nothing about a schema. */
const registryAnswersOnly: Middleware = () => ({
  response: async (next) => {
    const response = await next();
    if (typeof response.data() !== 'object')
      throw new Fault('something else answers for the schema registry', { retryable: true });
    return response;
  },
});

/** Null when the registry has answered that there is nothing, or nothing that is a schema. */
async function answered<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    // What HTTP and the network say has a status; without one, it is the schema itself that is missing or makes no sense.
    if (!(error instanceof Fault) && (statusOf(error) ?? 404) === 404) return null;
    throw registryFault(error);
  }
}

const statusOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : undefined;

function registryFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const refused = statusOf(error) === 401 || statusOf(error) === 403;
  const message = refused ? 'the schema registry refuses this client' : 'the schema registry did not answer';
  return new Fault(message, { retryable: !refused, cause: error });
}

function registrationFault(error: unknown): Fault {
  const conflict = statusOf(error) === 409 || (error instanceof Error && error.name.includes('Compatibility'));
  return conflict
    ? new Fault('the registry holds the subject to another schema or compatibility', { retryable: false, cause: error })
    : registryFault(error);
}
