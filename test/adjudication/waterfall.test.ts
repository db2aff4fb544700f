import { describe, expect, test } from 'vitest';

import { initialMemberState, type MemberState } from '../../src/adjudication/state.ts';
import { explainDecision, type Trace } from '../../src/adjudication/trace.ts';
import type { BillingClaim, Claim } from '../../src/claims/claim.ts';
import type { CardholderId, DrugFamily, Ndc, ProgrammeId } from '../../src/claims/ids.ts';
import type { MedicaidStanding } from '../../src/policy/reference.ts';
import { Money } from '../../src/values/money.ts';
import { Quantity } from '../../src/values/quantity.ts';
import { parsePolicyBundle, patchVersions } from '../../src/adapters/files/policy-bundle.ts';
import {
  aClaim,
  aContext,
  aCoverage,
  adjudicate,
  anAuthorization,
  aParticipation,
  aPolicy,
  aQuestion,
  day,
  noonOf,
  policyDocuments,
  rebillOf,
  reversalOf,
  type Given,
} from '../builders.ts';

const traceOf = (claim: Claim, given: Given = {}, state: MemberState = initialMemberState): Trace =>
  explainDecision(claim, state, aContext(given)).trace;

/** `label amount` of every part, and what they come to. */
const textOf = ({ waterfall }: Pick<Trace, 'waterfall'>): readonly string[] =>
  waterfall.flatMap(({ parts, total }) => [
    ...parts.map(({ label, amount }) => `${label} ${Money.toText(amount)}`),
    `= ${total.label} ${Money.toText(total.amount)}`,
  ]);

const patientOf = ({ waterfall }: Trace): readonly string[] =>
  textOf({ waterfall: waterfall.filter(({ total }) => total.label.startsWith('the patient pays')) });

const refill = aClaim({ dateOfService: day('2026-08-14'), fillNumber: 1 });
const { state: afterOneFill } = adjudicate([aClaim()]);

describe('the waterfall goes', () => {
  test('from what was submitted to the three legs', () => {
    expect(textOf(traceOf(aClaim({ grossAmountDue: Money.of('1400.00') })))).toEqual([
      'gross amount due as submitted (430-DU) 1400.00',
      'more than the plan allows -40.98',
      '= allowed 1359.02',
      'ingredient cost paid (506-F6): WAC 1349.02 x 3.000 / 3.000 1349.02',
      'dispensing fee paid (507-F7) 10.00',
      '= allowed 1359.02',
      'allowed 1359.02',
      'no more than the cap: 50.00 -1309.02',
      '= the patient pays (505-F5) 50.00',
      'allowed 1359.02',
      'the patient pays (505-F5) -50.00',
      '= the pharmacy is paid (509-F9) 1309.02',
      'WAC of the units 1349.02',
      'net price that is guaranteed -245.00',
      '= the manufacturer owes, under MEDICARE_GLP1_BRIDGE 1104.02',
    ]);
  });

  test.each<[string, Parameters<typeof traceOf>, readonly string[]]>([
    [
      'the usual and customary charge',
      [aClaim({ usualAndCustomaryCharge: Money.of('35.00') })],
      [
        'allowed 1359.02',
        'no more than the cap: 50.00 -1309.02',
        'no more than the usual and customary charge (426-DQ): 35.00 -15.00',
        '= the patient pays (505-F5) 35.00',
      ],
    ],
    [
      'nothing, when no limit is lower',
      [aClaim(), { policy: aPolicy({ cap: { amount: '2000.00' } }) }],
      ['allowed 1359.02', '= the patient pays (505-F5) 1359.02'],
    ],
    [
      'what its month has left of the cap',
      [
        aClaim({ dateOfService: day('2026-08-31'), fillNumber: 1 }),
        { policy: aPolicy({ cap: { scope: 'CALENDAR_MONTH' } }) },
        afterOneFill,
      ],
      [
        'allowed 1359.02',
        'no more than the cap, less 50.00 used in its CALENDAR_MONTH: 0.00 -1359.02',
        '= the patient pays (505-F5) 0.00',
      ],
    ],
  ])('down from the allowed amount by %s', (_what, given, lines) => {
    expect(patientOf(traceOf(...given))).toEqual(lines);
  });

  test('through stock that owes nothing', () => {
    expect(textOf(traceOf(aClaim({ submissionClarificationCodes: ['20'] }))).slice(-2)).toEqual([
      'stock bought at the 340B price 0.00',
      '= the manufacturer owes 0.00',
    ]);
  });

  test('back for a fill that is taken back', () => {
    expect(textOf(traceOf(reversalOf(aClaim()), {}, afterOneFill))).toEqual([
      'the pharmacy gives back (509-F9) -1309.02',
      'the patient gets back (505-F5) -50.00',
      '= allowed -1359.02',
      'accrual that is taken back -1104.02',
      '= the manufacturer owes -1104.02',
    ]);
  });

  test('back and on again for a fill that is rebilled', () => {
    const rebill = rebillOf(aClaim(), { usualAndCustomaryCharge: Money.of('35.00') });
    const totals = traceOf(rebill, {}, afterOneFill).waterfall.map(({ total }) => Money.toText(total.amount));
    expect(totals).toEqual(['-1359.02', '-1104.02', '1359.02', '1359.02', '35.00', '1324.02', '1104.02']);
  });

  test('on to later fills that a reversal has made room for', () => {
    const policy = aPolicy({ cap: { scope: 'CALENDAR_MONTH' }, reversal: { onReversal: 'REPROCESS' } });
    const later = aClaim({ dateOfService: day('2026-08-31'), fillNumber: 1 });
    const { state } = adjudicate([aClaim(), later], aContext({ policy }));
    const reversal = reversalOf(aClaim(), { receivedAt: noonOf('2026-09-01') });
    expect(textOf(traceOf(reversal, { policy }, state)).slice(-3)).toEqual([
      'the patient paid 0.00',
      'room in the cap that a reversal has made 50.00',
      `= the patient pays for ${later.identityDigest}01 50.00`,
    ]);
  });

  test('nowhere for a claim that is rejected, a reversal that was made before, and a question', () => {
    const { state } = adjudicate([aClaim(), reversalOf(aClaim())]);
    const again = reversalOf(aClaim(), { transmissionId: 'again' });
    expect([traceOf(refill, {}, afterOneFill), traceOf(again, {}, state), traceOf(aQuestion())].map(textOf)).toEqual([
      [],
      [],
      [],
    ]);
  });
});

