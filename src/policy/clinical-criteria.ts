import type { DrugFamily, ProgrammeId } from '../claims/ids.ts';
import type {
  CkdStage,
  IntendedUse,
  MashFibrosisStage,
  SleepApneaSeverity,
} from '../claims/prior-authorization-request.ts';
import type { Bmi } from '../values/bmi.ts';
import type { CalendarDate } from '../values/calendar-date.ts';
import type { Entry } from './dated.ts';

/** What a patient may have: a reason to authorize a drug in one programme and to deny it in another. */
export const CONDITIONS = [
  'TYPE_2_DIABETES',
  'SLEEP_APNEA',
  'MASH',
  'HEART_FAILURE_PRESERVED_EF',
  'UNCONTROLLED_HYPERTENSION',
  'CHRONIC_KIDNEY_DISEASE',
  'PREDIABETES',
  'PRIOR_MYOCARDIAL_INFARCTION',
  'PRIOR_STROKE',
  'SYMPTOMATIC_ARTERY_DISEASE',
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** Where a condition that has degrees begins to count. */
export type ConditionParameters = {
  readonly SLEEP_APNEA: { readonly severities: readonly SleepApneaSeverity[] };
  readonly MASH: { readonly fibrosisStages: readonly MashFibrosisStage[] };
  readonly UNCONTROLLED_HYPERTENSION: {
    /** One of the two has to be above its bound, which itself does not count. */
    readonly systolicAbove: number;
    readonly diastolicAbove: number;
    readonly antihypertensivesMin: number;
  };
  readonly CHRONIC_KIDNEY_DISEASE: { readonly stages: readonly CkdStage[] };
};

/** Whoever has this body mass index or more, and one of the conditions, is let through; null asks for no condition. */
export type Tier = { readonly bmiMin: Bmi; readonly conditions: readonly Condition[] | null };

/** By what a programme decides a prior authorization. */
export type ClinicalCriteria = Entry & {
  readonly programme: ProgrammeId;
  readonly drugFamilies: readonly DrugFamily[];
  readonly uses: readonly IntendedUse[];
  /** Deny whatever else is true. */
  readonly exclusions: readonly Condition[];
  /** A GLP-1 under Part D, now or in one of the years, denies; null does not ask. */
  readonly partDGlp1: { readonly calendarYears: readonly number[] } | null;
  readonly ageMin: number;
  /** What becomes of a request that does not say whether there is a lifestyle program; null does not ask. */
  readonly lifestyle: { readonly unanswered: 'INCOMPLETE' | 'DENY' } | null;
  /** One of them has to let the patient through. */
  readonly tiers: readonly Tier[];
  readonly conditions: ConditionParameters;
  /** Last day of an authorization; null is an open end. */
  readonly authorizedUntil: CalendarDate | null;
};

/** Why a request is denied, beside the conditions that exclude a patient. The policy has to bring a text for each (reject 3Y). */
export const DENIALS = [
  'CARDIOVASCULAR_RISK',
  'OTHER_USE',
  'PART_D_GLP1',
  'DRUG_NOT_COVERED',
  'UNDER_AGE',
  'LIFESTYLE_NOT_CERTIFIED',
  'BMI_BELOW_MINIMUM',
  'NO_QUALIFYING_CONDITION',
] as const;

/** Why a request is not approved; LIFESTYLE_UNANSWERED can still be mended. */
export type AuthorizationReason = (typeof DENIALS)[number] | Condition | 'LIFESTYLE_UNANSWERED';
