import { z } from 'zod';

import {
  CKD_STAGES,
  INTENDED_USES,
  MASH_FIBROSIS_STAGES,
  SLEEP_APNEA_SEVERITIES,
} from '../../claims/prior-authorization-request.ts';
import { CONDITIONS, type ClinicalCriteria } from '../../policy/clinical-criteria.ts';
import { Bmi } from '../../values/bmi.ts';
import { date, dated, days, drugFamily, note, parsed, programme } from './policy-values.ts';

/** An entry of the criteria of prior authorization. */
export const criteria = z.strictObject({
  ...dated,
  note,
  programme,
  drugFamilies: z.array(drugFamily).min(1),
  uses: z.array(z.enum(INTENDED_USES)).min(1),
  exclusions: z.array(z.enum(CONDITIONS)),
  partDGlp1: z.strictObject({ calendarYears: z.array(z.int()) }).nullable(),
  ageMin: z.int().min(0),
  lifestyle: z.strictObject({ unanswered: z.enum(['INCOMPLETE', 'DENY']) }).nullable(),
  tiers: z
    .array(
      z.strictObject({
        bmiMin: parsed(Bmi.parse, 'a body mass index written like 30.0'),
        conditions: z.array(z.enum(CONDITIONS)).min(1).nullable(),
      }),
    )
    .min(1),
  conditions: z.strictObject({
    SLEEP_APNEA: z.strictObject({ severities: z.array(z.enum(SLEEP_APNEA_SEVERITIES).exclude(['NONE'])) }),
    MASH: z.strictObject({ fibrosisStages: z.array(z.enum(MASH_FIBROSIS_STAGES).exclude(['NONE'])) }),
    UNCONTROLLED_HYPERTENSION: z.strictObject({
      systolicAbove: days,
      diastolicAbove: days,
      antihypertensivesMin: days,
    }),
    CHRONIC_KIDNEY_DISEASE: z.strictObject({ stages: z.array(z.enum(CKD_STAGES).exclude(['NONE'])) }),
  }),
  authorizedUntil: date.nullable(),
}) satisfies z.ZodType<ClinicalCriteria>;
