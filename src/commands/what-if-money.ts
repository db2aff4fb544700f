import type { Adjudicated } from '../stream/adjudicate-record.ts';
import { Money } from '../values/money.ts';

/** What an answer moves, by who pays or is paid. */
export type Legs = {
  /** 505-F5 */
  readonly patientPay: Money;
  /** 509-F9 */
  readonly pharmacyPayment: Money;
  readonly manufacturerOwed: Money;
};

export const NO_MONEY: Legs = { patientPay: Money.zero, pharmacyPayment: Money.zero, manufacturerOwed: Money.zero };

/** A payment moves its amounts, a reversal takes back those of its fill and what it priced again; other answers move nothing. */
export function movedBy({ response, accounts }: Adjudicated): Legs {
  const { transactionResponseStatus: status, authorizationNumber, pricing } = response;
  if (status === 'P' && pricing !== null) return legsOf(pricing);
  if (status !== 'A') return NO_MONEY;
  const taken = accounts.state.fills.find((fill) => fill.authorizationNumber === authorizationNumber);
  const repriced = response.repriced.map(({ patientPayBefore, patientPayAfter }) => {
    const patientPay = Money.ofCents(patientPayAfter - patientPayBefore);
    // What the patient pays more the payer pays less.
    return { ...NO_MONEY, patientPay, pharmacyPayment: Money.negate(patientPay) };
  });
  return plus(...repriced, taken ? minus(NO_MONEY, legsOf(taken.pricing)) : NO_MONEY);
}

type Pricing = Readonly<Record<'patientPayAmount' | 'totalAmountPaid' | 'manufacturerOwedAmount', number>>;

const legsOf = ({ patientPayAmount, totalAmountPaid, manufacturerOwedAmount }: Pricing): Legs => ({
  patientPay: Money.ofCents(patientPayAmount),
  pharmacyPayment: Money.ofCents(totalAmountPaid),
  manufacturerOwed: Money.ofCents(manufacturerOwedAmount),
});

export const plus = (...all: readonly Legs[]): Legs => ({
  patientPay: Money.add(...all.map(({ patientPay }) => patientPay)),
  pharmacyPayment: Money.add(...all.map(({ pharmacyPayment }) => pharmacyPayment)),
  manufacturerOwed: Money.add(...all.map(({ manufacturerOwed }) => manufacturerOwed)),
});

export const minus = (from: Legs, legs: Legs): Legs => ({
  patientPay: Money.subtract(from.patientPay, legs.patientPay),
  pharmacyPayment: Money.subtract(from.pharmacyPayment, legs.pharmacyPayment),
  manufacturerOwed: Money.subtract(from.manufacturerOwed, legs.manufacturerOwed),
});
