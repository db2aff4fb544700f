import { priorAuthorization } from './authorization-edits.ts';
import { duplicate, group, otherCoverage, primaryCoverage, unpaidCopay } from './claim-edits.ts';
import type { Edit, Stage } from './edit.ts';
import { cardholderId, dateOfBirth, enrolment, name, priorPartDGlp1 } from './eligibility-edits.ts';
import { age, coveredDrug, diagnosis, lifestyleSupport, productOnFile } from './product-edits.ts';
import { labeler, pharmacy, prescriber } from './provider-edits.ts';
import { refillsAuthorized, refillTooSoon } from './refill-edits.ts';
import type { Billing, Person } from './subject.ts';
import { daysSupply, dispensingStatus, quantity } from './supply-edits.ts';
import { postDated, timelyFiling } from './timeliness-edits.ts';

/** Who somebody is: asked of a billing and of an eligibility question (E1). */
const PERSON: readonly Edit<Person>[] = [
  { edit: 'CARDHOLDER_ID', codes: ['07', '52'], check: cardholderId },
  { edit: 'DATE_OF_BIRTH', codes: ['7D'], check: dateOfBirth },
  { edit: 'NAME', codes: ['62'], check: name },
  { edit: 'ENROLMENT', codes: ['65', '67', '69'], check: enrolment },
];

/** The edits of an eligibility question. */
export const ELIGIBILITY_SHEET: readonly Stage<Person>[] = [{ stage: 'ELIGIBILITY', edits: PERSON }];

/**
 * The edits of a billing, in the order in which they are asked (BIN, PCN and programme dates come before: see `route`).
 * A stage tells all of its rejects, at most five; the next stage is asked only about claims that survived.
 *
 * Timeliness stands before the duplicate, so that a fill older than the filing window is never looked for: it may be forgotten.
 */
export const PAYER_SHEET: readonly Stage<Billing>[] = [
  { stage: 'GROUP', edits: [{ edit: 'GROUP', codes: ['51'], check: group }] },
  {
    stage: 'TIMELINESS',
    edits: [
      { edit: 'POST_DATED', codes: ['82'], check: postDated },
      { edit: 'TIMELY_FILING', codes: ['81'], check: timelyFiling },
    ],
  },
  { stage: 'DUPLICATE', edits: [{ edit: 'DUPLICATE', codes: ['83'], check: duplicate }] },
  {
    stage: 'ELIGIBILITY',
    edits: [...PERSON, { edit: 'PRIOR_PART_D_GLP1', codes: ['41', '620'], check: priorPartDGlp1 }],
  },
  {
    stage: 'OTHER_COVERAGE',
    edits: [
      { edit: 'PRIMARY_COVERAGE', codes: ['41', '620', '621'], check: primaryCoverage },
      { edit: 'OTHER_COVERAGE', codes: ['7M'], check: otherCoverage },
    ],
  },
  { stage: 'PHARMACY', edits: [{ edit: 'PHARMACY', codes: ['827', '877', '40'], check: pharmacy }] },
  { stage: 'PRESCRIBER', edits: [{ edit: 'PRESCRIBER', codes: ['619', '71'], check: prescriber }] },
  {
    stage: 'PRODUCT',
    edits: [
      { edit: 'PRODUCT_ON_FILE', codes: ['54', '77'], check: productOnFile },
      { edit: 'LABELER', codes: ['AC'], check: labeler },
      { edit: 'COVERED_DRUG', codes: ['645', '70', '831'], check: coveredDrug },
    ],
  },
  {
    stage: 'CLINICAL',
    edits: [
      { edit: 'AGE', codes: ['60'], check: age },
      { edit: 'DIAGNOSIS', codes: ['80'], check: diagnosis },
      { edit: 'LIFESTYLE_SUPPORT', codes: [], check: lifestyleSupport },
    ],
  },
  {
    stage: 'PRIOR_AUTHORIZATION',
    edits: [{ edit: 'PRIOR_AUTHORIZATION', codes: ['75', '64', '3W', '3Y', 'PA'], check: priorAuthorization }],
  },
  { stage: 'DISPENSING', edits: [{ edit: 'DISPENSING_STATUS', codes: ['RK'], check: dispensingStatus }] },
  { stage: 'DAYS_SUPPLY', edits: [{ edit: 'DAYS_SUPPLY', codes: ['7X', '891', 'AG'], check: daysSupply }] },
  { stage: 'QUANTITY', edits: [{ edit: 'QUANTITY', codes: ['9E', '76'], check: quantity }] },
  {
    stage: 'REFILL',
    edits: [
      { edit: 'REFILLS_AUTHORIZED', codes: ['7W'], check: refillsAuthorized },
      { edit: 'REFILL_TOO_SOON', codes: ['79'], check: refillTooSoon },
    ],
  },
  { stage: 'COST_SHARE', edits: [{ edit: 'UNPAID_COPAY', codes: [], check: unpaidCopay }] },
];
