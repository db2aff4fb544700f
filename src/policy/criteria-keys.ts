import { Bmi } from '../values/bmi.ts';
import type { ClinicalCriteria } from './clinical-criteria.ts';

const list = (words: readonly (string | number)[]): string => words.join(', ') || 'none';

/** The values of criteria as text, by their paths as `docs/policy.md` writes them; null where nothing is asked. */
const TEXTS = {
  'criteria[].drugFamilies': ({ drugFamilies }) => list(drugFamilies),
  'criteria[].uses': ({ uses }) => list(uses),
  'criteria[].exclusions': ({ exclusions }) => list(exclusions),
  'criteria[].partDGlp1.calendarYears': ({ partDGlp1 }) => partDGlp1 && list(partDGlp1.calendarYears),
  'criteria[].ageMin': ({ ageMin }) => String(ageMin),
  'criteria[].lifestyle.unanswered': ({ lifestyle }) => lifestyle && lifestyle.unanswered,
  'criteria[].tiers[].bmiMin': ({ tiers }) => list(tiers.map(({ bmiMin }) => Bmi.toText(bmiMin))),
  'criteria[].tiers[].conditions': ({ tiers }) =>
    tiers
      .map(
        ({ bmiMin, conditions }) => `${Bmi.toText(bmiMin)}: ${conditions === null ? 'none needed' : list(conditions)}`,
      )
      .join('; '),
  'criteria[].conditions[].severities': ({ conditions }) => list(conditions.SLEEP_APNEA.severities),
  'criteria[].conditions[].fibrosisStages': ({ conditions }) => list(conditions.MASH.fibrosisStages),
  'criteria[].conditions[].systolicAbove': ({ conditions }) =>
    String(conditions.UNCONTROLLED_HYPERTENSION.systolicAbove),
  'criteria[].conditions[].diastolicAbove': ({ conditions }) =>
    String(conditions.UNCONTROLLED_HYPERTENSION.diastolicAbove),
  'criteria[].conditions[].antihypertensivesMin': ({ conditions }) =>
    String(conditions.UNCONTROLLED_HYPERTENSION.antihypertensivesMin),
  'criteria[].conditions[].stages': ({ conditions }) => list(conditions.CHRONIC_KIDNEY_DISEASE.stages),
} as const satisfies Readonly<Record<string, (criteria: ClinicalCriteria) => string | null>>;

/** A value that a request for prior authorization is decided by. */
export type CriteriaKey = keyof typeof TEXTS;

export const criteriaText = (key: CriteriaKey, criteria: ClinicalCriteria): string | null => TEXTS[key](criteria);

/** What the bundle says of the criteria as a whole: their evidence, and what of it is our own choice. */
export const criteriaNote = (criteria: ClinicalCriteria): string | null =>
  // The notes of the documents are for people, so that the types of the rules do not know them.
  'note' in criteria && typeof criteria.note === 'string' ? criteria.note : null;
