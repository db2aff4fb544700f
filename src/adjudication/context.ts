import type { PolicyBundle } from '../policy/policy-bundle.ts';
import type { Coverage, Participation, PriorAuthorization } from '../policy/reference.ts';
import type { Recorder } from './edit.ts';

/** What a decision looks at beside the claim and the member's state; the shell has read all of it. */
export type Context = {
  readonly policy: PolicyBundle;
  readonly coverage: Coverage | null;
  readonly priorAuthorizations: readonly PriorAuthorization[];
  /** By `participationKey`; a party that is missing here has no record. */
  readonly participation: ReadonlyMap<string, Participation>;
  /** For a trace. It hears what is asked and changes nothing; where it is left out, nothing is spent on it. */
  readonly recorder?: Recorder;
};
