import type { PayerShare } from '../claims/response.ts';
import type { Money } from '../values/money.ts';
import type { Benefit } from './state.ts';

/** Leg 2 and what it is made of, and who bears the rest where that is more than the programme. */
export type Share = {
  /** 505-F5, the sum of the three parts. */
  readonly patientPayAmount: Money;
  /** 517-FH */
  readonly deductible: Money;
  /** 572-4U */
  readonly coinsurance: Money;
  /** 518-FI */
  readonly copay: Money;
  /** What it moves in the phases of its benefit; null where there are none. */
  readonly counts: Benefit | null;
  readonly payerShares: readonly PayerShare[];
};
