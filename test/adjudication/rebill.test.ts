import { describe, expect, test } from 'vitest';

import type { BillingClaim, Claim } from '../../src/claims/claim.ts';
import type { Ndc, PrescriberId, PrescriptionServiceReferenceNumber, ServiceProviderId } from '../../src/claims/ids.ts';
import { CAP_SCOPES } from '../../src/policy/programme-rules.ts';
import { rebateEvents } from '../../src/rebates/rebate-events.ts';
import { Money } from '../../src/values/money.ts';
import { Quantity } from '../../src/values/quantity.ts';
import {
  aClaim,
  aContext,
  adjudicate,
  anAuthorization,
  aPolicy,
  at,
  authorizationFor,
  BRIDGE,
  day,
  NDC,
  noonOf,
  rebillOf,
  reversalOf,
  wordOf,
  type Given,
} from '../builders.ts';
import { rules } from './rows.ts';

const paid = aClaim();
const OTHER_PRESCRIBER = { prescriberId: '1234567893' as PrescriberId };
const NOT_COVERED = { ndc: '00169477212' as Ndc };
const TWO_PACKAGES = { quantityDispensed: Quantity.of('6') };

const firstLife = `${paid.identityDigest}01`;
const secondLife = `${paid.identityDigest}02`;

const answers = (claims: readonly Claim[], given: Given = {}): string =>
  adjudicate(claims, aContext(given)).decisions.map(wordOf).join(', ');
const lives = (claims: readonly Claim[], given: Given = {}): readonly string[] =>
  adjudicate(claims, aContext(given)).state.fills.map(({ status }) => status);

describe('a rebill of a paid fill is answered with', () => {
  test.each<[string, string, Partial<Omit<BillingClaim, 'transactionCode'>>, Given?]>([
    ['P', 'it corrects the prescriber', OTHER_PRESCRIBER],
    ['P', 'it corrects the product, which is no check here', { ndc: NDC.wegovy17 }],
    ['D', 'it corrects nothing', {}],
    ['76', 'its new billing is refused', TWO_PACKAGES],
    ['31', 'the pharmacy is another', { serviceProviderId: '1999999992' as ServiceProviderId }],
    [
      '31',
      'the prescription is another',
      { prescriptionServiceReferenceNumber: '1' as PrescriptionServiceReferenceNumber },
    ],
    ['31', 'the day is another', { dateOfService: day('2026-08-04'), receivedAt: noonOf('2026-08-04') }],
    ['31', 'the fill number is another', { fillNumber: 1 }],
    ['84', 'nothing matches and the policy says so', { fillNumber: 1 }, rules({ reversal: { noMatch: '84' } })],
    [
      '79',
      'nothing matches and it is judged as a billing',
      { fillNumber: 1 },
      rules({ rebill: { noOriginal: 'BILL' } }),
    ],
    ['01', 'its BIN is not ours', { binNumber: '015599' }],
    ['04', 'its PCN is not ours', { processorControlNumber: 'MEDDPRIME' }],
    ['1S', 'it is not offered', OTHER_PRESCRIBER, rules({ rebill: { offered: false } })],
    ['P', 'it is the 90th day, and still is in Samoa', { ...OTHER_PRESCRIBER, receivedAt: at('2026-11-02T10:59:59Z') }],
    ['30', 'the 91st day has begun in Samoa too', { ...OTHER_PRESCRIBER, receivedAt: at('2026-11-02T11:00:00Z') }],
    ['30', 'the window is over, although it corrects nothing', { receivedAt: noonOf('2026-11-02') }],
    [
      '30',
      'the window is over, whether it matches or not',
      { fillNumber: 1, receivedAt: noonOf('2026-11-02') },
      rules({ rebill: { noOriginal: 'BILL' } }),
    ],
    [
      '81',
      'the filing window is over before that for reversals',
      { ...OTHER_PRESCRIBER, receivedAt: noonOf('2026-09-03') },
      rules({ timeliness: { filingDays: 30 } }),
    ],
  ])('%s when %s', (...[expected, , changes, given]) => {
    expect(answers([paid, rebillOf(paid, changes)], given)).toBe(`P, ${expected}`);
  });

  test('a text of its own where there is nothing to rebill', () => {
    expect(adjudicate([rebillOf(paid)]).decisions[0]?.response).toMatchObject({
      rejects: [{ code: '31', edit: 'REBILL_MATCH', message: 'NO PAID CLAIM MATCHES THE REBILL. SEND B1' }],
    });
  });
});

