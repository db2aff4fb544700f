import { z } from 'zod';

import { DRUG_CLASSES } from '../../policy/cost-share-rules.ts';
import { AUTHORIZATION_SCOPES, CAP_SCOPES, PARTIAL_FILLS, type ProgrammeRules } from '../../policy/programme-rules.ts';
import type { CalendarDate } from '../../values/calendar-date.ts';
import { ROUNDINGS } from '../../values/money.ts';
import { count, datedOrDormant, days, money, note, parsed, priceList, programme } from './policy-values.ts';

const pattern = (text: string): RegExp | undefined => {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
};

/** Every number of days from one to another, for programmes that take any. */
const daysBetween = z
  .strictObject({ from: count, to: count })
  .transform(({ from, to }) => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index));

/** An entry without a first day is there to be read; nothing comes of it. */
export const awake = <Entry extends { readonly effective: CalendarDate | null }>(entries: readonly Entry[]) =>
  entries.flatMap(({ effective, ...entry }) => (effective === null ? [] : [{ ...entry, effective }]));

const rounding = z.enum(ROUNDINGS);
const percent = z.number().min(0).max(100);

const capped = z.strictObject({ note, kind: z.literal('CAPPED') });

const medicaidCopay = z.strictObject({
  note,
  kind: z.literal('MEDICAID_COPAY'),
  preferred: money,
  nonPreferred: money,
  federalMaximum: z.strictObject({
    preferred: money,
    nonPreferred: money,
    aboveFplPercent: count,
    sharePercent: percent,
  }),
  exemptGroups: z.array(z.string()),
  householdCeiling: z.enum(['APPLY', 'IGNORE']),
});

const shares = z.strictObject({ manufacturerPercent: percent, subsidyPercent: percent, reinsurancePercent: percent });

const partDPhases = z.strictObject({
  note,
  kind: z.literal('PART_D_PHASES'),
  deductible: money,
  coinsurancePercent: z.int().min(1).max(100),
  outOfPocketThreshold: money,
  shares: z.record(z.enum(DRUG_CLASSES), z.strictObject({ initial: shares, catastrophic: shares })),
  lowIncomeCopays: z
    .record(z.string(), z.strictObject({ generic: money, brand: money }).nullable())
    .transform(
      (levels) => new Map(Object.entries(levels).flatMap(([level, copays]) => (copays ? [[level, copays]] : []))),
    ),
  capAgainstDeductible: z.enum(['BEFORE', 'AFTER']),
  capAgainstOutOfPocket: z.enum(['BEFORE', 'AFTER']),
  capCountsToOutOfPocket: z.boolean(),
  capCountsToGrossCost: z.boolean(),
});

const formula = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('NET_PER_MONTH'), from: z.enum(['WAC', 'ALLOWED']), netPerMonth: money }),
  z.strictObject({ kind: z.literal('SUPPLEMENTAL'), netPrices: priceList }),
  z.strictObject({ kind: z.literal('BENCHMARK'), netPrices: priceList, benchmarks: priceList }),
  z.strictObject({ kind: z.literal('PHASE_SHARE') }),
  z.strictObject({ kind: z.literal('NONE'), why: z.string().min(1) }),
]);

const rebateRule = z.strictObject({
  ...datedOrDormant,
  model: programme,
  participants: z.array(z.enum(['STATE', 'LABELER'])),
  formula,
});

/** The rules of a programme; `note` stands for people wherever a block has one. */
export const rules = z.strictObject({
  groupIds: z.array(z.string()).nullable(),
  timeliness: z.strictObject({
    note,
    filingDays: days,
    firstUtcOffsetHours: z.int().min(-12).max(14),
    lastUtcOffsetHours: z.int().min(-12).max(14),
  }),
  eligibility: z.strictObject({
    note,
    cardholderIdPattern: parsed(pattern, 'a regular expression'),
    planTypes: z.array(z.string()).min(1),
    priorGlp1: z.strictObject({
      calendarYears: z.array(z.int()),
      rollingDays: days,
      reject: z.enum(['41', '620']),
    }),
  }),
  otherCoverage: z.strictObject({
    note,
    acceptedCodes: z.array(z.string()),
    coupon: z.enum(['IGNORE', 'REJECT']),
    reject: z.enum(['7M', '13']),
    primaryPlanTypes: z.array(z.string()),
    primaryReject: z.enum(['41', '620', '621']),
    managedCarePlanTypes: z.array(z.string()),
  }),
  participation: z.strictObject({
    note,
    unlistedPharmacy: z.enum(['ALLOW', 'REJECT']),
    unlistedPrescriber: z.enum(['ALLOW', 'REJECT']),
    organizationPrescriber: z.enum(['ALLOW', 'REJECT']),
    unlistedLabeler: z.enum(['ALLOW', 'REJECT']),
  }),
  clinical: z.strictObject({
    note,
    ageMin: z.int().min(0),
    labelAge: z.enum(['REQUIRE', 'IGNORE']),
    conflictingDiagnoses: z.array(z.string().min(1)),
    onConflict: z.enum(['REJECT', 'FLAG']),
    lifestyleDeclined: z.enum(['REJECT', 'FLAG']),
  }),
  priorAuthorization: z.strictObject({
    note,
    required: z.boolean(),
    scope: z.enum(AUTHORIZATION_SCOPES),
    otherDrug: z.enum(['75', '64']),
  }),
  partialFill: z.enum(PARTIAL_FILLS),
  supply: z.strictObject({
    note,
    daysAllowed: z.union([z.array(count).min(1), daysBetween]),
    daysBy: z.enum(['PROGRAMME', 'EACH_PRODUCT']),
    packagesPerMonth: count,
    overQuantity: z.enum(['76', '9G']),
    packageSplit: z.enum(['FLAG', 'REJECT']),
    monthlySupplies: z.array(z.strictObject({ daysMax: count, months: count })).min(1),
  }),
  refill: z.strictObject({
    note,
    thresholdPercent: z.int().min(0).max(100),
    countsOnHand: z.boolean(),
    doseChange: z.enum(['ALLOW', 'REJECT']),
    overrideCodes: z.array(z.string()),
  }),
  reimbursement: z.strictObject({
    note,
    basis: priceList,
    dispensingFee: money,
    rounding,
    usualAndCustomary: z.enum(['LOWEST', 'IGNORE']),
  }),
  costShare: z.discriminatedUnion('kind', [capped, medicaidCopay, partDPhases]),
  cap: z.strictObject({
    note,
    amount: money.nullable(),
    scope: z.enum(CAP_SCOPES),
    days: count,
    usualAndCustomary: z.enum(['MINIMUM', 'IGNORE']),
    prorateShort: z.enum(['NONE', 'BY_28_DAYS', 'BY_30_DAYS']),
    rounding,
    sharedWith: z.array(programme),
  }),
  rebates: z.array(rebateRule).transform(awake),
  rebateChoice: z.enum(['GREATEST', 'FIRST']),
  stock340B: z.enum(['NO_REBATE', 'REBATE']),
  reversal: z.strictObject({
    note,
    windowDays: days,
    noMatch: z.enum(['31', '84']),
    onReversal: z.enum(['KEEP', 'REPROCESS']),
  }),
  rebill: z.strictObject({
    note,
    offered: z.boolean(),
    onReject: z.enum(['KEEP_ORIGINAL', 'REVERSE_ORIGINAL']),
    noOriginal: z.enum(['REJECT', 'BILL']),
  }),
  memory: z.strictObject({ note, marginDays: days }),
}) satisfies z.ZodType<ProgrammeRules>;
