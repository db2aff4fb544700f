import type { PolicyBundle } from '../policy/policy-bundle.ts';
import type { Coverage, Participation, PriorAuthorization } from '../policy/reference.ts';

/** What a decision looks at beside the claim and the member's state; the shell has read all of it. */
export type Context = {
  readonly policy: PolicyBundle;
  readonly coverage: Coverage | null;
  readonly priorAuthorizations: readonly PriorAuthorization[];
  /** By `participationKey`; a party that is missing here has no record. */
  readonly participation: ReadonlyMap<string, Participation>;
};