describe('a rebill that is paid', () => {
  const correction = rebillOf(paid, { daysSupply: 30, receivedAt: noonOf('2026-08-05') });
  const { decisions, state } = adjudicate([paid, correction]);
  const [, rebilled] = decisions;

  test('takes the original back and pays a new life, and the answer names both', () => {
    const recordedAt = noonOf('2026-08-05');
    expect(rebilled?.response).toEqual({
      status: 'P',
      programme: BRIDGE,
      authorizationNumber: secondLife,
      pricing: state.fills[1]?.pricing,
      flags: [],
      rebillOf: firstLife,
      repriced: [],
      policyVersion: aContext().policy.version,
    });
    expect(rebilled?.events).toEqual([
      {
        type: 'ClaimReversed',
        recordedAt,
        fill: adjudicate([paid]).state.fills[0],
        reversedBy: correction.transmissionId,
      },
      { type: 'ClaimPaid', recordedAt, fill: state.fills[1] },
    ]);
    expect(state.fills).toMatchObject([
      { authorizationNumber: firstLife, status: 'REVERSED', rebillOf: null },
      { authorizationNumber: secondLife, status: 'PAID', daysSupply: 30, rebillOf: firstLife },
    ]);
  });

  test('leaves the totals of a fill that costs the same, and one accrual', () => {
    expect(state.accumulators).toEqual(adjudicate([paid]).state.accumulators);
    const rebates = rebateEvents(decisions.flatMap(({ events }) => events));
    expect(rebates.map(({ eventId, rebateAmount }) => [eventId, Money.toText(rebateAmount)])).toEqual([
      [`ACCRUAL:${firstLife}`, '1104.02'],
      [`REVERSAL:${firstLife}`, '-1104.02'],
      [`ACCRUAL:${secondLife}`, '1104.02'],
    ]);
  });

  test('is not too soon after its own original, and the next fill is judged by it', () => {
    // 28 days allow the next fill on the 21st day, 30 days on the 23rd.
    const next = (date: string) => aClaim({ dateOfService: day(date), fillNumber: 1 });
    expect(answers([paid, next('2026-08-24')])).toBe('P, P');
    expect(answers([paid, correction, next('2026-08-25')])).toBe('P, P, 79');
    expect(answers([paid, correction, next('2026-08-26')])).toBe('P, P, P');
  });

  test('is refused where it would make a later fill too soon', () => {
    const next = aClaim({ dateOfService: day('2026-08-24'), fillNumber: 1 });
    expect(answers([paid, next, { ...correction, receivedAt: noonOf('2026-08-24') }])).toBe('P, P, 79');
  });

  test('is priced by the policy of its day', () => {
    const before = adjudicate([paid]).state;
    const after = adjudicate([correction], aContext(rules({ cap: { amount: '35.00' } })), before).state;
    expect(after.accumulators).toMatchObject([{ period: '2026-08', amount: Money.of('35.00') }]);
  });
});

describe('a rebill whose new billing is refused', () => {
  const faulty = rebillOf(paid, NOT_COVERED);

  test('moves nothing by default: both halves or none', () => {
    const { decisions, state } = adjudicate([paid, faulty]);
    expect(decisions[1]).toMatchObject({ response: { status: 'R', rejects: [{ code: '70' }] }, events: [] });
    expect(decisions[1]?.response).not.toHaveProperty('rebillOf');
    expect(state).toEqual(adjudicate([paid]).state);
  });

  test('takes the original back where the policy says so, and tells which', () => {
    const { decisions, state } = adjudicate(
      [paid, faulty],
      aContext(rules({ rebill: { onReject: 'REVERSE_ORIGINAL' } })),
    );
    expect(decisions[1]?.response).toMatchObject({
      status: 'R',
      rejects: [{ code: '70' }],
      programme: BRIDGE,
      rebillOf: firstLife,
      repriced: [],
    });
    expect(decisions[1]?.events.map(({ type }) => type)).toEqual(['ClaimReversed']);
    expect(state.accumulators).toEqual([]);
    expect(state.fills).toMatchObject([{ status: 'REVERSED', reversedBy: faulty.transmissionId }]);
  });
});

