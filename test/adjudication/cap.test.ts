import { describe, expect, test } from 'vitest';

import type { PrescriptionServiceReferenceNumber } from '../../src/claims/ids.ts';
import { Money } from '../../src/values/money.ts';
import { aClaim, aContext, adjudicate, aPolicy, day, noonOf } from '../builders.ts';

/** What the patient pays for fills on these days, billed in this order on the last of them. */
function patientPays(cap: object, days: readonly string[], charges: readonly string[] = []): readonly string[] {
  const received = noonOf(days.toSorted().at(-1) ?? '');
  const fills = days.map((date, index) =>
    aClaim({
      dateOfService: day(date),
      receivedAt: received,
      prescriptionServiceReferenceNumber: String(index) as PrescriptionServiceReferenceNumber,
      usualAndCustomaryCharge: Money.of(charges[index] ?? '1399.99'),
    }),
  );
  const context = aContext({ policy: aPolicy({ cap, refill: { thresholdPercent: 0, countsOnHand: false } }) });
  return adjudicate(fills, context).state.fills.map(({ pricing }) => Money.toText(pricing.patientPayAmount));
}

const PAID = '50.00';
const FREE = '0.00';

describe('the patient pays', () => {
  test.each([
    ['for every fill', ['2026-07-03', '2026-07-31'], [PAID, PAID]],
    ['for every fill of one day', ['2026-07-03', '2026-07-03'], [PAID, PAID]],
  ])('%s with a cap per fill', (_why, days, pays) => {
    expect(patientPays({ scope: 'PER_FILL' }, days)).toEqual(pays);
  });

  test.each([
    ['once in a month', ['2026-07-03', '2026-07-31'], [PAID, FREE]],
    ['again in the next', ['2026-07-31', '2026-08-01'], [PAID, PAID]],
    ['by the day of the fill, not by that of the bill', ['2026-08-05', '2026-07-31', '2026-08-28'], [PAID, PAID, FREE]],
  ])('%s with a cap per calendar month', (_why, days, pays) => {
    expect(patientPays({ scope: 'CALENDAR_MONTH' }, days)).toEqual(pays);
  });

  test('what an earlier, cheaper fill of the month has left', () => {
    expect(patientPays({ scope: 'CALENDAR_MONTH' }, ['2026-07-03', '2026-07-31'], ['20.00'])).toEqual([
      '20.00',
      '30.00',
    ]);
  });

  test.each([
    ['nothing on the last day of a window', 30, ['2026-07-03', '2026-08-01'], [PAID, FREE]],
    ['again on the day after', 30, ['2026-07-03', '2026-08-02'], [PAID, PAID]],
    ['nothing on day 29 of 30', 30, ['2026-07-03', '2026-07-31'], [PAID, FREE]],
    ['again on day 29 of 28', 28, ['2026-07-03', '2026-07-31'], [PAID, PAID]],
    ['nothing late, in the window of a later fill', 30, ['2026-07-31', '2026-07-03'], [PAID, FREE]],
    ['late, a day before that window', 30, ['2026-08-02', '2026-07-03'], [PAID, PAID]],
  ])('%s with a cap per rolling %i days', (...[, days, dates, pays]) => {
    expect(patientPays({ scope: 'ROLLING_DAYS', days }, dates)).toEqual(pays);
  });

  test('no more late than the fuller of two windows has left', () => {
    const pays = patientPays(
      { scope: 'ROLLING_DAYS', days: 30 },
      ['2026-07-01', '2026-08-10', '2026-07-20'],
      ['20.00', '40.00'],
    );
    expect(pays).toEqual(['20.00', '40.00', '10.00']);
  });

  test.each([
    ['nothing on the last day of a period', ['2026-07-03', '2026-07-30'], [PAID, FREE]],
    ['again in the next period', ['2026-07-03', '2026-07-31'], [PAID, PAID]],
    ['once in a period that begins with no fill', ['2026-07-03', '2026-08-10', '2026-08-20'], [PAID, PAID, FREE]],
    ['late, before the first period', ['2026-07-31', '2026-07-30'], [PAID, PAID]],
  ])('%s with a cap per service period of 28 days', (_why, dates, pays) => {
    expect(patientPays({ scope: 'SERVICE_PERIOD', days: 28 }, dates)).toEqual(pays);
  });
});
