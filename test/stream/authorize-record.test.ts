import { describe, expect, test } from 'vitest';

import type { PriorAuthorizationRequest } from '../../src/claims/prior-authorization-request.ts';
import type { AuthorizationFile } from '../../src/policy/reference.ts';
import { EMPTY_FILE, fileRequest } from '../../src/stream/authorize-record.ts';
import { aPolicy, aRequest } from '../builders.ts';

type Stated = Partial<PriorAuthorizationRequest>;
const REFUSED: Stated = { patientAge: 131 };

/** What is on file after requests, one after the other. */
const after = (requests: readonly Stated[]): AuthorizationFile =>
  requests.reduce<AuthorizationFile>((file, stated) => fileRequest(aRequest(stated), file, aPolicy()).file, EMPTY_FILE);
const refusedIn = ({ refusals }: AuthorizationFile): readonly string[] => refusals.map(({ requestId }) => requestId);
const numbered = (count: number): readonly Stated[] =>
  Array.from({ length: count }, (_, index) => ({ ...REFUSED, requestId: `R${String(index + 1)}` }));

describe('on file after a refused request is', () => {
  test('what is wrong with it, and what was decided before', () => {
    expect(after([{ requestId: 'R1' }, { ...REFUSED, requestId: 'R2' }])).toMatchObject({
      authorizations: [{ requestId: 'R1', status: 'APPROVED' }],
      refusals: [{ requestId: 'R2', fields: ['patientAge'] }],
    });
  });

  test('what was wrong with it the last time', () => {
    expect(after([REFUSED, { binNumber: '999999' }]).refusals).toEqual([{ requestId: 'R1', fields: ['binNumber'] }]);
  });

  test('no refusal any more once it was sent again in order', () => {
    expect(after([REFUSED, { ...REFUSED, requestId: 'R2' }, { requestId: 'R1' }])).toMatchObject({
      authorizations: [{ requestId: 'R1' }],
      refusals: [{ requestId: 'R2' }],
    });
  });

  test('its decision, when a copy of a decided request is broken', () => {
    expect(after([{}, REFUSED])).toMatchObject({
      authorizations: [{ requestId: 'R1' }],
      refusals: [{ requestId: 'R1' }],
    });
  });
});

describe('the record of a member does not grow without end:', () => {
  test('twenty refusals are kept', () => {
    expect(refusedIn(after(numbered(20)))).toEqual(numbered(20).map(({ requestId }) => requestId));
  });

  test('of one more, the oldest is given up', () => {
    expect(refusedIn(after(numbered(21)))).toEqual(
      numbered(21)
        .map(({ requestId }) => requestId)
        .slice(1),
    );
  });

  test.each([
    ['of 64 characters is kept', 64],
    ['of one more is cut', 65],
  ])('an id %s', (_what, length) => {
    expect(refusedIn(after([{ ...REFUSED, requestId: 'x'.repeat(length) }]))).toEqual(['x'.repeat(64)]);
  });
});
