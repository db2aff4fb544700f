import { describe, expect, test } from 'vitest';

import type { PrescriptionServiceReferenceNumber } from '../../src/claims/ids.ts';
import { Quantity } from '../../src/values/quantity.ts';
import {
  aClaim,
  aContext,
  adjudicate,
  anAuthorization,
  aPolicy,
  authorizationFor,
  day,
  NDC,
  reversalOf,
} from '../builders.ts';

const fillOn = (date: string, changes: Parameters<typeof aClaim>[0] = {}) =>
  aClaim({
    dateOfService: day(date),
    prescriptionServiceReferenceNumber: date.replaceAll('-', '') as PrescriptionServiceReferenceNumber,
    ...changes,
  });

/** The days of the fills that are remembered after these claims. */
const remembered = (claims: Parameters<typeof adjudicate>[0], context = aContext()): readonly string[] =>
  adjudicate(claims, context).state.fills.map(({ dateOfService }) => dateOfService);

// 120 days of filing, 31 for the scope of a cap and 90 of margin are 241 days, and the supply of FIRST lasts to 2026-07-30.
const FIRST = '2026-07-03';

describe('a fill is', () => {
  test('remembered while a claim that was received earlier may still meet its supply', () => {
    expect(remembered([fillOn(FIRST), fillOn('2027-03-28')])).toEqual([FIRST, '2027-03-28']);
  });

  test('forgotten on the day after', () => {
    const { decisions, state } = adjudicate([fillOn(FIRST), fillOn('2027-03-29')]);
    expect(state.fills.map(({ dateOfService }) => dateOfService)).toEqual(['2027-03-29']);
    expect(decisions[1]?.events[1]).toEqual({
      type: 'FillsForgotten',
      recordedAt: fillOn('2027-03-29').receivedAt,
      authorizationNumbers: [`${fillOn(FIRST).identityDigest}01`],
    });
  });

  test.each([
    ['remembered', '2027-03-01', [FIRST, '2027-03-01']],
    ['forgotten', '2027-03-02', ['2027-03-02']],
  ])('%s without regard to its supply when it was taken back, on %s', (_what, second, days) => {
    const first = fillOn(FIRST);
    expect(remembered([first, reversalOf(first), fillOn(second)])).toEqual(days);
  });

  test('forgotten with a reversal too', () => {
    const last = fillOn('2027-02-20');
    const takeBack = reversalOf(last, { receivedAt: fillOn('2027-03-29').receivedAt });
    expect(remembered([fillOn(FIRST), last, takeBack])).toEqual(['2027-02-20']);
  });

  test('remembered while its supply reaches into the fill after it', () => {
    const days = [
      FIRST,
      '2026-07-24',
      '2026-08-21',
      '2026-09-18',
      '2026-10-16',
      '2026-11-13',
      '2026-12-11',
      '2027-01-08',
      '2027-02-05',
      '2027-03-05',
      '2027-04-02',
      '2027-04-30',
    ];
    expect(remembered(days.map((date) => fillOn(date)))).toEqual(days);
  });

  test('forgotten as soon as a later one began with nothing on hand', () => {
    const days = [FIRST, '2026-07-24', '2026-09-01', '2026-09-29', '2027-05-01'];
    expect(remembered(days.map((date) => fillOn(date)))).toEqual(['2026-09-01', '2026-09-29', '2027-05-01']);
  });

  test('judged by its own drug', () => {
    const kwikPen = { ndc: NDC.zepboundKwikPen5, quantityDispensed: Quantity.of('2.4') };
    const context = aContext({ priorAuthorizations: [anAuthorization(), authorizationFor('ZEPBOUND')] });
    const claims = [fillOn(FIRST), fillOn('2026-07-04', kwikPen), fillOn('2027-03-29')];
    expect(remembered(claims, context)).toEqual(['2026-07-04', '2027-03-29']);
  });

  test('remembered for ever where periods are counted from the first', () => {
    const context = aContext({ policy: aPolicy({ cap: { scope: 'SERVICE_PERIOD' } }) });
    expect(remembered([fillOn(FIRST), fillOn('2027-06-01')], context)).toEqual([FIRST, '2027-06-01']);
  });

  test('remembered longer where a window is', () => {
    const context = aContext({ policy: aPolicy({ cap: { scope: 'ROLLING_DAYS', days: 60 } }) });
    expect(remembered([fillOn(FIRST), fillOn('2027-04-26')], context)).toHaveLength(2);
    expect(remembered([fillOn(FIRST), fillOn('2027-04-27')], context)).toHaveLength(1);
  });
});
