import { describe, expect, test } from 'vitest';

import type { BillingClaim } from '../../src/claims/claim.ts';
import { at, day } from '../builders.ts';
import { rows, rules, textOf } from './rows.ts';

describe('the day of a claim is answered with', () => {
  const received = (dateOfService: string, receivedAt: string): Partial<BillingClaim> => ({
    dateOfService: day(dateOfService),
    receivedAt: at(receivedAt),
  });
  rows(
    ['67', 'the fill is of the day before the programme', { dateOfService: day('2026-06-30') }],
    ['P', 'it is of the first day', { dateOfService: day('2026-07-01') }],
    ['P', 'it is of the last day', { dateOfService: day('2027-12-31') }],
    ['69', 'it is of the day after the last', { dateOfService: day('2028-01-01') }],
    ['67', 'the programme was not known yet', received('2026-08-03', '2026-06-09T23:59:59Z')],
    ['P', 'the day has just begun in Guam', received('2026-08-03', '2026-08-02T14:00:00Z')],
    ['82', 'it begins in Guam a moment later', received('2026-08-03', '2026-08-02T13:59:59Z')],
    ['P', 'it is the 120th day after the fill, and still is in Samoa', received('2026-08-03', '2026-12-02T10:59:59Z')],
    ['81', 'the 121st day has begun in Samoa too', received('2026-08-03', '2026-12-02T11:00:00Z')],
    [
      '81',
      'the policy gives no day',
      received('2026-08-03', '2026-08-04T17:00:00Z'),
      rules({ timeliness: { filingDays: 0 } }),
    ],
  );

  test.each([
    ['THE PROGRAM DOES NOT PAY FILLS BEFORE ITS FIRST DAY', '2026-06-30'],
    ['THE PROGRAM HAS ENDED', '2028-01-01'],
  ])('the text "%s" for a fill of %s', (text, date) => {
    expect(textOf({ dateOfService: day(date) })).toBe(text);
  });
});
