import type { PayerShare } from '../claims/response.ts';
import type { PartDPhases, PhaseShares } from '../policy/cost-share-rules.ts';
import type { Listing } from '../policy/products.ts';
import type { PartDYear } from '../policy/reference.ts';
import { monthsOf } from '../policy/programme-rules.ts';
import { CalendarDate } from '../values/calendar-date.ts';
import { Money } from '../values/money.ts';
import { capRoom } from './cap.ts';
import type { Share } from './share.ts';
import type { AccumulatorKind } from './state.ts';
import type { Billing } from './subject.ts';

type Priced = { readonly listing: Listing; readonly allowed: Money; readonly rules: PartDPhases };

/** The pieces of a claim's cost, cut where a phase ends, and what the patient's share of the middle one is. */
type Pieces = {
  readonly deductible: Money;
  readonly initial: Money;
  readonly catastrophic: Money;
  readonly coinsurance: Money;
};

/**
 * A claim under the phases of Part D. It may straddle several: each piece of its cost is shared as its phase says, the patient's share is
 * rounded, and the plan bears the rest, so that the legs add up to the price.
 */
export function phaseShare(billing: Billing, priced: Priced): Share {
  const { listing, rules } = priced;
  const year = yearOf(billing);
  const subsidized = lowIncomeCopay(priced, year);
  const cap = capOf(billing, priced);
  const pieces = piecesOf(billing, { ...priced, year, cap, hasDeductible: subsidized === null });
  const planShare = Money.add(pieces.deductible, pieces.coinsurance);
  const patientPayAmount = subsidized === null ? planShare : Money.lesserOf(planShare, subsidized);
  return {
    patientPayAmount,
    deductible: pieces.deductible,
    ...(subsidized === null
      ? { coinsurance: pieces.coinsurance, copay: Money.zero }
      : { coinsurance: Money.zero, copay: patientPayAmount }),
    // What the subsidy pays for the patient counts like the patient's own (42 CFR 423.100, incurred costs).
    outOfPocketAmount: cap === null || rules.capCountsToOutOfPocket ? planShare : pieces.deductible,
    payerShares: payersOf(pieces, rules.shares[listing.drugClass], Money.subtract(planShare, patientPayAmount)),
  };
}

/** The copay of a member with the low-income subsidy, who has no deductible (42 CFR 423.782); null for others. */
function lowIncomeCopay({ listing, rules }: Priced, year: PartDYear | null): Money | null {
  const level = year?.lowIncomeLevel ?? null;
  const copays = level === null ? undefined : rules.lowIncomeCopays.get(level);
  return copays?.[listing.drugClass === 'NON_APPLICABLE' ? 'generic' : 'brand'] ?? null;
}

type Situation = Priced & {
  readonly year: PartDYear | null;
  readonly cap: { readonly room: Money; readonly againstDeductible: 'BEFORE' | 'AFTER' } | null;
  readonly hasDeductible: boolean;
};

function piecesOf(billing: Billing, { allowed, rules, year, cap, hasDeductible }: Situation): Pieces {
  const applies = hasDeductible && cap?.againstDeductible !== 'BEFORE';
  const leftOf = (limit: Money, kind: 'DEDUCTIBLE' | 'OUT_OF_POCKET', elsewhere: Money | undefined): Money =>
    Money.greaterOf(Money.zero, Money.subtract(limit, Money.add(used(billing, kind), elsewhere ?? Money.zero)));
  return cut(allowed, {
    deductibleLeft: applies ? leftOf(rules.deductible, 'DEDUCTIBLE', year?.deductibleMet) : Money.zero,
    outOfPocketLeft: leftOf(rules.outOfPocketThreshold, 'OUT_OF_POCKET', year?.outOfPocket),
    cap: cap?.room ?? null,
    coinsurancePercent: rules.coinsurancePercent,
  });
}

/** The cap of the product, or of the programme. */
function capOf({ claim, programme, state, rules }: Billing, { listing, rules: phases }: Priced) {
  if (listing.cap !== null) {
    const room = Money.times(listing.cap.amount, monthsOf(rules, claim.daysSupply));
    return { room, againstDeductible: listing.cap.againstDeductible };
  }
  const room = capRoom({ ...claim, programme: programme.id }, state, rules);
  return room === null ? null : { room, againstDeductible: phases.capAgainstDeductible };
}

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

type Limits = {
  readonly deductibleLeft: Money;
  readonly outOfPocketLeft: Money;
  /** Room of the cap for what follows the deductible; null without one. */
  readonly cap: Money | null;
  readonly coinsurancePercent: number;
};

/** The deductible ends by cost, the initial phase by what the patient has paid: then its cost is what that share is a percentage of. */
function cut(allowed: Money, { deductibleLeft, outOfPocketLeft, cap, coinsurancePercent }: Limits): Pieces {
  const deductible = Money.lesserOf(allowed, deductibleLeft, outOfPocketLeft);
  const rest = Money.subtract(allowed, deductible);
  const room = Money.subtract(outOfPocketLeft, deductible);
  const share = Money.fraction(rest, [coinsurancePercent, 100], 'HALF_UP');
  const capped = cap === null ? share : Money.lesserOf(share, cap);
  if (capped <= room && room > 0) return { deductible, initial: rest, catastrophic: Money.zero, coinsurance: capped };
  const initial = Money.lesserOf(rest, Money.fraction(room, [100, coinsurancePercent], 'HALF_UP'));
  return { deductible, initial, catastrophic: Money.subtract(rest, initial), coinsurance: room };
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
