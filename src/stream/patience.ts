import { Fault } from './fault.ts';

export type Patience = {
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
  readonly waiting: (event: { readonly fault: Fault }) => void;
};

const PAUSE_MS = 1_000;

/** Repeats work that needs a server until the server is there. Throws what waiting would not mend, and the fault at hand once asked to stop. */
export async function patiently<T>(work: () => Promise<T>, { sleep, signal, waiting }: Patience): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Fault) || !error.retryable || signal.aborted) throw error;
      waiting({ fault: error });
      await sleep(PAUSE_MS);
    }
  }
}
