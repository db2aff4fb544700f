import { describe, expect, test } from 'vitest';

import type { BillingClaim, ReversalClaim } from '../../src/claims/claim.ts';
import type { PrescriptionServiceReferenceNumber, ServiceProviderId } from '../../src/claims/ids.ts';
import { Money } from '../../src/values/money.ts';
import {
  aClaim,
  at,
  aContext,
  adjudicate,
  aPolicy,
  BRIDGE,
  day,
  NDC,
  noonOf,
  reversalOf,
  wordOf,
  type Given,
} from '../builders.ts';

const paid = aClaim();
const answers = (claims: Parameters<typeof adjudicate>[0], given: Given = {}): string =>
  adjudicate(claims, aContext(given)).decisions.map(wordOf).join(', ');
describe('a reversal of a paid fill is answered with', () => {
  test.each<[string, string, Partial<ReversalClaim>, Given?]>([
    ['A', 'everything matches', {}],
    ['A', 'the fill number was left out', { fillNumber: null }],
    ['A', 'the product was left out', { ndc: null }],
    ['84', 'the product is another', { ndc: NDC.wegovy17 }],
    ['31', 'the pharmacy is another', { serviceProviderId: '1999999992' as ServiceProviderId }],
    [
      '31',
      'the prescription is another',
      { prescriptionServiceReferenceNumber: '1' as PrescriptionServiceReferenceNumber },
    ],
    ['31', 'the day is another', { dateOfService: day('2026-08-04') }],
    ['31', 'the fill number is another', { fillNumber: 1 }],
    [
      '84',
      'nothing matches and the policy says so',
      { fillNumber: 1 },
      { policy: aPolicy({ reversal: { noMatch: '84' } }) },
    ],
    ['01', 'its BIN is not ours', { binNumber: '015599' }],
    ['04', 'its PCN is not ours', { processorControlNumber: 'MEDDPRIME' }],
    ['A', 'it is the 90th day, and still is in Samoa', { receivedAt: at('2026-11-02T10:59:59Z') }],
    ['30', 'the 91st day has begun in Samoa too', { receivedAt: at('2026-11-02T11:00:00Z') }],
    ['30', 'the window is over, whether it matches or not', { fillNumber: 1, receivedAt: noonOf('2026-11-02') }],
  ])('%s when %s', (...[expected, , changes, given]) => {
    expect(answers([paid, reversalOf(paid, changes)], given)).toBe(`P, ${expected}`);
  });

  test('A, the number of the fill, and a mirror of what it took', () => {
    const { decisions, state } = adjudicate([paid, reversalOf(paid, { receivedAt: noonOf('2026-09-01') })]);
    const [first, second] = decisions;
    const authorizationNumber = `${paid.identityDigest}01`;
    expect(second?.response).toEqual({
      status: 'A',
      programme: BRIDGE,
      authorizationNumber,
      repriced: [],
      policyVersion: aContext().policy.version,
    });
    expect(second?.events).toEqual([
      {
        type: 'ClaimReversed',
        recordedAt: noonOf('2026-09-01'),
        reversedBy: 'T-2026-08-03-reversed',
        fill: first?.events[0]?.type === 'ClaimPaid' ? first.events[0].fill : null,
      },
    ]);
    expect(state.accumulators).toEqual([]);
    expect(state.fills).toMatchObject([
      { authorizationNumber, status: 'REVERSED', reversedBy: 'T-2026-08-03-reversed' },
    ]);
  });
});

