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

/**
 * A payment moves its amounts; a reversal, and a rebill of what was paid before, take back those of that fill; what is priced again for
 * it moves the difference. Copies and refusals move nothing, but for a rebill that is refused and takes its fill back all the same.
 */
export function movedBy({ response, accounts }: Adjudicated): Legs {
  const { transactionResponseStatus: status, authorizationNumber, pricing, rebillOf, repriced } = response;
  if (status === 'D' || status === 'S') return NO_MONEY;
  const endedNumber = status === 'A' ? authorizationNumber : rebillOf;
  const ended = accounts.state.fills.find((fill) => fill.authorizationNumber === endedNumber);
  return plus(
    pricing === null ? NO_MONEY : legsOf(pricing),
    ended ? minus(NO_MONEY, legsOf(ended.pricing)) : NO_MONEY,
    ...repriced.map(({ patientPayBefore, patientPayAfter }) => {
      const patientPay = Money.ofCents(patientPayAfter - patientPayBefore);
      // What the patient pays more the payer pays less.
      return { ...NO_MONEY, patientPay, pharmacyPayment: Money.negate(patientPay) };
    }),
  );
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
