import type { AuthorizationNumber, ProgrammeId } from '../claims/ids.ts';
import type { Instant } from '../values/calendar-date.ts';
import type { Money } from '../values/money.ts';
import type { Fill } from './state.ts';

/** What happened to a member's account. A rejected claim, a resent one and an eligibility question make no event. */
export type ClaimEvent =
  | { readonly type: 'ClaimPaid'; readonly recordedAt: Instant; readonly fill: Fill }
  | {
      readonly type: 'ClaimReversed';
      readonly recordedAt: Instant;
      /** The fill as it stood before, PAID. */
      readonly fill: Fill;
      /** Transmission of the reversal or the rebill. */
      readonly reversedBy: string;
    }
  /** The explicit adjustment of a later fill whose cap had room again; the manufacturer's leg does not move. */
  | {
      readonly type: 'ClaimRepriced';
      readonly recordedAt: Instant;
      readonly programme: ProgrammeId;
      readonly authorizationNumber: AuthorizationNumber;
      readonly patientPayBefore: Money;
      readonly patientPayAfter: Money;
    }
  /** Fills that no rule can look at any more. */
  | {
      readonly type: 'FillsForgotten';
      readonly recordedAt: Instant;
      readonly authorizationNumbers: readonly AuthorizationNumber[];
    };
