import type { Claim } from '../claims/claim.ts';
import type { Ndc, ProgrammeId } from '../claims/ids.ts';
import { CalendarDate, type Instant } from '../values/calendar-date.ts';
import type { Money } from '../values/money.ts';
import type { ClinicalCriteria } from './clinical-criteria.ts';
import { asOf, type AsOf, type Dated } from './dated.ts';
import type { Messages } from './messages.ts';
import type { Listing, Price, Product } from './products.ts';
import type { ProgrammeRules, ProgrammeVersion } from './programme-rules.ts';
import type { PriceListId } from './rebate-rules.ts';

/** The reference data of one deployment: read once, validated, indexed, and never changed. */
export type PolicyBundle = {
  /** First twelve hex digits of the SHA-256 of the content; in every response and rebate event. */
  readonly version: string;
  /** By BIN (101-A1), then by processor control number (104-A4). */
  readonly programmes: ReadonlyMap<string, ReadonlyMap<string, Programme>>;
  readonly products: ReadonlyMap<Ndc, readonly Product[]>;
  readonly prices: ReadonlyMap<PriceListId, ReadonlyMap<Ndc, readonly Price[]>>;
  readonly messages: Messages;
};

/** A federal programme with its own routing, rules and list of drugs: all that tells it from another is data. */
export type Programme = {
  readonly id: ProgrammeId;
  /** The state of a Medicaid programme, two letters; null for a federal one. */
  readonly state: string | null;
  /** How its units are told to manufacturers (CMS-R-144): fee for service and managed care apart; null where they are not. */
  readonly utilization: 'FFSU' | 'MCOU' | null;
  /** Programmes whose copays count toward the same household ceiling: those of its state, itself included. */
  readonly household: readonly ProgrammeId[];
  readonly versions: readonly ProgrammeVersion[];
  readonly listings: ReadonlyMap<Ndc, readonly Listing[]>;
  /** None where others decide its prior authorizations. */
  readonly criteria: readonly ClinicalCriteria[];
};

/** The programme a claim or a request is routed to, or null. */
export const programmeOf = (
  policy: PolicyBundle,
  { binNumber, processorControlNumber }: Pick<Claim, 'binNumber' | 'processorControlNumber'>,
): Programme | null => policy.programmes.get(binNumber)?.get(processorControlNumber) ?? null;

/** The two days that decide which entries a claim sees. */
export const asOfClaim = ({
  dateOfService,
  receivedAt,
}: {
  dateOfService: CalendarDate;
  receivedAt: Instant;
}): AsOf => ({
  dateOfService,
  knownOn: CalendarDate.ofInstant(receivedAt, 0),
});

/** The rules for a date of service; null before a programme begins and after it ends. */
export const rulesAsOf = (programme: Programme, when: AsOf): ProgrammeRules | null =>
  asOf(programme.versions, when)?.rules ?? null;

/** The criteria of prior authorization for a day; null where the programme decides none. */
export const criteriaAsOf = ({ criteria }: Programme, when: AsOf): ClinicalCriteria | null => asOf(criteria, when);

/** Whether the programme had ended by a day, as far as was known; otherwise a day without rules is too early. */
export const endedBefore = ({ versions }: Programme, { dateOfService, knownOn }: AsOf): boolean =>
  versions.some(
    ({ knownFrom, terminated }) => knownFrom <= knownOn && terminated !== null && terminated < dateOfService,
  );

/** What holds for a product as of two days: the product itself, its listing, or a price. */
export const ofNdc = <T extends Dated>(byNdc: ReadonlyMap<Ndc, readonly T[]>, ndc: Ndc, when: AsOf): T | null =>
  asOf(byNdc.get(ndc) ?? [], when);

/** What one package costs by a price list; null where the list has no price as of the two days. */
export function pricePerPackage(
  { prices }: PolicyBundle,
  list: PriceListId,
  { ndc, when }: { readonly ndc: Ndc; readonly when: AsOf },
): Money | null {
  const byNdc = prices.get(list);
  return byNdc === undefined ? null : (ofNdc(byNdc, ndc, when)?.perPackage ?? null);
}
