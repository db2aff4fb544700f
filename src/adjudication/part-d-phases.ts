import type { PayerShare } from '../claims/response.ts';
import type { PartDPhases, PhaseShares } from '../policy/cost-share-rules.ts';
import type { Listing } from '../policy/products.ts';
import type { PartDYear } from '../policy/reference.ts';
import { monthsOf } from '../policy/programme-rules.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import { Money, type Rounding } from '../values/money.ts';
import { capRoom } from './cap.ts';
import type { Share } from './share.ts';
import type { AccumulatorKind } from './state.ts';
import type { Billing } from './subject.ts';

export type Phased = { readonly listing: Listing; readonly allowed: Money; readonly rules: PartDPhases };

/** What a member still has before a claim, and what limits the share of it. */
export type PhaseLimits = {
  /** Zero where none applies. */
  readonly deductibleLeft: Money;
  readonly outOfPocketLeft: Money;
  /** That of the product or of the programme, for what follows the deductible; null without one. */
  readonly cap: { readonly of: 'product' | 'programme'; readonly room: Money } | null;
  /** The copay of a member with the low-income subsidy, who has no deductible (42 CFR 423.782); null for others. */
  readonly lowIncomeCopay: Money | null;
};

/** The pieces of a claim's cost, cut where a phase ends, and what the patient's share of the middle one is. */
type Pieces = {
  readonly deductible: Money;
  readonly initial: Money;
  readonly catastrophic: Money;
  readonly coinsurance: Money;
  /** What of that share counts toward the threshold: all of it where the cap comes after the threshold. */
  readonly counted: Money;
};

/**
 * A claim under the phases of Part D. It may straddle several: each piece of its cost is shared as its phase says, the patient's share is
 * rounded, and the plan bears the rest, so that the legs add up to the price.
 */
export function phaseShare(billing: Billing, phased: Phased): Share {
  const { listing, rules, allowed } = phased;
  const limits = phaseLimits(billing, phased);
  const { cap, lowIncomeCopay } = limits;
  const pieces = cut(phased, limits, billing.rules.cap.rounding);
  const planShare = Money.add(pieces.deductible, pieces.coinsurance);
  const patientPayAmount = lowIncomeCopay === null ? planShare : Money.lesserOf(planShare, lowIncomeCopay);
  return {
    patientPayAmount,
    deductible: pieces.deductible,
    ...(lowIncomeCopay === null
      ? { coinsurance: pieces.coinsurance, copay: Money.zero }
      : { coinsurance: Money.zero, copay: patientPayAmount }),
    counts: {
      // What the subsidy pays for the patient counts like the patient's own (42 CFR 423.100, incurred costs).
      outOfPocketAmount:
        cap === null || rules.capCountsToOutOfPocket ? Money.add(pieces.deductible, pieces.counted) : pieces.deductible,
      grossCostAmount: cap === null || rules.capCountsToGrossCost ? allowed : Money.zero,
    },
    payerShares: payersOf(pieces, rules.shares[listing.drugClass], Money.subtract(planShare, patientPayAmount)),
  };
}

export function phaseLimits(billing: Billing, { listing, rules }: Phased): PhaseLimits {
  const year = yearOf(billing);
  const lowIncomeCopay = lowIncomeCopayOf(listing, rules, year);
  const cap = capOf(billing, listing);
  const applies = lowIncomeCopay === null && (cap === null || capBegins(listing, rules) === 'AFTER');
  const leftOf = (limit: Money, kind: 'DEDUCTIBLE' | 'OUT_OF_POCKET', elsewhere: Money | undefined): Money =>
    Money.greaterOf(Money.zero, Money.subtract(limit, Money.add(used(billing, kind), elsewhere ?? Money.zero)));
  return {
    deductibleLeft: applies ? leftOf(rules.deductible, 'DEDUCTIBLE', year?.deductibleMet) : Money.zero,
    outOfPocketLeft: leftOf(rules.outOfPocketThreshold, 'OUT_OF_POCKET', year?.outOfPocket),
    cap,
    lowIncomeCopay,
  };
}

