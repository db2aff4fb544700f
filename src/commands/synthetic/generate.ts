import { CalendarDate } from '../../values/calendar-date.ts';
import type { ParticipationRecord } from '../../wire/records.ts';
import { claimsInOrder } from './claims.ts';
import type { Mix, SyntheticClaim } from './claims.ts';
import { fillsInOrder } from './fills.ts';
import { gateway } from './gateway.ts';
import { memberFiles, PARTICIPATION } from './members.ts';
import type { MemberFile } from './members.ts';
import { seededRandom } from './random.ts';

export type SyntheticOptions = {
  /** The same seed gives the same claims. */
  readonly seed: number;
  /** Members whose fills are paid; each is handed about thirteen packages a year. */
  readonly members: number;
  /** Date of service of the first claims. The programme ends with 2027, and then so does what is paid. */
  readonly startDate: CalendarDate;
  readonly mix: Mix;
};

export type Synthetic = {
  readonly reference: { readonly files: Generator<MemberFile>; readonly participation: readonly ParticipationRecord[] };
  /** In the order in which the gateway received them, without end. */
  readonly claims: Generator<SyntheticClaim, never>;
};

/** Reference data and claims of members, pharmacies and prescribers that do not exist. */
export function generate({ seed, members, startDate, mix }: SyntheticOptions): Synthetic {
  const random = seededRandom(seed);
  const fills = fillsInOrder(members, CalendarDate.toEpochDay(startDate), random);
  return {
    reference: { files: memberFiles(members), participation: PARTICIPATION },
    claims: claimsInOrder({ fills, members, mix, random, transmit: gateway(seed) }),
  };
}