describe('claims in turn are answered with', () => {
  const correction = rebillOf(paid, OTHER_PRESCRIBER);
  const resent = (claim: Claim): Claim => ({ ...claim, transmissionId: `${claim.transmissionId}-again` });
  const corrected = aClaim({ ...paid, ...OTHER_PRESCRIBER, transmissionId: 'corrected' });
  const takeBack = reversalOf(paid);
  const reversing = rules({ rebill: { onReject: 'REVERSE_ORIGINAL' } });
  const refused = rebillOf(paid, NOT_COVERED);
  const billed = rules({ rebill: { noOriginal: 'BILL' } });

  test.each<[string, string, readonly Claim[], readonly string[], Given?]>([
    ['P, P, D', 'a copy of the rebill', [paid, correction, correction], ['REVERSED', 'PAID']],
    ['P, P, D', 'the rebill sent again', [paid, correction, resent(correction)], ['REVERSED', 'PAID']],
    ['P, P, D', 'its content as a billing', [paid, correction, corrected], ['REVERSED', 'PAID']],
    ['P, P, D', 'a late copy of the first billing', [paid, correction, paid], ['REVERSED', 'PAID']],
    ['P, P, 83', 'the first billing sent again', [paid, correction, resent(paid)], ['REVERSED', 'PAID']],
    [
      'P, P, P',
      'a rebill that brings the first content back',
      [paid, correction, rebillOf(paid, { transmissionId: 'back' })],
      ['REVERSED', 'REVERSED', 'PAID'],
    ],
    ['P, P, A', 'a reversal of the rebilled fill', [paid, correction, takeBack], ['REVERSED', 'REVERSED']],
    [
      'P, P, A, D',
      'a late copy of a rebill that was taken back since',
      [paid, correction, takeBack, correction],
      ['REVERSED', 'REVERSED'],
    ],
    [
      'P, P, A, 31',
      'a new rebill of what was taken back',
      [paid, correction, takeBack, resent(correction)],
      ['REVERSED', 'REVERSED'],
    ],
    ['P, A, P, S', 'a late copy of an old reversal', [paid, takeBack, corrected, takeBack], ['REVERSED', 'PAID']],
    ['31, P', 'a rebill before its billing', [correction, paid], ['PAID']],
    ['P, 83', 'a rebill that is billed, and then its late original', [correction, paid], ['PAID'], billed],
    ['P, D', 'a rebill that is billed, and sent again', [correction, resent(correction)], ['PAID'], billed],
    ['P, 70, P', 'a refused rebill, and one that is right', [paid, refused, correction], ['REVERSED', 'PAID']],
    [
      'P, 70, 31',
      'a refused rebill that took the original back, and its copy',
      [paid, refused, refused],
      ['REVERSED'],
      reversing,
    ],
    [
      'P, 70, P, 31',
      'such a copy when the fill was billed again: it must not reach for the new life',
      [paid, refused, corrected, refused],
      ['REVERSED', 'PAID'],
      reversing,
    ],
  ])('%s: %s', (...[expected, , claims, standing, given]) => {
    expect(answers(claims, given)).toBe(expected);
    expect(lives(claims, given)).toEqual(standing);
  });

  test('the first answer of the rebill, to the letter, and nothing moves', () => {
    const { decisions, state } = adjudicate([paid, correction, resent(correction)]);
    expect(decisions[2]).toEqual({ response: { ...decisions[1]?.response, status: 'D' }, events: [] });
    expect(state).toEqual(adjudicate([paid, correction]).state);
  });

  test('no link where there was nothing to take back', () => {
    const { decisions } = adjudicate([correction], aContext(billed));
    expect(decisions[0]?.response).toMatchObject({ status: 'P', authorizationNumber: firstLife, rebillOf: null });
  });
});

