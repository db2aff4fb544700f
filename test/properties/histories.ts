import fc from 'fast-check';

import type { Context } from '../../src/adjudication/context.ts';
import type { BillingClaim, Claim } from '../../src/claims/claim.ts';
import type { PrescriptionServiceReferenceNumber } from '../../src/claims/ids.ts';
import { CAP_SCOPES, type CapScope } from '../../src/policy/programme-rules.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import { Money } from '../../src/values/money.ts';
import { Quantity } from '../../src/values/quantity.ts';
import {
  aClaim,
  aContext,
  anAuthorization,
  aPolicy,
  authorizationFor,
  day,
  NDC,
  noonOf,
  rebillOf,
  reversalOf,
} from '../builders.ts';

/** What happens next in a member's life; `pick` chooses among the claims so far. */
type Step = {
  readonly daysLater: number;
  readonly kind: 'BILL' | 'RESEND' | 'CORRECT' | 'REVERSE' | 'REBILL' | 'COPY' | 'COMPLETE';
  readonly pick: number;
  readonly daysLate: number;
  readonly product: { readonly ndc: BillingClaim['ndc']; readonly quantity: string };
  readonly daysSupply: number;
  readonly charge: number;
  readonly clarification: readonly string[];
  /** Half of what is dispensed, of the whole that was intended. */
  readonly isPart: boolean;
};

const PRODUCTS = [
  { ndc: NDC.wegovy05, quantity: '2' },
  { ndc: NDC.wegovy24, quantity: '3' },
  { ndc: NDC.zepboundKwikPen5, quantity: '2.4' },
  { ndc: NDC.foundayo9, quantity: '30' },
  { ndc: NDC.foundayo9, quantity: '28' },
];

const aStep: fc.Arbitrary<Step> = fc.record({
  daysLater: fc.oneof(fc.nat(16), fc.constantFrom(0, 21, 28, 90)),
  kind: fc.constantFrom<Step['kind']>(
    'BILL',
    'BILL',
    'BILL',
    'BILL',
    'RESEND',
    'CORRECT',
    'REVERSE',
    'REVERSE',
    'REBILL',
    'REBILL',
    'COPY',
    'COPY',
    'COMPLETE',
    'COMPLETE',
  ),
  pick: fc.nat(1000),
  daysLate: fc.oneof({ arbitrary: fc.constant(0), weight: 4 }, { arbitrary: fc.nat(130), weight: 1 }),
  product: fc.constantFrom(...PRODUCTS),
  daysSupply: fc.constantFrom(28, 30),
  charge: fc.constantFrom(0, 2_000, 139_999),
  clarification: fc.constantFrom<readonly string[]>([], [], [], ['5'], ['20']),
  isPart: fc.oneof({ arbitrary: fc.constant(false), weight: 3 }, { arbitrary: fc.constant(true), weight: 1 }),
});

/** Claims of one member in the order in which they are received. */
export const aHistory: fc.Arbitrary<readonly Claim[]> = fc
  .array(aStep, { minLength: 1, maxLength: 40, size: 'max' })
  .map((steps) => {
    let today = day('2026-07-01');
    const billed: BillingClaim[] = [];
    const claims: Claim[] = [];
    for (const [index, step] of steps.entries()) {
      today = CalendarDate.plusDays(today, step.daysLater);
      const message = { transmissionId: `T-${String(index)}`, receivedAt: noonOf(today) };
      const earlier = billed.at(-1 - (step.pick % Math.max(1, billed.length)));
      const again = earlier && claimAbout(earlier, step, { message, claims });
      if (again) claims.push(again);
      else {
        const dateOfService = CalendarDate.plusDays(today, -step.daysLate);
        const part = step.kind === 'COMPLETE' ? billed.findLast(isPart) : undefined;
        const claim = part
          ? aClaim({ ...part, ...message, dispensingStatus: 'C', dateOfService: today })
          : aClaim({ ...message, ...billing(step), dateOfService, fillNumber: index });
        billed.push(claim);
        claims.push(claim);
      }
    }
    return claims;
  });

/** A long treatment with one drug, a little early or a little late each time, so that supply on hand is carried over for months. */
export const aTreatment: fc.Arbitrary<readonly Claim[]> = fc
  .array(fc.constantFrom(28, 28, 28, 28, 28, 28, 21, 27, 29), { minLength: 10, maxLength: 19, size: 'max' })
  .map((gaps) => {
    let today = day('2026-07-01');
    return gaps.map((gap, fillNumber) => {
      const claim = aClaim({ dateOfService: today, fillNumber, numberOfRefillsAuthorized: null });
      today = CalendarDate.plusDays(today, gap);
      return claim;
    });
  });

