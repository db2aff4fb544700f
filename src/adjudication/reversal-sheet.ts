import type { Stage } from './edit.ts';
import { reversedPart } from './partial-fill-edits.ts';
import { rebillMatch, rebillOffered, type Rebilling } from './rebill-edits.ts';
import { reversalMatch, reversalProduct, reversedBefore, type Reversing } from './reversal-edits.ts';
import type { Row } from './row.ts';
import { reversalWindow } from './timeliness-edits.ts';

/** The window of a reversal is that of a rebill. */
const WINDOW: Row = {
  edit: 'REVERSAL_WINDOW',
  codes: ['30'],
  looksAt: ['dateOfService', 'receivedAt'],
  decidedBy: ['reversal.windowDays', 'timeliness.lastUtcOffsetHours'],
};

/**
 * The edits of a reversal, one after the other. The window stands before the match: a fill outside of it may be forgotten, and the
 * answer must not depend on that.
 */
export const REVERSAL_SHEET: readonly Stage<Reversing>[] = [
  { stage: 'REVERSAL_WINDOW', edits: [{ ...WINDOW, check: reversalWindow }] },
  {
    stage: 'REVERSAL_MATCH',
    edits: [
      {
        edit: 'REVERSAL_MATCH',
        codes: ['17', '31', '84'],
        check: reversalMatch,
        looksAt: [
          'serviceProviderId',
          'prescriptionServiceReferenceNumber',
          'fillNumber',
          'dateOfService',
          'transmissionId',
          'accounts: fills',
        ],
        decidedBy: ['reversal.noMatch'],
      },
    ],
  },
  {
    stage: 'REVERSAL_PRODUCT',
    edits: [
      {
        edit: 'REVERSAL_PRODUCT',
        codes: ['84'],
        check: reversalProduct,
        looksAt: ['productServiceId', 'accounts: fills'],
        decidedBy: [],
      },
    ],
  },
  {
    stage: 'REVERSED_BEFORE',
    edits: [{ edit: 'REVERSED_BEFORE', codes: [], check: reversedBefore, looksAt: ['accounts: fills'], decidedBy: [] }],
  },
  {
    stage: 'REVERSED_PART',
    edits: [{ edit: 'REVERSED_PART', codes: ['RP'], check: reversedPart, looksAt: ['accounts: fills'], decidedBy: [] }],
  },
];

/** The edits of a rebill before its new billing is asked those of the payer sheet. */
export const REBILL_SHEET: readonly Stage<Rebilling>[] = [
  {
    stage: 'REBILL_OFFERED',
    edits: [
      { edit: 'REBILL_OFFERED', codes: ['1S'], check: rebillOffered, looksAt: [], decidedBy: ['rebill.offered'] },
    ],
  },
  { stage: 'REVERSAL_WINDOW', edits: [{ ...WINDOW, check: reversalWindow }] },
  {
    stage: 'REBILL_MATCH',
    edits: [
      {
        edit: 'REBILL_MATCH',
        codes: ['31', '84', 'RP'],
        check: rebillMatch,
        looksAt: [
          'binNumber',
          'processorControlNumber',
          'serviceProviderId',
          'prescriptionServiceReferenceNumber',
          'fillNumber',
          'dispensingStatus',
          'dateOfService',
          'contentDigest',
          'transmissionId',
          'accounts: fills',
        ],
        decidedBy: ['rebill.noOriginal', 'reversal.noMatch'],
      },
    ],
  },
];
