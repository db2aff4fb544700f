import type { ProgrammeId } from '../claims/ids.ts';
import type { Money } from '../values/money.ts';
import { inForce, type AsOf, type Entry } from './dated.ts';
import type { ParticipantType } from './reference.ts';

/** A list of package prices, such as `WAC` or one that a model keeps for itself. */
export type PriceListId = string;

/** What the manufacturer owes for a fill. All amounts are those of the units dispensed, rounded once, and none is below zero. */
export type RebateFormula =
  /** Ingredient cost (at WAC, or as allowed) less a net price that is guaranteed for a monthly supply. */
  | { readonly kind: 'NET_PER_MONTH'; readonly from: 'WAC' | 'ALLOWED'; readonly netPerMonth: Money }
  /** WAC - URA - guaranteed net price: the supplemental rebate of a Medicaid model. */
  | { readonly kind: 'SUPPLEMENTAL'; readonly netPrices: PriceListId }
  /** A net price less a benchmark. */
  | { readonly kind: 'BENCHMARK'; readonly netPrices: PriceListId; readonly benchmarks: PriceListId }
  /** What the phases of the benefit lay upon the manufacturer. */
  | { readonly kind: 'PHASE_SHARE' }
  /** Nothing, and why: a model that a reader would expect here. */
  | { readonly kind: 'NONE'; readonly why: string };

/** One model under which a manufacturer may owe something for the fills of a programme. */
export type RebateRule = Entry & {
  readonly model: ProgrammeId;
  /** Who must take part in the model on the date of service: records of the participation topic under the model's id. */
  readonly participants: readonly Extract<ParticipantType, 'STATE' | 'LABELER'>[];
  readonly formula: RebateFormula;
};

/** The rules that hold as of two days, in their order. */
export const rebateRulesAsOf = (
  rules: readonly RebateRule[],
  { dateOfService, knownOn }: AsOf,
): readonly RebateRule[] => rules.filter((rule) => rule.knownFrom <= knownOn && inForce(rule, dateOfService));
