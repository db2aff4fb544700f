import { CalendarDate } from '../../values/calendar-date.ts';
import type { CoverageRecord, ParticipationRecord, PriorAuthorizationRecord } from '../../wire/records.ts';
import { syntheticMbi, syntheticName, syntheticNpi } from './identities.ts';
import { LADDERS } from './products.ts';
import type { Ladder } from './products.ts';
import type { Random } from './random.ts';

const PROGRAMME = 'MEDICARE_GLP1_BRIDGE';
const day = (text: string): number => CalendarDate.toEpochDay(CalendarDate.of(text));
const BRIDGE_BEGINS = day('2026-07-01');
const COVERED_FROM = day('2026-01-01');
const PART_D_FILL = day('2026-02-10');
const BORN_FROM = day('1935-01-01');
/** So that the youngest is long of age and the oldest still with us. */
const BIRTH_DAYS = 10_000;

/** Reasons why every claim of a member is refused, with the reject code (511-FB) that tells it. */
export const HINDRANCES = [
  { reason: 'PLAN_TYPE', code: '65' },
  { reason: 'PART_D_GLP1', code: '41' },
  { reason: 'NO_AUTHORIZATION', code: '75' },
  { reason: 'IN_REVIEW', code: '3W' },
  { reason: 'DENIED', code: '3Y' },
] as const;
type Hindrance = (typeof HINDRANCES)[number]['reason'] | null;

/** Somebody who takes one of the drugs; everything follows from the number. */
export type SyntheticMember = {
  readonly cardholderId: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Epoch days. */
  readonly dateOfBirth: number;
  readonly ladder: Ladder;
  readonly serviceProviderId: string;
  readonly prescriberId: string;
};

export type MemberFile = {
  readonly cardholderId: string;
  readonly coverage: CoverageRecord;
  /** Null where nobody has asked for one. */
  readonly priorAuthorization: PriorAuthorizationRecord | null;
};

const PHARMACIES = 400;
const PRESCRIBERS = 900;
const PRESCRIBERS_FROM = 100_000;
export const SUSPENDED_PHARMACY = syntheticNpi(900_001);
export const PRECLUDED_PRESCRIBER = syntheticNpi(900_002);

export function syntheticMember(number: number): SyntheticMember {
  const { first, last } = syntheticName(number);
  return {
    cardholderId: syntheticMbi(number),
    firstName: first,
    lastName: last,
    dateOfBirth: BORN_FROM + ((number * 7_919) % BIRTH_DAYS),
    ladder: LADDERS[number % LADDERS.length] ?? LADDERS[0],
    serviceProviderId: syntheticNpi(number % PHARMACIES),
    prescriberId: syntheticNpi(PRESCRIBERS_FROM + (number % PRESCRIBERS)),
  };
}

/** For every 250 members, one of each hindrance; their numbers follow those of the others. */
const hinderedOfEach = (members: number): number => Math.ceil(members / 250);

/** What is on file about every member, the hindered ones included. */
export function* memberFiles(members: number): Generator<MemberFile> {
  for (let number = 0; number < members; number += 1) yield memberFile(syntheticMember(number), null);
  for (let number = 0; number < HINDRANCES.length * hinderedOfEach(members); number += 1) {
    yield memberFile(syntheticMember(members + number), HINDRANCES[number % HINDRANCES.length]?.reason ?? null);
  }
}

/** One of the members with a hindrance, which is counted as in `HINDRANCES`. */
export function hinderedMember(hindrance: number, members: number, random: Random): SyntheticMember {
  return syntheticMember(members + hindrance + HINDRANCES.length * random.below(hinderedOfEach(members)));
}

const memberFile = (member: SyntheticMember, hindrance: Hindrance): MemberFile => ({
  cardholderId: member.cardholderId,
  coverage: coverageOf(member, hindrance),
  priorAuthorization: priorAuthorizationOf(member, hindrance),
});

/** What the enrolment file says of a member. */
const coverageOf = (member: SyntheticMember, hindrance: Hindrance): CoverageRecord => ({
  cardholderId: member.cardholderId,
  firstName: member.firstName,
  lastName: member.lastName,
  dateOfBirth: member.dateOfBirth,
  enrolments: [
    { planType: hindrance === 'PLAN_TYPE' ? 'PACE' : 'MA_PD_HMO', effective: COVERED_FROM, terminated: null },
  ],
  partDGlp1DatesOfService: hindrance === 'PART_D_GLP1' ? [PART_D_FILL] : [],
  medicaid: null,
  partD: [],
});

function priorAuthorizationOf({ ladder }: SyntheticMember, hindrance: Hindrance): PriorAuthorizationRecord | null {
  if (hindrance === 'NO_AUTHORIZATION') return null;
  const status = hindrance === 'IN_REVIEW' || hindrance === 'DENIED' ? hindrance : 'APPROVED';
  const authorization = {
    programme: PROGRAMME,
    kind: 'DRUG',
    status,
    drugFamily: ladder.family,
    ndc: null,
    effective: BRIDGE_BEGINS,
    terminated: null,
    reason: null,
    requestId: null,
    reasons: [],
  };
  return { authorizations: [authorization], refusals: [] };
}

/** The parties that may not take part. All others have no record: the policy lets those be. */
export const PARTICIPATION: readonly ParticipationRecord[] = (
  [
    ['PHARMACY', SUSPENDED_PHARMACY, 'SUSPENDED'],
    ['PRESCRIBER', PRECLUDED_PRESCRIBER, 'PRECLUDED'],
  ] as const
).map(([participantType, participantId, status]) => ({
  model: PROGRAMME,
  participantType,
  participantId,
  status,
  effective: COVERED_FROM,
  terminated: null,
}));
