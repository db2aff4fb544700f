import { Fault } from '../../stream/fault.ts';
import { addressOf, type RegistrySettings, TIMEOUT_MS } from './schema-registry.ts';

/** What the client library does not ask of a registry. Every call throws a Fault. */
export type RegistryFacts = {
  /** How far its clock is ahead of ours, milliseconds, to the second; null where it does not tell. */
  aheadMs(): Promise<number | null>;
  /** The compatibility that a subject is held to, such as FULL_TRANSITIVE. */
  compatibilityOf(subject: string): Promise<string>;
};

export function registryFacts({ url, timeoutMs = TIMEOUT_MS }: RegistrySettings): RegistryFacts {
  const { host, auth } = addressOf(url);
  const headers = auth && {
    authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`,
  };
  const ask = async (path: string): Promise<{ readonly date: string | null; readonly body: unknown }> => {
    try {
      const response = await fetch(`${host}${path}`, {
        ...(headers && { headers }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.ok) return { date: response.headers.get('date'), body: await response.json() };
    } catch (error) {
      throw new Fault('the schema registry did not answer', { retryable: true, cause: error });
    }
    throw new Fault('the schema registry refuses to answer', { retryable: false });
  };
  return {
    aheadMs: async () => {
      const asked = Date.now();
      const told = Date.parse((await ask('/subjects')).date ?? '');
      // It tells whole seconds: on average it is half of one later.
      return Number.isNaN(told) ? null : told + 500 - (asked + Date.now()) / 2;
    },
    compatibilityOf: async (subject) => {
      const { body } = await ask(`/config/${encodeURIComponent(subject)}?defaultToGlobal=true`);
      return (body as { readonly compatibilityLevel?: string }).compatibilityLevel ?? 'none';
    },
  };
}