const isPart = ({ dispensingStatus }: BillingClaim): boolean => dispensingStatus === 'P';

const MARGIN_DAYS = 90;

type Message = Pick<BillingClaim, 'transmissionId' | 'receivedAt'>;

function claimAbout(
  earlier: BillingClaim,
  { kind, pick, daysSupply, charge }: Step,
  { message, claims }: { message: Message; claims: readonly Claim[] },
): Claim | undefined {
  // What is handled longer after its receipt than the margin of the policy is outside of the contract.
  const since = message.receivedAt - MARGIN_DAYS * 86_400_000;
  const resent = claims.at(-1 - (pick % Math.max(1, claims.length)));
  const copies = claims.filter(({ receivedAt }) => receivedAt >= since);
  switch (kind) {
    case 'BILL':
    case 'COMPLETE':
      return undefined;
    case 'RESEND':
      return resent && { ...resent, ...message };
    case 'CORRECT':
      return aClaim({ ...earlier, ...message, daysSupply: earlier.daysSupply === 28 ? 30 : 28 });
    case 'REVERSE':
      return reversalOf(earlier, message);
    case 'REBILL':
      return rebillOf(earlier, { ...message, ...correctionOf({ daysSupply, charge, pick }) });
    case 'COPY':
      return copies.at(-1 - (pick % Math.max(1, copies.length)));
  }
}

/** Days, charge and thereby money; the prescriber alone; nothing at all; or too many packages, which is refused. */
function correctionOf({ daysSupply, charge, pick }: Pick<Step, 'daysSupply' | 'charge' | 'pick'>) {
  const corrections = [
    { daysSupply, usualAndCustomaryCharge: Money.ofCents(charge) },
    { prescriberId: String(pick) as BillingClaim['prescriberId'] },
    {},
    { quantityDispensed: Quantity.of('90') },
  ];
  return corrections[pick % corrections.length] ?? {};
}

const billing = (step: Step): Partial<BillingClaim> => ({
  prescriptionServiceReferenceNumber: String(step.pick % 3) as PrescriptionServiceReferenceNumber,
  numberOfRefillsAuthorized: null,
  datePrescriptionWritten: day('2026-06-01'),
  ndc: step.product.ndc,
  quantityDispensed: Quantity.of(step.product.quantity),
  unitOfMeasure: null,
  daysSupply: step.daysSupply,
  usualAndCustomaryCharge: Money.ofCents(step.charge),
  submissionClarificationCodes: step.clarification,
  ...(step.isPart && partOf(step)),
});

const partOf = ({ daysSupply, product }: Step): Partial<BillingClaim> => ({
  dispensingStatus: 'P',
  quantityDispensed: Quantity.ofThousandths(Quantity.of(product.quantity) / 2),
  daysSupply: daysSupply / 2,
  quantityIntendedToBeDispensed: Quantity.of(product.quantity),
  daysSupplyIntendedToBeDispensed: daysSupply,
});

export type World = {
  readonly scope: CapScope;
  readonly days: number;
  readonly context: Context;
  /** A counterexample need not print a whole policy. */
  readonly [fc.toStringMethod]: () => string;
};

/** Policies that differ in what a history can run into. */
const WORLDS: readonly World[] = CAP_SCOPES.flatMap((scope) =>
  ['KEEP', 'REPROCESS'].map((onReversal, index) => {
    const days = index === 0 ? 30 : 28;
    const refill = index === 0 ? { doseChange: 'ALLOW' } : { thresholdPercent: 50, countsOnHand: false };
    const rebill = index === 0 ? {} : { onReject: 'REVERSE_ORIGINAL', noOriginal: 'BILL' };
    const partialFill = index === 0 ? 'COPAY_ON_PARTIAL' : 'COPAY_ON_COMPLETION';
    const policy = aPolicy({ cap: { scope, days }, reversal: { onReversal }, refill, rebill, partialFill });
    const priorAuthorizations = [
      anAuthorization(),
      authorizationFor('ZEPBOUND'),
      authorizationFor('FOUNDAYO'),
      anAuthorization({ kind: 'EARLY_REFILL', effective: day('2026-11-01'), terminated: day('2026-11-30') }),
    ];
    const context = aContext({ policy, priorAuthorizations });
    return { scope, days, context, [fc.toStringMethod]: () => `${scope} ${onReversal}` };
  }),
);

export const aWorld: fc.Arbitrary<World> = fc.constantFrom(...WORLDS);