const ZZ = { binNumber: '999010', processorControlNumber: 'ZZFFS' };
const FFS = 'MEDICAID_ZZ_FFS' as ProgrammeId;

/** A package of Wegovy for a member of Medicaid, in a state that takes part in both models. */
const medicaidClaim = aClaim({
  ...ZZ,
  cardholderId: 'ZZ00012345' as CardholderId,
  dateOfService: day('2026-10-12'),
  ndc: '00169452514' as Ndc,
  quantityDispensed: Quantity.of('2'),
});
/** Another one, that the state does not prefer: at 1008.00 with the fee. */
const notPreferred = aClaim({
  ...medicaidClaim,
  ndc: '00169430330' as Ndc,
  quantityDispensed: Quantity.of('30'),
  unitOfMeasure: 'EA',
  daysSupply: 30,
});
const standing = (changes: Partial<MedicaidStanding>): Given => ({
  coverage: aCoverage({
    enrolments: [{ planType: 'MEDICAID_FFS', effective: day('2026-01-01'), terminated: null }],
    medicaid: { exemptGroups: [], incomePercentOfFpl: 120, household: null, lifestyleSupport: null, ...changes },
  }),
  parties: ['BALANCE_MEDICAID', 'GENEROUS', FFS].flatMap((model) => [
    aParticipation({ model: model as ProgrammeId, participantType: 'LABELER', participantId: '00169' }),
    aParticipation({ model: model as ProgrammeId, participantType: 'STATE', participantId: 'ZZ' }),
  ]),
  priorAuthorizations: ['WEGOVY', 'RYBELSUS'].map((family) =>
    anAuthorization({ programme: FFS, drugFamily: family as DrugFamily }),
  ),
});

const partDClaim: Partial<BillingClaim> = {
  binNumber: '999020',
  processorControlNumber: 'PARTDSTD',
  ndc: '00169413013' as Ndc,
  quantityDispensed: Quantity.of('3'),
};

describe('under Medicaid it goes down from the copay of the state by', () => {
  const dearer = parsePolicyBundle(
    patchVersions(policyDocuments(), ZZ, { rules: { costShare: { nonPreferred: '300.00' } } }),
  );
  const ceiling: MedicaidStanding['household'] = {
    amount: Money.of('5.00'),
    period: 'MONTH',
    spentByOthers: [{ period: '2026-10', amount: Money.of('2.00') }],
  };

  test.each<[string, Parameters<typeof traceOf>, readonly string[]]>([
    [
      'the federal maximum, a share of the cost above 150 percent of the poverty level',
      [notPreferred, { ...standing({ incomePercentOfFpl: 160 }), policy: dearer }],
      [
        'copay of the state for a drug that is not preferred 300.00',
        'no more than the federal maximum: 201.60 -98.40',
        '= the patient pays (505-F5) 201.60',
      ],
    ],
    [
      'what the household has left',
      [medicaidClaim, standing({ household: ceiling })],
      [
        'copay of the state for a preferred drug 4.00',
        "no more than what is left of the household's ceiling: 3.00 -1.00",
        '= the patient pays (505-F5) 3.00',
      ],
    ],
    [
      'all of it for an exempt group',
      [medicaidClaim, standing({ exemptGroups: ['PREGNANT'] })],
      [
        'copay of the state for a preferred drug 4.00',
        'no more than nothing for an exempt group (PREGNANT): 0.00 -4.00',
        '= the patient pays (505-F5) 0.00',
      ],
    ],
  ])('%s', (_what, given, lines) => {
    expect(patientOf(traceOf(...given))).toEqual(lines);
  });

  test('to the greater of two rebates, by its formula', () => {
    expect(textOf(traceOf(medicaidClaim, standing({}))).slice(-4)).toEqual([
      'WAC of the units 1349.02',
      'their unit rebate amount (URA) -600.00',
      'their net price by BALANCE_NET -245.00',
      '= the manufacturer owes, under BALANCE_MEDICAID 504.02',
    ]);
  });
});

