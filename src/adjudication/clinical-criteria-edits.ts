import type { PriorAuthorizationRequest } from '../claims/prior-authorization-request.ts';
import { CONDITIONS, type AuthorizationReason, type ClinicalCriteria } from '../policy/clinical-criteria.ts';
import { has } from './conditions.ts';

type Stated = PriorAuthorizationRequest;

/** A row: the reason it gives, and the rule by which it gives it. */
export type CriteriaEdit = {
  readonly reason: AuthorizationReason;
  readonly fails: (stated: Stated, criteria: ClinicalCriteria) => boolean;
};

/**
 * All rows are asked of every request. The pharmacy reads the first reason that denies, so those stand in front that
 * tell it which other payer to bill.
 */
export const CRITERIA_EDITS: readonly CriteriaEdit[] = [
  {
    reason: 'CARDIOVASCULAR_RISK',
    fails: (stated, criteria) => isForHeart(stated) && !isForAccepted(stated, criteria),
  },
  { reason: 'OTHER_USE', fails: (stated, criteria) => !isForHeart(stated) && !isForAccepted(stated, criteria) },
  ...CONDITIONS.map((condition): CriteriaEdit => ({
    reason: condition,
    fails: (stated, { exclusions, conditions }) => exclusions.includes(condition) && has(stated, condition, conditions),
  })),
  {
    reason: 'PART_D_GLP1',
    fails: ({ currentPartDGlp1, partDGlp1Years }, { partDGlp1 }) =>
      partDGlp1 !== null && (currentPartDGlp1 || partDGlp1Years.some((year) => partDGlp1.calendarYears.includes(year))),
  },
  { reason: 'DRUG_NOT_COVERED', fails: ({ drugFamily }, { drugFamilies }) => !drugFamilies.includes(drugFamily) },
  { reason: 'UNDER_AGE', fails: ({ patientAge }, { ageMin }) => patientAge < ageMin },
  {
    reason: 'LIFESTYLE_NOT_CERTIFIED',
    fails: ({ lifestyleProgram }, { lifestyle }) =>
      lifestyle !== null &&
      (lifestyleProgram === false || (lifestyleProgram === null && lifestyle.unanswered === 'DENY')),
  },
  {
    reason: 'LIFESTYLE_UNANSWERED',
    fails: ({ lifestyleProgram }, { lifestyle }) => lifestyleProgram === null && lifestyle?.unanswered === 'INCOMPLETE',
  },
  { reason: 'BMI_BELOW_MINIMUM', fails: (stated, criteria) => tiersReached(stated, criteria).length === 0 },
  {
    reason: 'NO_QUALIFYING_CONDITION',
    fails: (stated, criteria) => {
      const reached = tiersReached(stated, criteria);
      return reached.length > 0 && !reached.some(({ conditions }) => qualifies(stated, conditions, criteria));
    },
  },
];

const isForHeart = ({ intendedUse }: Stated): boolean => intendedUse === 'CARDIOVASCULAR_RISK_REDUCTION';

const isForAccepted = ({ intendedUse }: Stated, { uses }: ClinicalCriteria): boolean => uses.includes(intendedUse);

type Tier = ClinicalCriteria['tiers'][number];

/** A tier has no upper bound: a body mass index of 36 reaches those of 27 and 30 too. */
const tiersReached = ({ bmiAtInitiation }: Stated, { tiers }: ClinicalCriteria): readonly Tier[] =>
  tiers.filter(({ bmiMin }) => bmiAtInitiation >= bmiMin);

const qualifies = (stated: Stated, conditions: Tier['conditions'], criteria: ClinicalCriteria): boolean =>
  conditions === null || conditions.some((condition) => has(stated, condition, criteria.conditions));
