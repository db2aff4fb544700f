import { describe, expect, test } from 'vitest';

import { parsePolicyBundle } from '../../src/adapters/files/policy-bundle.ts';
import type { BillingClaim } from '../../src/claims/claim.ts';
import type { Ndc } from '../../src/claims/ids.ts';
import { aClaim, aCoverage, day, policyDocuments, type Given } from '../builders.ts';
import { answerTo, rows, rules, textOf } from './rows.ts';

const bornOn = (date: string): [Partial<BillingClaim>, Given] => [
  { patient: { ...aClaim().patient, dateOfBirth: day(date) } },
  { coverage: aCoverage({ dateOfBirth: day(date) }) },
];

/** The deployed policy with other dates on the cartons of Wegovy. */
function marketed(dates: object): Given {
  const documents = policyDocuments();
  const { products } = documents['products.json'] as { products: object[] };
  Object.assign(products[0] ?? {}, dates);
  return { policy: parsePolicyBundle(documents) };
}

/** The deployed policy with one more listing of the Bridge. */
function listed(listing: object): Given {
  const documents = policyDocuments();
  const { listings } = documents['covered-drugs.json'] as { listings: object[] };
  listings.push({ ...listings[0], reason: null, ...listing });
  return { policy: parsePolicyBundle(documents) };
}

const REPACKAGED = '50090582400';
const FLEXTOUCH = '00169491532';

describe('the product is answered with', () => {
  const ndc = (text: string) => ({ ndc: text as Ndc });
  rows(
    ['54', 'nobody knows the NDC', ndc('00169999999')],
    ['77', 'it is not made any more', {}, marketed({ terminated: '2026-08-02' })],
    ['P', 'it was made until that day', {}, marketed({ terminated: '2026-08-03' })],
    ['54', 'it was not known before that day', {}, marketed({ knownFrom: '2026-08-04' })],
    ['70', 'it is a single-dose pen of Zepbound', ndc('00002250680')],
    ['70', 'it is a vial', ndc('00002134004')],
    ['70', 'it is Ozempic', ndc('00169477212')],
    ['70', 'it is a sample', ndc('00169452594')],
    ['70', 'it is on file and not listed', ndc('00169491532')],
    ['645', 'it was packed again', ndc('50090582400')],
    ['70', 'it was packed again and the list says so', ndc(REPACKAGED), listed({ covered: false, ndcs: [REPACKAGED] })],
    [
      '54',
      'the list takes it for unknown',
      ndc(FLEXTOUCH),
      listed({ covered: false, reject: '54', ndcs: [FLEXTOUCH] }),
    ],
    [
      '645',
      'the list takes it for repackaged',
      ndc(FLEXTOUCH),
      listed({ covered: false, reject: '645', ndcs: [FLEXTOUCH] }),
    ],
    ['70', 'it is a compound with a listed NDC', { compoundCode: '2' }],
    ['60', 'the patient is 18 the day after', ...bornOn('2008-08-04')],
    ['P', 'the patient is 18 on the day', ...bornOn('2008-08-03')],
    ['80', 'a diagnosis says type 2 diabetes', { diagnosisCodes: ['E66813', 'E119'] }],
    ['P', 'a diagnosis says type 1 diabetes', { diagnosisCodes: ['E109'] }],
    [
      '60 80',
      'age and diagnosis are wrong',
      { ...bornOn('2015-01-01')[0], diagnosisCodes: ['E119'] },
      bornOn('2015-01-01')[1],
    ],
  );

  test.each([
    ['ZEPBOUND: KWIKPEN ONLY. NO SINGLE-DOSE PENS, NO VIALS', ndc('00002250680')],
    ['NOT COVERED HERE. FOR DIABETES BILL THE PART D PLAN', ndc('00169477212')],
    ['PRODUCT IS NOT ON THE COVERED DRUG LIST', ndc('00169491532')],
    ['COMPOUNDS ARE NOT COVERED', { compoundCode: '2' }],
  ])('the text "%s"', (text, claim) => {
    expect(textOf(claim)).toBe(text);
  });

  const declined: Given = {
    coverage: aCoverage({
      medicaid: { exemptGroups: [], incomePercentOfFpl: null, household: null, lifestyleSupport: 'DECLINED' },
    }),
  };

  test('P and a flag, or 70, when lifestyle support was declined', () => {
    expect(answerTo({}, declined).response).toMatchObject({ status: 'P', flags: ['LIFESTYLE_SUPPORT_DECLINED'] });
    expect(textOf({}, { ...declined, ...rules({ clinical: { lifestyleDeclined: 'REJECT' } }) })).toBe(
      'NOT COVERED: PATIENT HAS DECLINED THE LIFESTYLE SUPPORT OF THE MODEL',
    );
  });

  test('P and a flag when the policy lets a diagnosis pass', () => {
    const decision = answerTo({ diagnosisCodes: ['E119'] }, rules({ clinical: { onConflict: 'FLAG' } }));
    expect(decision.response).toMatchObject({ status: 'P', flags: ['DIAGNOSIS_CONFLICT'] });
  });
});
