import { describe, expect, test } from 'vitest';

import type { Finding } from '../../src/adjudication/edit.ts';
import { fillsMeantBy } from '../../src/adjudication/identity.ts';
import { PAYER_SHEET } from '../../src/adjudication/payer-sheet.ts';
import type { Rebilling } from '../../src/adjudication/rebill-edits.ts';
import type { Reversing } from '../../src/adjudication/reversal-edits.ts';
import { REBILL_SHEET, REVERSAL_SHEET } from '../../src/adjudication/reversal-sheet.ts';
import type { Looked, Row } from '../../src/adjudication/row.ts';
import { initialMemberState, type MemberState } from '../../src/adjudication/state.ts';
import { route, type Billing, type Route } from '../../src/adjudication/subject.ts';
import type { BillingClaim, Claim } from '../../src/claims/claim.ts';
import { ofNdc } from '../../src/policy/policy-bundle.ts';
import type { PolicyKey } from '../../src/policy/policy-keys.ts';
import { Quantity } from '../../src/values/quantity.ts';
import {
  aClaim,
  aContext,
  aCoverage,
  adjudicate,
  anAuthorization,
  aParticipation,
  aPolicy,
  day,
  NDC,
  rebillOf,
  reversalOf,
  type Given,
} from '../builders.ts';
import { watched } from './watched.ts';

type Heard = Set<Looked | PolicyKey>;
type Names = (path: string) => readonly (Looked | PolicyKey)[];

const IDENTITY: readonly Looked[] = [
  'binNumber',
  'processorControlNumber',
  'serviceProviderId',
  'prescriptionServiceReferenceNumber',
  'dateOfService',
  'fillNumber',
  'dispensingStatus',
];

const OF_THE_CLAIM: Readonly<Record<string, readonly Looked[]>> = {
  ndc: ['productServiceId'],
  identityDigest: IDENTITY,
  'patient.dateOfBirth': ['dateOfBirth'],
  'patient.patientFirstName': ['patientFirstName'],
  'patient.patientLastName': ['patientLastName'],
};
const claimNames: Names = (path) => OF_THE_CLAIM[path] ?? [path as Looked];
/** Dates of an entry are how it is found, and not what it says. */
const ruleNames: Names = (path) => (/\.(effective|terminated|knownFrom)$/.test(path) ? [] : [path as PolicyKey]);
const whenNames: Names = (path) => [path === 'knownOn' ? 'receivedAt' : 'dateOfService'];
const productNames: Names = (path) =>
  ['ndc', 'packageQuantity'].includes(path)
    ? [`products[].packages[].${path}` as PolicyKey]
    : [`products[].${path}` as PolicyKey];
const coverageNames: Names = (path) => {
  if (path.startsWith('enrolments')) return ['coverage: enrolments'];
  if (path.startsWith('partDGlp1')) return ['coverage: GLP-1 fills under Part D'];
  if (path === 'medicaid.incomePercentOfFpl') return ['coverage: income'];
  if (path === 'medicaid.lifestyleSupport') return ['coverage: lifestyle support'];
  if (path === 'dateOfBirth') return ['coverage: birth date'];
  return /^(first|last)Name$/.test(path) ? ['coverage: names'] : [];
};
const listingNames: Names = (path) =>
  ['covered', 'reject', 'reason', 'model', 'carvedOut'].includes(path) ? [`listings[].${path}` as PolicyKey] : [];
/** Of a product that an authorization names. */
const formNames: Names = (path) => (path.endsWith('dosageForm') ? ['products[].dosageForm'] : []);
const always =
  (name: Looked | PolicyKey): Names =>
  () => [name];

const watcher =
  (heard: Heard) =>
  <T>(value: T, names: Names): T =>
    watched(value, (path) => {
      for (const name of names(path)) heard.add(name);
    });

/** A record under the programme is about one of its parties, one under another name about a model. */
function partyNamed(key: string, programme: string): Looked {
  const [model, party = ''] = key.split('|');
  if (model !== programme) return 'participation: models';
  if (party.startsWith('LABELER')) return 'participation: labeler';
  return party.startsWith('PHARMACY') ? 'participation: pharmacy' : 'participation: prescriber';
}

/** A map of which only `get` is used. */
const mapOf = (get: (key: string) => unknown) => ({ get }) as unknown as ReadonlyMap<never, never>;

type Asked = { readonly claim: Claim; readonly given: Given; readonly state: MemberState };