describe('a reversal is answered with', () => {
  const again = (claim: BillingClaim, id: string): BillingClaim => ({ ...claim, transmissionId: id });
  const takeBack = reversalOf(paid);

  test('31 when nothing was ever billed', () => {
    expect(answers([takeBack])).toBe('31');
  });

  test('31 when the claim was rejected', () => {
    expect(answers([paid, takeBack], { priorAuthorizations: [] })).toBe('75, 31');
  });

  test('31 before its claim, which is then paid', () => {
    expect(answers([takeBack, paid])).toBe('31, P');
  });

  test('S and the same number when it comes twice', () => {
    const { decisions } = adjudicate([paid, takeBack, { ...takeBack, transmissionId: 'second' }]);
    expect(decisions[2]?.response).toEqual({ ...decisions[1]?.response, status: 'S' });
    expect(decisions[2]?.events).toEqual([]);
  });

  test('S when it is a late copy of one before the fill was billed again', () => {
    const { decisions, state } = adjudicate([paid, takeBack, again(paid, 'again'), takeBack]);
    expect(decisions.map(wordOf)).toEqual(['P', 'A', 'P', 'S']);
    expect(decisions[3]?.response).toMatchObject({ authorizationNumber: `${paid.identityDigest}01` });
    expect(state.fills.map(({ status }) => status)).toEqual(['REVERSED', 'PAID']);
  });

  test('A when it is a new one after the fill was billed again', () => {
    const { decisions } = adjudicate([paid, takeBack, again(paid, 'again'), { ...takeBack, transmissionId: 'second' }]);
    expect(decisions[3]?.response).toMatchObject({ status: 'A', authorizationNumber: `${paid.identityDigest}02` });
  });

  test('S and the number of the last life when both were taken back', () => {
    const second = { ...takeBack, transmissionId: 'second' };
    const third = { ...takeBack, transmissionId: 'third' };
    const { decisions } = adjudicate([paid, takeBack, again(paid, 'again'), second, third]);
    expect(decisions[4]?.response).toMatchObject({ status: 'S', authorizationNumber: `${paid.identityDigest}02` });
  });

  test('84 and a text of its own when the product is another', () => {
    const { decisions } = adjudicate([paid, reversalOf(paid, { ndc: NDC.wegovy17 })]);
    expect(decisions[1]?.response).toMatchObject({
      rejects: [{ code: '84', edit: 'REVERSAL_PRODUCT', message: 'THE PAID CLAIM IS FOR ANOTHER PRODUCT' }],
    });
  });

  const early = { policy: aPolicy({ refill: { thresholdPercent: 0, countsOnHand: false } }) };
  const otherFill = aClaim({ fillNumber: 1 });

  test('17 when two fills of the day match', () => {
    expect(answers([paid, otherFill, reversalOf(paid, { fillNumber: null })], early)).toBe('P, P, 17');
  });

  test('A when one of two fills of the day is still paid', () => {
    const second = reversalOf(otherFill, { fillNumber: null, transmissionId: 'second' });
    expect(answers([paid, otherFill, takeBack, second], early)).toBe('P, P, A, A');
  });
});

describe('after a reversal', () => {
  const july3 = aClaim({ dateOfService: day('2026-07-03') });
  const july24 = aClaim({ dateOfService: day('2026-07-24'), fillNumber: 1 });
  const august21 = aClaim({ dateOfService: day('2026-08-21'), fillNumber: 2 });
  const takeBack = reversalOf(july3, { receivedAt: noonOf('2026-08-21') });
  const monthly = (onReversal: string, changes: object = {}): Given => ({
    policy: aPolicy({ cap: { scope: 'CALENDAR_MONTH', ...changes }, reversal: { onReversal } }),
  });
  const afterwards = (given: Given) => {
    const { decisions, state } = adjudicate([july3, july24, august21, takeBack], aContext(given));
    return {
      repriced:
        decisions[3]?.response.status === 'A' && 'repriced' in decisions[3].response
          ? decisions[3].response.repriced
          : null,
      pays: state.fills.map(({ status, pricing }) => `${status} ${Money.toText(pricing.patientPayAmount)}`),
      totals: state.accumulators.map(({ period, amount }) => `${period} ${Money.toText(amount)}`),
    };
  };

  test('later fills of the month stay as they were', () => {
    expect(afterwards(monthly('KEEP'))).toEqual({
      repriced: [],
      pays: ['REVERSED 50.00', 'PAID 0.00', 'PAID 50.00'],
      totals: ['2026-08 50.00'],
    });
  });

  test('later fills that shared its cap are repriced where the policy wants it', () => {
    expect(afterwards(monthly('REPROCESS'))).toEqual({
      repriced: [
        {
          authorizationNumber: `${july24.identityDigest}01`,
          patientPayBefore: Money.zero,
          patientPayAfter: Money.of('50.00'),
        },
      ],
      pays: ['REVERSED 50.00', 'PAID 50.00', 'PAID 50.00'],
      totals: ['2026-08 50.00', '2026-07 50.00'],
    });
  });

  test.each([
    ['PER_FILL', 30, ['REVERSED 50.00', 'PAID 50.00', 'PAID 50.00']],
    ['ROLLING_DAYS', 30, ['REVERSED 50.00', 'PAID 0.00', 'PAID 50.00']],
    ['SERVICE_PERIOD', 28, ['REVERSED 50.00', 'PAID 50.00', 'PAID 50.00']],
  ])('later fills pay what the scope of the cap %s now leaves them', (scope, days, pays) => {
    expect(afterwards(monthly('REPROCESS', { scope, days })).pays).toEqual(pays);
  });

  test('a later fill that would cost the same is not repriced', () => {
    const free = aClaim({ ...july24, usualAndCustomaryCharge: Money.zero });
    const { decisions } = adjudicate([july3, free, takeBack], aContext(monthly('REPROCESS')));
    expect(decisions[2]?.response).toMatchObject({ status: 'A', repriced: [] });
    expect(decisions[2]?.events).toHaveLength(1);
  });

  test('a repriced fill never asks more than the usual and customary charge', () => {
    const cheap = aClaim({ ...july24, usualAndCustomaryCharge: Money.of('20.00') });
    const { state } = adjudicate([july3, cheap, takeBack], aContext(monthly('REPROCESS')));
    expect(state.fills[1]?.pricing).toMatchObject({
      patientPayAmount: Money.of('20.00'),
      amountOfCopay: Money.of('20.00'),
      totalAmountPaid: Money.of('1339.02'),
    });
  });
});