function lowIncomeCopayOf(listing: Listing, { lowIncomeCopays }: PartDPhases, year: PartDYear | null): Money | null {
  const level = year?.lowIncomeLevel ?? null;
  const copays = level === null ? undefined : lowIncomeCopays.get(level);
  return copays?.[listing.drugClass === 'NON_APPLICABLE' ? 'generic' : 'brand'] ?? null;
}

function capOf({ claim, programme, state, rules }: Billing, { cap }: Listing): PhaseLimits['cap'] {
  if (cap !== null) return { of: 'product', room: Money.times(cap.amount, monthsOf(rules, claim.daysSupply)) };
  const { dateOfService, daysSupply, daysSupplyIntendedToBeDispensed } = claim;
  const fill = { programme: programme.id, dateOfService, daysSupply, daysSupplyIntendedToBeDispensed };
  const room = capRoom(fill, state, rules);
  return room === null ? null : { of: 'programme', room };
}

/** Whether a cap holds from the first dollar or for what follows the deductible. */
const capBegins = ({ cap }: Listing, { capAgainstDeductible }: PartDPhases): 'BEFORE' | 'AFTER' =>
  cap?.againstDeductible ?? capAgainstDeductible;

const yearOf = ({ context, claim }: Billing): PartDYear | null =>
  context.coverage?.partD.find(({ year }) => year === CalendarDate.year(claim.dateOfService)) ?? null;

/** What this plan's fills of the year have used. */
const used = ({ claim, programme, state }: Billing, kind: AccumulatorKind): Money =>
  state.accumulators.find(
    (total) =>
      total.programme === programme.id &&
      total.kind === kind &&
      total.period === String(CalendarDate.year(claim.dateOfService)),
  )?.amount ?? Money.zero;

/** The deductible ends by cost, the initial phase by what counts of the patient's share: then its cost is what that is a percentage of. */
function cut({ allowed, rules }: Phased, limits: PhaseLimits, rounding: Rounding): Pieces {
  const { deductibleLeft, outOfPocketLeft } = limits;
  const { coinsurancePercent, capAgainstOutOfPocket } = rules;
  const deductible = Money.lesserOf(allowed, deductibleLeft, outOfPocketLeft);
  const rest = Money.subtract(allowed, deductible);
  const left = Money.subtract(outOfPocketLeft, deductible);
  const share = Money.fraction(rest, [coinsurancePercent, 100], rounding);
  const capped = Money.lesserOf(share, limits.cap?.room ?? share);
  const counts = capAgainstOutOfPocket === 'BEFORE' ? capped : share;
  const initial =
    counts <= left && left > 0
      ? rest
      : Money.lesserOf(rest, Money.fraction(left, [100, coinsurancePercent], 'HALF_UP'));
  return {
    deductible,
    initial,
    catastrophic: Money.subtract(rest, initial),
    coinsurance: Money.lesserOf(capped, left),
    counted: Money.lesserOf(counts, left),
  };
}

function payersOf(
  { initial, catastrophic, coinsurance }: Pieces,
  shares: PartDPhases['shares'][keyof PartDPhases['shares']],
  lowIncome: Money,
): readonly PayerShare[] {
  const of = (name: keyof PhaseShares): Money =>
    Money.add(
      Money.fraction(initial, [shares.initial[name], 100], 'HALF_UP'),
      Money.fraction(catastrophic, [shares.catastrophic[name], 100], 'HALF_UP'),
    );
  const others: readonly PayerShare[] = [
    { payer: 'MANUFACTURER', amount: of('manufacturerPercent') },
    { payer: 'SELECTED_DRUG_SUBSIDY', amount: of('subsidyPercent') },
    { payer: 'REINSURANCE', amount: of('reinsurancePercent') },
    { payer: 'LOW_INCOME_SUBSIDY', amount: lowIncome },
  ];
  // The rest, so that no cent of rounding is lost: what is left of the cost when the patient and everybody else have paid.
  const borne = Money.add(coinsurance, ...others.slice(0, 3).map(({ amount }) => amount));
  const plan = Money.subtract(Money.add(initial, catastrophic), borne);
  return [{ payer: 'PLAN', amount: plan } as const, ...others].filter(({ amount }) => amount !== Money.zero);
}