function watchedBilling({ claim, given, state }: Asked & { readonly claim: BillingClaim }, heard: Heard): Billing {
  const context = aContext(given);
  const routed = routeOf(claim, given);
  const watch = watcher(heard);
  return {
    ...routed,
    claim: watch(claim, claimNames),
    rules: watch(routed.rules, ruleNames),
    when: watch(routed.when, whenNames),
    state: watch(state, always('accounts: fills')),
    context: {
      policy: {
        ...context.policy,
        products: mapOf((ndc) => {
          heard.add('products[].packages[].ndc');
          return watch(context.policy.products.get(ndc as never), formNames);
        }),
      },
      coverage: watch(context.coverage, coverageNames),
      priorAuthorizations: watch(context.priorAuthorizations, always('prior authorizations')),
      participation: mapOf((key) => {
        heard.add(partyNamed(key, routed.programme.id));
        return context.participation.get(key);
      }),
    },
    get product() {
      heard.add('productServiceId');
      return watch(ofNdc(context.policy.products, claim.ndc, routed.when), productNames);
    },
    get listing() {
      for (const name of ['productServiceId', 'dateOfService', 'receivedAt'] as const) heard.add(name);
      return watch(ofNdc(routed.programme.listings, claim.ndc, routed.when), listingNames);
    },
  };
}

function watchedReversal({ claim, given, state }: Asked, heard: Heard): Reversing {
  if (claim.transactionCode !== 'B2') throw new Error('a reversal is asked the rows of a reversal');
  const routed = routeOf(claim, given);
  const watch = watcher(heard);
  const meant = fillsMeantBy(claim, routed.programme.id, state);
  return {
    ...routed,
    claim: watch(claim, claimNames),
    rules: watch(routed.rules, ruleNames),
    state: watch(state, always('accounts: fills')),
    meant: watch(meant, always('accounts: fills')),
  };
}

function watchedRebill({ claim, given, state }: Asked, heard: Heard): Rebilling {
  if (claim.transactionCode !== 'B3') throw new Error('a rebill is asked the rows of a rebill');
  const routed = routeOf(claim, given);
  const watch = watcher(heard);
  return {
    ...routed,
    claim: watch(claim, claimNames),
    rules: watch(routed.rules, ruleNames),
    state: watch(state, always('accounts: fills')),
  };
}

function routeOf(claim: Claim, given: Given): Route {
  const routed = route(claim, aContext(given).policy);
  if (routed.kind === 'REFUSAL') throw new Error('the claims of this test are routed');
  return routed;
}

const { state: afterOne } = adjudicate([aClaim()]);
const A_PART = {
  dispensingStatus: 'P',
  quantityDispensed: Quantity.of('1.5'),
  daysSupply: 14,
  quantityIntendedToBeDispensed: Quantity.of('3'),
  daysSupplyIntendedToBeDispensed: 28,
};
const ITS_COMPLETION = { ...A_PART, dispensingStatus: 'C', dateOfService: day('2026-08-05') };
const PARTIALS: Given = { policy: aPolicy({ partialFill: 'COPAY_ON_PARTIAL' }) };
const { state: afterPart } = adjudicate([aClaim(A_PART)], aContext(PARTIALS));
const { state: afterBoth } = adjudicate([aClaim(ITS_COMPLETION)], aContext(PARTIALS), afterPart);
const split = { ndc: NDC.wegovyTablet4, quantityDispensed: Quantity.of('28'), unitOfMeasure: 'EA' };
const MEDICAID = { exemptGroups: [], incomePercentOfFpl: 95, household: null, lifestyleSupport: null };
const E11 = { diagnosisCodes: ['E119'] };