describe('later fills that shared the cap with a rebilled one', () => {
  const first = aClaim({ dateOfService: day('2026-07-03') });
  const second = aClaim({ dateOfService: day('2026-07-24'), fillNumber: 1 });
  const received = { receivedAt: noonOf('2026-07-25') };
  const under = (scope: string, onReversal: string, rebill: object = {}) => ({
    cap: { scope, days: 30 },
    reversal: { onReversal },
    rebill,
  });
  const pays = (claims: readonly Claim[], changes: Parameters<typeof aPolicy>[0]) => {
    const { decisions, state } = adjudicate(claims, aContext({ policy: aPolicy(changes) }));
    const { response } = decisions.at(-1) ?? {};
    return {
      repriced:
        response && 'repriced' in response ? response.repriced.map(({ patientPayAfter }) => patientPayAfter) : [],
      fills: state.fills.map(({ status, pricing }) => `${status} ${Money.toText(pricing.patientPayAmount)}`),
    };
  };

  test.each(CAP_SCOPES.flatMap((scope) => ['KEEP', 'REPROCESS'].map((onReversal) => [scope, onReversal] as const)))(
    'stay as they are when the new fill costs the same: %s, %s',
    (scope, onReversal) => {
      const payOfSecond = scope === 'PER_FILL' ? '50.00' : '0.00';
      expect(
        pays([first, second, rebillOf(first, { ...OTHER_PRESCRIBER, ...received })], under(scope, onReversal)),
      ).toEqual({
        repriced: [],
        fills: ['REVERSED 50.00', 'PAID 50.00', `PAID ${payOfSecond}`],
      });
    },
  );

  const cheaper = rebillOf(first, { ...received, usualAndCustomaryCharge: Money.of('20.00') });

  test('are given the room that both halves leave, where the policy wants it', () => {
    expect(pays([first, second, cheaper], under('CALENDAR_MONTH', 'KEEP')).fills).toEqual([
      'REVERSED 50.00',
      'PAID 20.00',
      'PAID 0.00',
    ]);
    expect(pays([first, second, cheaper], under('CALENDAR_MONTH', 'REPROCESS'))).toEqual({
      repriced: [Money.of('30.00')],
      fills: ['REVERSED 50.00', 'PAID 20.00', 'PAID 30.00'],
    });
  });

  test('leave it less room than its original had, when they have used some since', () => {
    const cheap = { ...first, usualAndCustomaryCharge: Money.of('20.00') };
    const dearer = rebillOf(first, received);
    expect(pays([aClaim(cheap), second, dearer], under('CALENDAR_MONTH', 'REPROCESS'))).toEqual({
      repriced: [],
      fills: ['REVERSED 20.00', 'PAID 20.00', 'PAID 30.00'],
    });
  });

  test('are given all of it when the rebill is refused and the original is taken back', () => {
    const faulty = rebillOf(first, { ...received, ...NOT_COVERED });
    const reversing = under('CALENDAR_MONTH', 'REPROCESS', { onReject: 'REVERSE_ORIGINAL' });
    expect(pays([first, second, faulty], reversing)).toEqual({
      repriced: [Money.of('50.00')],
      fills: ['REVERSED 50.00', 'PAID 50.00'],
    });
  });

  test('are later still when the rebilled fill is taken back', () => {
    const correction = rebillOf(first, { ...received, ...OTHER_PRESCRIBER });
    const takeBack = reversalOf(first, received);
    expect(pays([first, second, correction, takeBack], under('SERVICE_PERIOD', 'REPROCESS'))).toEqual({
      repriced: [Money.of('50.00')],
      fills: ['REVERSED 50.00', 'REVERSED 50.00', 'PAID 50.00'],
    });
  });
});

test('a rebill for another drug needs an authorization for that one', () => {
  const zepbound = rebillOf(paid, { ndc: NDC.zepboundKwikPen5, quantityDispensed: Quantity.of('2.4') });
  expect(answers([paid, zepbound])).toBe('P, 75');
  const priorAuthorizations = [anAuthorization(), authorizationFor('ZEPBOUND')];
  expect(answers([paid, zepbound], { priorAuthorizations })).toBe('P, P');
});
