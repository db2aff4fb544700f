import { invariant } from '../../values/invariant.ts';
import type { ClaimRecord } from '../../wire/records.ts';
import { billingRecord, correctedRecord, reversalRecord } from './claim-records.ts';
import type { BillingRecord, Fill, Transmission } from './claim-records.ts';
import { RECEIVED_STEP_MS } from './gateway.ts';
import { HINDRANCES, hinderedMember } from './members.ts';
import type { Random } from './random.ts';
import { REFUSALS } from './refusals.ts';

/** Shares of all claims, where a rebill counts as the reversal that is half of it; the rest are fills that are paid. */
export type Mix = { readonly rejects: number; readonly resends: number; readonly reversals: number };

/** RESENT has the content of an earlier claim in a new transmission; a COPY is the same transmission once more. */
type Kind = 'FILL' | 'REFUSED' | 'REVERSAL' | 'REBILL' | 'RESENT' | 'COPY';

export type SyntheticClaim = {
  readonly kind: Kind;
  readonly record: ClaimRecord;
  /** The first reject code (511-FB) of a REFUSED claim. */
  readonly rejectCode: string | null;
};

export type ClaimsInput = {
  readonly fills: Generator<Fill, never>;
  readonly members: number;
  readonly mix: Mix;
  readonly random: Random;
  readonly transmit: (day: number) => Transmission;
};

/** So many earlier claims can still be sent again or taken back. */
const REMEMBERED = 256;
/** Older ones would run into the windows for filing and reversal, and would not make a refill too soon. */
const LATELY_DAYS = 14;
const COPIES_OF_RESENDS = 0.25;
const REBILLS_OF_REVERSALS = 0.25;

/** Claims in the order in which the gateway receives them: those of the schedule, and between them what goes wrong in the field. */
export function* claimsInOrder(input: ClaimsInput): Generator<SyntheticClaim, never> {
  const { fills, mix, random, transmit } = input;
  const sent: ClaimRecord[] = [];
  /** Fills that are paid and have not been taken back. */
  const standing: BillingRecord[] = [];
  let today = 0;

  const make: Readonly<Record<Kind, () => SyntheticClaim>> = {
    FILL: () => {
      const { value: fill } = fills.next();
      today = fill.dateOfService;
      const record = billingRecord(fill, transmit(today));
      remember(standing, record);
      remember(sent, record);
      return { kind: 'FILL', record, rejectCode: null };
    },
    REVERSAL: () => {
      const at = lately(standing, today, random);
      const record = reversalRecord(claimAt(standing, at), transmit(today));
      standing.splice(at, 1);
      remember(sent, record);
      return { kind: 'REVERSAL', record, rejectCode: null };
    },
    REBILL: () => {
      const at = lately(standing, today, random);
      const corrected = correctedRecord(claimAt(standing, at), transmit(today));
      standing[at] = corrected;
      const record = { ...corrected, transactionCode: 'B3' };
      remember(sent, record);
      return { kind: 'REBILL', record, rejectCode: null };
    },
    REFUSED: () => refused(claimAt(standing, lately(standing, today, random)), { ...input, today }),
    RESENT: () => {
      const earlier = claimAt(sent, lately(sent, today, random));
      return { kind: 'RESENT', record: { ...earlier, ...transmit(today) }, rejectCode: null };
    },
    COPY: () => ({ kind: 'COPY', record: claimAt(sent, lately(sent, today, random)), rejectCode: null }),
  };
  for (;;) yield make[standing.length === 0 ? 'FILL' : drawKind(mix, random)]();
}

function claimAt<T extends ClaimRecord>(claims: readonly T[], at: number): T {
  const claim = claims[at];
  invariant(claim !== undefined, 'an earlier claim is only asked for when there is one');
  return claim;
}

function drawKind({ rejects, resends, reversals }: Mix, random: Random): Kind {
  const draw = random.share();
  if (draw < rejects) return 'REFUSED';
  if (draw < rejects + reversals) return random.share() < REBILLS_OF_REVERSALS ? 'REBILL' : 'REVERSAL';
  if (draw < rejects + reversals + resends) return random.share() < COPIES_OF_RESENDS ? 'COPY' : 'RESENT';
  return 'FILL';
}

function remember<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > REMEMBERED) list.shift();
}

/** The place of a claim of the last days; of few members, the last one there is. */
function lately(list: readonly ClaimRecord[], today: number, random: Random): number {
  const at = random.below(list.length);
  return today - (list[at]?.dateOfService ?? 0) > LATELY_DAYS ? list.length - 1 : at;
}

/** A claim with one fault, or one for a member whom the programme does not cover. */
function refused(
  billing: BillingRecord,
  { members, random, transmit, today }: ClaimsInput & { readonly today: number },
): SyntheticClaim {
  const transmission = transmit(today);
  // Of a number that no schedule gives out, and that no other claim has: the gateway receives one at a time.
  const prescription = String(transmission.receivedAt / RECEIVED_STEP_MS);
  const choice = random.below(REFUSALS.length + HINDRANCES.length);
  const refusal = REFUSALS[choice];
  if (refusal) {
    const claim = {
      ...billing.claim,
      prescriptionServiceReferenceNumber: prescription,
      fillNumber: 0,
      datePrescriptionWritten: today,
    };
    const record = refusal.record({ ...billing, ...transmission, dateOfService: today, claim });
    return { kind: 'REFUSED', record, rejectCode: refusal.code };
  }
  const hindrance = choice - REFUSALS.length;
  const member = hinderedMember(hindrance, members, random);
  const [product] = member.ladder.strengths;
  const fill = { member, product, dateOfService: today, prescription, fillNumber: 0, written: today, is340B: false };
  return {
    kind: 'REFUSED',
    record: billingRecord(fill, transmission),
    rejectCode: HINDRANCES[hindrance]?.code ?? null,
  };
}