/** Enough of them that every row looks at all that it may look at. */
const BILLINGS: readonly (readonly [Partial<BillingClaim>, Given?, MemberState?])[] = [
  [{}],
  [{}, { coverage: null }],
  [{}, {}, afterOne],
  [{ transmissionId: 'again' }, {}, afterOne],
  [{ groupId: 'G' }, { policy: aPolicy({ groupIds: ['G'] }) }],
  [{ otherCoverageCode: '8' }],
  [{ otherCoverageCode: '2' }],
  [{ quantityDispensed: Quantity.of('6') }],
  [{ ndc: '50090582400' as BillingClaim['ndc'] }],
  [{}, { policy: aPolicy({ otherCoverage: { managedCarePlanTypes: ['MA_PD_HMO'] } }) }],
  [{}, { coverage: aCoverage({ medicaid: { ...MEDICAID, lifestyleSupport: 'DECLINED' } }) }],
  [
    {},
    {
      policy: aPolicy({ priorAuthorization: { scope: 'DOSAGE_FORM' } }),
      priorAuthorizations: [anAuthorization({ ndc: NDC.wegovy17 })],
    },
  ],
  [{ ndc: '99999999999' as BillingClaim['ndc'] }],
  [{ ndc: '00002250680' as BillingClaim['ndc'] }],
  [{}, { coverage: aCoverage({ partDGlp1DatesOfService: [day('2025-08-02')] }) }],
  [{}, { parties: [aParticipation(), aParticipation({ participantType: 'PRESCRIBER', participantId: '1679576722' })] }],
  [{}, { parties: [aParticipation({ participantType: 'LABELER', participantId: '00169' })] }],
  [{}, { policy: aPolicy({ clinical: { labelAge: 'REQUIRE' } }) }],
  [{}, { coverage: aCoverage({ medicaid: MEDICAID }) }],
  [{}, { policy: aPolicy({ otherCoverage: { primaryPlanTypes: ['MA_PD_HMO'] } }) }],
  [{ binNumber: '999010', processorControlNumber: 'ZZFFS', dateOfService: day('2026-10-12') }],
  [E11],
  [{}, { priorAuthorizations: [anAuthorization({ drugFamily: 'ZEPBOUND' as never })] }],
  [{}, { policy: aPolicy({ priorAuthorization: { scope: 'NDC' } }) }],
  [split],
  [{ ...split, daysSupply: 30 }, { policy: aPolicy({ supply: { daysBy: 'EACH_PRODUCT', packageSplit: 'REJECT' } }) }],
  [{ fillNumber: 12 }],
  [{ dispensingStatus: 'P' }],
  [A_PART],
  [{ ...A_PART, dateOfService: day('2026-08-04') }, {}, afterPart],
  [ITS_COMPLETION, {}, afterPart],
  [
    { dateOfService: day('2026-08-10'), fillNumber: 1, ndc: NDC.wegovy05, submissionClarificationCodes: ['5'] },
    { policy: aPolicy({ refill: { doseChange: 'ALLOW' } }) },
    afterOne,
  ],
];

type Watched = Row & { readonly ask: (heard: Heard) => readonly (Finding | null)[] };

const BILLING_ROWS: readonly Watched[] = PAYER_SHEET.flatMap(({ edits }) => edits).map((row) => ({
  ...row,
  ask: (heard) =>
    BILLINGS.map(([changes, given = {}, state = initialMemberState]) =>
      row.check(watchedBilling({ claim: aClaim(changes), given, state }, heard)),
    ),
}));

const { state: reversed } = adjudicate([aClaim(), reversalOf(aClaim())]);
const REVERSAL_ROWS: readonly Watched[] = REVERSAL_SHEET.flatMap(({ edits }) => edits).map((row) => ({
  ...row,
  ask: (heard) =>
    [initialMemberState, afterOne, reversed, afterBoth].map((state) =>
      row.check(watchedReversal({ claim: reversalOf(aClaim()), given: {}, state }, heard)),
    ),
}));

const REBILL_ROWS: readonly Watched[] = REBILL_SHEET.flatMap(({ edits }) => edits).map((row) => ({
  ...row,
  ask: (heard) =>
    [initialMemberState, afterOne, reversed].flatMap((state) =>
      [rebillOf(aClaim()), rebillOf(aClaim(), { daysSupply: 30 })].map((claim) =>
        row.check(watchedRebill({ claim, given: {}, state }, heard)),
      ),
    ),
}));

/** What the test cannot hear: that there is a record at all, and how the fills of a reversal and the product of a claim were found. */
const UNHEARD: Readonly<Record<string, readonly (Looked | PolicyKey)[]>> = {
  CARDHOLDER_ID: ['coverage: member'],
  PRODUCT_ON_FILE: ['dateOfService', 'receivedAt'],
  REVERSAL_MATCH: ['serviceProviderId', 'prescriptionServiceReferenceNumber', 'fillNumber', 'dateOfService'],
};

describe('a row of a sheet says all that it looks at, and no more:', () => {
  test.each([...BILLING_ROWS, ...REVERSAL_ROWS, ...REBILL_ROWS])('$edit', ({ edit, ask, looksAt, decidedBy }) => {
    const heard: Heard = new Set(UNHEARD[edit]);
    ask(heard);
    expect([...heard].sort()).toEqual([...looksAt, ...decidedBy].sort());
  });
});
