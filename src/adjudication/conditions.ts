import type { PriorAuthorizationRequest } from '../claims/prior-authorization-request.ts';
import type { Condition, ConditionParameters } from '../policy/clinical-criteria.ts';
import type { CriteriaKey } from '../policy/criteria-keys.ts';

/** A question of a request, by the name of its field; who asks it for whom is none. */
export type Stated = Exclude<
  keyof PriorAuthorizationRequest,
  'requestId' | 'receivedAt' | 'binNumber' | 'processorControlNumber' | 'cardholderId' | 'ndc'
>;

/** A condition: the questions that tell of it, the policy that says from where on it counts, and the rule. */
type Rule = {
  readonly looksAt: readonly Stated[];
  readonly decidedBy: readonly CriteriaKey[];
  readonly holds: (stated: PriorAuthorizationRequest, parameters: ConditionParameters) => boolean;
};

/** One that a patient has or has not. */
const plain = (name: Stated): Rule => ({ looksAt: [name], decidedBy: [], holds: (stated) => stated[name] === true });

export const CONDITION_RULES: Readonly<Record<Condition, Rule>> = {
  TYPE_2_DIABETES: plain('typeTwoDiabetes'),
  SLEEP_APNEA: {
    looksAt: ['sleepApnea'],
    decidedBy: ['criteria[].conditions[].severities'],
    holds: ({ sleepApnea }, { SLEEP_APNEA: { severities } }) => severities.includes(sleepApnea),
  },
  MASH: {
    looksAt: ['mashFibrosis'],
    decidedBy: ['criteria[].conditions[].fibrosisStages'],
    holds: ({ mashFibrosis }, { MASH: { fibrosisStages } }) => fibrosisStages.includes(mashFibrosis),
  },
  HEART_FAILURE_PRESERVED_EF: plain('heartFailurePreservedEf'),
  UNCONTROLLED_HYPERTENSION: {
    looksAt: ['bloodPressure'],
    decidedBy: [
      'criteria[].conditions[].systolicAbove',
      'criteria[].conditions[].diastolicAbove',
      'criteria[].conditions[].antihypertensivesMin',
    ],
    holds: ({ bloodPressure }, { UNCONTROLLED_HYPERTENSION: bound }) =>
      bloodPressure !== null &&
      bloodPressure.antihypertensivesTogether >= bound.antihypertensivesMin &&
      (bloodPressure.systolic > bound.systolicAbove || bloodPressure.diastolic > bound.diastolicAbove),
  },
  CHRONIC_KIDNEY_DISEASE: {
    looksAt: ['chronicKidneyDisease'],
    decidedBy: ['criteria[].conditions[].stages'],
    holds: ({ chronicKidneyDisease }, { CHRONIC_KIDNEY_DISEASE: { stages } }) => stages.includes(chronicKidneyDisease),
  },
  PREDIABETES: plain('prediabetes'),
  PRIOR_MYOCARDIAL_INFARCTION: plain('priorMyocardialInfarction'),
  PRIOR_STROKE: plain('priorStroke'),
  SYMPTOMATIC_ARTERY_DISEASE: plain('symptomaticArteryDisease'),
};

/** Whether the request states a condition in a degree that counts. */
export const has = (
  stated: PriorAuthorizationRequest,
  condition: Condition,
  parameters: ConditionParameters,
): boolean => CONDITION_RULES[condition].holds(stated, parameters);