test('under the phases of Part D the parts of the patient, the payers and the discount of the manufacturer are told', () => {
  expect(textOf(traceOf(aClaim(partDClaim)))).toEqual([
    'gross amount due as submitted (430-DU) 1359.02',
    'more than the plan allows -159.02',
    '= allowed 1200.00',
    'ingredient cost paid (506-F6): PART_D_NEGOTIATED 1200.00 x 3.000 / 3.000 1200.00',
    'dispensing fee paid (507-F7) 0.00',
    '= allowed 1200.00',
    'deductible (517-FH): 615.00 is left of 615.00 615.00',
    'coinsurance (572-4U): 25 percent of the other 585.00 146.25',
    '= the patient pays (505-F5) 761.25',
    'allowed 1200.00',
    'the patient pays (505-F5) -761.25',
    '= the pharmacy is paid (509-F9) 438.75',
    'PLAN 380.25',
    'MANUFACTURER 58.50',
    '= the pharmacy is paid (509-F9) 438.75',
    'its share of the phases of the benefit 58.50',
    '= the manufacturer owes, under MANUFACTURER_DISCOUNT_PROGRAM 58.50',
  ]);
});

describe('under the phases of Part D the patient pays', () => {
  const PART_D = { binNumber: '999020', processorControlNumber: 'PARTDSTD' };
  const CAPPED: Given = {
    policy: parsePolicyBundle(patchVersions(policyDocuments(), PART_D, { rules: { cap: { amount: '50.00' } } })),
  };
  const before = (deductibleMet: string, outOfPocket: string, lowIncomeLevel: string | null = null): Given => ({
    coverage: aCoverage({
      partD: [
        { year: 2026, lowIncomeLevel, deductibleMet: Money.of(deductibleMet), outOfPocket: Money.of(outOfPocket) },
      ],
    }),
  });
  const mounjaro = { ndc: '00002150680' as Ndc, quantityDispensed: Quantity.of('2') };
  const insulin = { ndc: '00002751001' as Ndc, quantityDispensed: Quantity.of('30'), daysSupply: 90 };

  test.each<[string, Partial<BillingClaim>, Given, readonly string[]]>([
    [
      'what is left of the deductible, and 25 percent of the rest',
      {},
      before('500.00', '500.00'),
      [
        'deductible (517-FH): 115.00 is left of 615.00 115.00',
        'coinsurance (572-4U): 25 percent of the other 1085.00 271.25',
        '= the patient pays (505-F5) 386.25',
      ],
    ],
    [
      'no more than what is left of the threshold',
      mounjaro,
      before('615.00', '2000.00'),
      [
        'deductible (517-FH): 0.00 is left of 615.00 0.00',
        'coinsurance (572-4U): 25 percent of the other 1349.02 337.26',
        'no more than what is left of the threshold of 2100.00: 100.00 -237.26',
        '= the patient pays (505-F5) 100.00',
      ],
    ],
    [
      'no more than that of the deductible either',
      {},
      before('0.00', '2000.00'),
      [
        'deductible (517-FH): 615.00 is left of 615.00 615.00',
        'no more than what is left of the threshold of 2100.00: 100.00 -515.00',
        'coinsurance (572-4U): 25 percent of the other 1100.00 275.00',
        'no more than what is left of the threshold of 2100.00: 0.00 -275.00',
        '= the patient pays (505-F5) 100.00',
      ],
    ],
    [
      'no more than the cap of the product, for three months of insulin three times',
      insulin,
      before('0.00', '0.00'),
      [
        'deductible (517-FH): 0.00 is left of 615.00 0.00',
        'coinsurance (572-4U): 25 percent of the other 900.00 225.00',
        'no more than the cap of the product: 105.00 -120.00',
        '= the patient pays (505-F5) 105.00',
      ],
    ],
    [
      'no more than the cap of the programme, and then than the threshold',
      {},
      { ...before('0.00', '2080.00'), ...CAPPED },
      [
        'deductible (517-FH): 0.00 is left of 615.00 0.00',
        'coinsurance (572-4U): 25 percent of the other 1200.00 300.00',
        'no more than the cap of the programme: 50.00 -250.00',
        'no more than what is left of the threshold of 2100.00: 20.00 -30.00',
        '= the patient pays (505-F5) 20.00',
      ],
    ],
    [
      'no more than the copay of a low-income subsidy',
      {},
      before('0.00', '0.00', 'FULL'),
      [
        'deductible (517-FH): 0.00 is left of 615.00 0.00',
        'coinsurance (572-4U): 25 percent of the other 1200.00 300.00',
        'no more than the copay of the low-income subsidy (518-FI): 12.65 -287.35',
        '= the patient pays (505-F5) 12.65',
      ],
    ],
  ])('%s', (...[, claim, given, lines]) => {
    expect(patientOf(traceOf(aClaim({ ...partDClaim, ...claim }), given))).toEqual(lines);
  });
});
