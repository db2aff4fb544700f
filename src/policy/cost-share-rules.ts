import type { Money } from '../values/money.ts';

/** How the patient's share of a fill comes about before the cap and the charge limit it. */
export type CostShareRules = Capped | MedicaidCopay | PartDPhases;

/** The cap is all there is: the patient pays up to it. */
type Capped = { readonly kind: 'CAPPED' };

/** The copay of a state plan under the federal maxima (42 CFR 447.52-447.56). */
export type MedicaidCopay = {
  readonly kind: 'MEDICAID_COPAY';
  readonly preferred: Money;
  readonly nonPreferred: Money;
  readonly federalMaximum: {
    readonly preferred: Money;
    readonly nonPreferred: Money;
    /** Above this share of the federal poverty level, non-preferred drugs may cost a share of what the agency pays. */
    readonly aboveFplPercent: number;
    readonly sharePercent: number;
  };
  /** Groups of 42 CFR 447.56(a) who pay nothing. */
  readonly exemptGroups: readonly string[];
  /** Whether the household's ceiling on the coverage record limits the copay. */
  readonly householdCeiling: 'APPLY' | 'IGNORE';
};

/** What an applicable, a non-applicable and a selected drug (one with a negotiated price) share differently. */
export const DRUG_CLASSES = ['APPLICABLE', 'NON_APPLICABLE', 'SELECTED'] as const;
export type DrugClass = (typeof DRUG_CLASSES)[number];

/** Percent of a phase's cost that others bear; the plan bears the rest, cents of rounding included. */
export type PhaseShares = {
  readonly manufacturerPercent: number;
  readonly subsidyPercent: number;
  readonly reinsurancePercent: number;
};

/** The phases of the defined standard benefit of Part D (Social Security Act 1860D-2 as amended by IRA 11201). */
export type PartDPhases = {
  readonly kind: 'PART_D_PHASES';
  readonly deductible: Money;
  readonly coinsurancePercent: number;
  /** The annual out-of-pocket threshold; beyond it the patient pays nothing. */
  readonly outOfPocketThreshold: Money;
  readonly shares: Readonly<Record<DrugClass, { readonly initial: PhaseShares; readonly catastrophic: PhaseShares }>>;
  /** Copays of the low-income subsidy by level, for generics and brands. */
  readonly lowIncomeCopays: ReadonlyMap<string, { readonly generic: Money; readonly brand: Money }>;
  /** BEFORE: the cap holds from the first dollar and the deductible is not consumed, as for insulin. */
  readonly capAgainstDeductible: 'BEFORE' | 'AFTER';
  /** BEFORE: what the cap leaves counts toward the threshold. AFTER: the whole share does, as if there were no cap. */
  readonly capAgainstOutOfPocket: 'BEFORE' | 'AFTER';
  /** Whether the share of a capped fill counts toward the threshold at all. */
  readonly capCountsToOutOfPocket: boolean;
  /** Whether the cost of a capped fill counts to the gross covered drug cost. */
  readonly capCountsToGrossCost: boolean;
};
