import type { PriorAuthorizationRequest } from '../claims/prior-authorization-request.ts';
import { CONDITIONS, type AuthorizationReason, type ClinicalCriteria } from '../policy/clinical-criteria.ts';
import type { CriteriaKey } from '../policy/criteria-keys.ts';
import { CONDITION_RULES, has, type Stated } from './conditions.ts';

type Request = PriorAuthorizationRequest;

/** What a row looks at, and the policy that decides. */
type Grounds = { readonly looksAt: readonly Stated[]; readonly decidedBy: readonly CriteriaKey[] };

/** A row: the reason it gives, the grounds on which it may give it under these criteria, and the rule. */
export type CriteriaEdit = {
  readonly reason: AuthorizationReason;
  readonly grounds: (criteria: ClinicalCriteria) => Grounds;
  readonly fails: (stated: Request, criteria: ClinicalCriteria) => boolean;
};

const on =
  (looksAt: Grounds['looksAt'], ...decidedBy: Grounds['decidedBy']): CriteriaEdit['grounds'] =>
  () => ({ looksAt, decidedBy });

/**
 * All rows are asked of every request. The pharmacy reads the first reason that denies, so those stand in front that
 * tell it which other payer to bill.
 */
export const CRITERIA_EDITS: readonly CriteriaEdit[] = [
  {
    reason: 'CARDIOVASCULAR_RISK',
    grounds: on(['intendedUse'], 'criteria[].uses'),
    fails: (stated, criteria) => isForHeart(stated) && !isForAccepted(stated, criteria),
  },
  {
    reason: 'OTHER_USE',
    grounds: on(['intendedUse'], 'criteria[].uses'),
    fails: (stated, criteria) => !isForHeart(stated) && !isForAccepted(stated, criteria),
  },
  ...CONDITIONS.map((condition): CriteriaEdit => ({
    reason: condition,
    grounds: ({ exclusions }) => {
      const { looksAt, decidedBy } = CONDITION_RULES[condition];
      return exclusions.includes(condition)
        ? { looksAt, decidedBy: ['criteria[].exclusions', ...decidedBy] }
        : { looksAt: [], decidedBy: ['criteria[].exclusions'] };
    },
    fails: (stated, { exclusions, conditions }) => exclusions.includes(condition) && has(stated, condition, conditions),
  })),
  {
    reason: 'PART_D_GLP1',
    grounds: on(['currentPartDGlp1', 'partDGlp1Years'], 'criteria[].partDGlp1.calendarYears'),
    fails: ({ currentPartDGlp1, partDGlp1Years }, { partDGlp1 }) =>
      partDGlp1 !== null && (currentPartDGlp1 || partDGlp1Years.some((year) => partDGlp1.calendarYears.includes(year))),
  },
  {
    reason: 'DRUG_NOT_COVERED',
    grounds: on(['drugFamily'], 'criteria[].drugFamilies'),
    fails: ({ drugFamily }, { drugFamilies }) => !drugFamilies.includes(drugFamily),
  },
  {
    reason: 'UNDER_AGE',
    grounds: on(['patientAge'], 'criteria[].ageMin'),
    fails: ({ patientAge }, { ageMin }) => patientAge < ageMin,
  },
  {
    reason: 'LIFESTYLE_NOT_CERTIFIED',
    grounds: on(['lifestyleProgram'], 'criteria[].lifestyle.unanswered'),
    fails: ({ lifestyleProgram }, { lifestyle }) =>
      lifestyle !== null &&
      (lifestyleProgram === false || (lifestyleProgram === null && lifestyle.unanswered === 'DENY')),
  },
  {
    reason: 'LIFESTYLE_UNANSWERED',
    grounds: on(['lifestyleProgram'], 'criteria[].lifestyle.unanswered'),
    fails: ({ lifestyleProgram }, { lifestyle }) => lifestyleProgram === null && lifestyle?.unanswered === 'INCOMPLETE',
  },
  {
    reason: 'BMI_BELOW_MINIMUM',
    grounds: on(['bmiAtInitiation'], 'criteria[].tiers[].bmiMin'),
    fails: (stated, criteria) => tiersReached(stated, criteria).length === 0,
  },
  {
    reason: 'NO_QUALIFYING_CONDITION',
    grounds: ({ tiers }) => {
      const asked = CONDITIONS.filter((condition) => tiers.some(({ conditions }) => conditions?.includes(condition)));
      const rules = asked.map((condition) => CONDITION_RULES[condition]);
      return {
        looksAt: ['bmiAtInitiation', ...rules.flatMap(({ looksAt }) => looksAt)],
        decidedBy: [
          'criteria[].tiers[].bmiMin',
          'criteria[].tiers[].conditions',
          ...rules.flatMap(({ decidedBy }) => decidedBy),
        ],
      };
    },
    fails: (stated, criteria) => {
      const reached = tiersReached(stated, criteria);
      return reached.length > 0 && !reached.some(({ conditions }) => qualifies(stated, conditions, criteria));
    },
  },
];

const isForHeart = ({ intendedUse }: Request): boolean => intendedUse === 'CARDIOVASCULAR_RISK_REDUCTION';

const isForAccepted = ({ intendedUse }: Request, { uses }: ClinicalCriteria): boolean => uses.includes(intendedUse);

type Tier = ClinicalCriteria['tiers'][number];

/** A tier has no upper bound: a body mass index of 36 reaches those of 27 and 30 too. */
const tiersReached = ({ bmiAtInitiation }: Request, { tiers }: ClinicalCriteria): readonly Tier[] =>
  tiers.filter(({ bmiMin }) => bmiAtInitiation >= bmiMin);

const qualifies = (stated: Request, conditions: Tier['conditions'], criteria: ClinicalCriteria): boolean =>
  conditions === null || conditions.some((condition) => has(stated, condition, criteria.conditions));
