import type { PriorAuthorizationRequest } from '../claims/prior-authorization-request.ts';
import type { Condition, ConditionParameters } from '../policy/clinical-criteria.ts';

type Rule = (stated: PriorAuthorizationRequest, parameters: ConditionParameters) => boolean;

const RULES = {
  TYPE_2_DIABETES: ({ typeTwoDiabetes }) => typeTwoDiabetes,
  SLEEP_APNEA: ({ sleepApnea }, { SLEEP_APNEA: { severities } }) => severities.includes(sleepApnea),
  MASH: ({ mashFibrosis }, { MASH: { fibrosisStages } }) => fibrosisStages.includes(mashFibrosis),
  HEART_FAILURE_PRESERVED_EF: ({ heartFailurePreservedEf }) => heartFailurePreservedEf,
  UNCONTROLLED_HYPERTENSION: ({ bloodPressure }, { UNCONTROLLED_HYPERTENSION: bound }) =>
    bloodPressure !== null &&
    bloodPressure.antihypertensivesTogether >= bound.antihypertensivesMin &&
    (bloodPressure.systolic > bound.systolicAbove || bloodPressure.diastolic > bound.diastolicAbove),
  CHRONIC_KIDNEY_DISEASE: ({ chronicKidneyDisease }, { CHRONIC_KIDNEY_DISEASE: { stages } }) =>
    stages.includes(chronicKidneyDisease),
  PREDIABETES: ({ prediabetes }) => prediabetes,
  PRIOR_MYOCARDIAL_INFARCTION: ({ priorMyocardialInfarction }) => priorMyocardialInfarction,
  PRIOR_STROKE: ({ priorStroke }) => priorStroke,
  SYMPTOMATIC_ARTERY_DISEASE: ({ symptomaticArteryDisease }) => symptomaticArteryDisease,
} as const satisfies Record<Condition, Rule>;

/** Whether the request states a condition in a degree that counts. */
export const has = (
  stated: PriorAuthorizationRequest,
  condition: Condition,
  parameters: ConditionParameters,
): boolean => RULES[condition](stated, parameters);
