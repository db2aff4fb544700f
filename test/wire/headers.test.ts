import { expect, test } from 'vitest';

import { outputHeaders } from '../../src/wire/headers.ts';

const output = {
  id: 'T-1:1',
  type: 'ClaimResponse',
  source: '/adjudicator',
  partition: 3,
  offset: 9_007_199_254_740_991,
  traceparent: undefined,
} as const;

test('the headers of an output are a CloudEvent in binary mode, with the position of its claim as decimal text', () => {
  expect(outputHeaders(output)).toEqual({
    ce_specversion: '1.0',
    ce_id: 'T-1:1',
    ce_type: 'rx.v1.ClaimResponse',
    ce_source: '/adjudicator',
    'rx.source.partition': '3',
    'rx.source.offset': '9007199254740991',
  });
});

test('the trace of the claim is passed on as it came', () => {
  const traceparent = Buffer.from('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
  expect(outputHeaders({ ...output, traceparent })['traceparent']).toBe(traceparent);
});
