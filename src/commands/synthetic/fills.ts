import type { Fill } from './claim-records.ts';
import { syntheticMember } from './members.ts';
import type { SyntheticMember } from './members.ts';
import type { Random } from './random.ts';

/** A month's supply is picked up within these days, so members are spread over four weeks from the first. */
const FIRST_FILL_DAYS = 28;
const LATE_DAYS = 3;
const REFILLS = 12;
const SHARE_340B = 0.02;

/** What a member has been handed so far. */
type Therapy = {
  readonly member: SyntheticMember;
  readonly number: number;
  readonly fills: number;
  readonly written: number;
};

/** The fills of all members, day after day and without end: every supply is used up before the next is picked up. */
export function* fillsInOrder(members: number, startDay: number, random: Random): Generator<Fill, never> {
  const due = new Map<number, Therapy[]>();
  const schedule = (day: number, therapy: Therapy): void => {
    const others = due.get(day);
    if (others) others.push(therapy);
    else due.set(day, [therapy]);
  };
  for (let number = 0; number < members; number += 1) {
    schedule(startDay + random.below(FIRST_FILL_DAYS), {
      member: syntheticMember(number),
      number,
      fills: 0,
      written: startDay,
    });
  }
  for (let day = startDay; ; day += 1) {
    for (const therapy of due.get(day) ?? []) {
      const { fill, next } = nextFill(therapy, day, random.share() < SHARE_340B);
      yield fill;
      schedule(day + fill.product.daysSupply + random.below(LATE_DAYS), next);
    }
    due.delete(day);
  }
}

/** One strength after the other, each on a prescription of its own, and from the highest on a prescription a year. */
function nextFill(
  therapy: Therapy,
  dateOfService: number,
  is340B: boolean,
): { readonly fill: Fill; readonly next: Therapy } {
  const { member, number, fills } = therapy;
  const { strengths } = member.ladder;
  const climbing = Math.min(fills, strengths.length - 1);
  const prescriptions = climbing + Math.floor((fills - climbing) / REFILLS);
  const fillNumber = (fills - climbing) % REFILLS;
  const written = fillNumber === 0 ? dateOfService : therapy.written;
  const fill: Fill = {
    member,
    product: strengths[climbing] ?? strengths[0],
    dateOfService,
    prescription: String(number * 100 + prescriptions + 1),
    fillNumber,
    written,
    is340B,
  };
  return { fill, next: { ...therapy, fills: fills + 1, written } };
}
