import type { Bmi } from '../values/bmi.ts';
import type { Instant } from '../values/calendar-date.ts';
import type { CardholderId, DrugFamily, Ndc } from './ids.ts';

/** What the drug is prescribed for. */
export const INTENDED_USES = ['REDUCE_AND_MAINTAIN_WEIGHT', 'CARDIOVASCULAR_RISK_REDUCTION', 'OTHER'] as const;
export type IntendedUse = (typeof INTENDED_USES)[number];

/** Severity of obstructive sleep apnea. */
export const SLEEP_APNEA_SEVERITIES = ['NONE', 'MILD', 'MODERATE', 'SEVERE'] as const;
export type SleepApneaSeverity = (typeof SLEEP_APNEA_SEVERITIES)[number];

/** Fibrosis stage of a steatohepatitis (MASH); F4 is cirrhosis, and NONE is a patient without MASH. */
export const MASH_FIBROSIS_STAGES = ['NONE', 'F0', 'F1', 'F2', 'F3', 'F4'] as const;
export type MashFibrosisStage = (typeof MASH_FIBROSIS_STAGES)[number];

/** Stage of chronic kidney disease; NONE is a patient without it. */
export const CKD_STAGES = ['NONE', '1', '2', '3A', '3B', '4', '5'] as const;
export type CkdStage = (typeof CKD_STAGES)[number];

/** Measured while the patient took so many antihypertensives together. */
export type BloodPressure = {
  readonly systolic: number;
  readonly diastolic: number;
  readonly antihypertensivesTogether: number;
};

/** What a prescriber states to get a drug authorized, every question answered. */
export type PriorAuthorizationRequest = {
  /** Of the prescriber's system: the same when the request is sent again, another when it is a new one. */
  readonly requestId: string;
  /** When the gateway received it: the only time that a decision knows. */
  readonly receivedAt: Instant;
  /** 101-A1, as on the claims that the authorization is for. */
  readonly binNumber: string;
  /** 104-A4 */
  readonly processorControlNumber: string;
  /** 302-C2: the only identity in a request. */
  readonly cardholderId: CardholderId;
  readonly drugFamily: DrugFamily;
  /** The one product that is asked for, where the payer is that strict. */
  readonly ndc: Ndc | null;
  /** In whole years. The claims bring a date of birth, which is compared with the member's record there. */
  readonly patientAge: number;
  readonly intendedUse: IntendedUse;
  /** When the therapy began: a patient who has lost weight under it is judged by the weight before. */
  readonly bmiAtInitiation: Bmi;
  /** Whether the prescriber certifies diet and activity beside the drug; null when nothing was said. */
  readonly lifestyleProgram: boolean | null;
  /** Whether Part D pays a GLP-1 now. */
  readonly currentPartDGlp1: boolean;
  /** Calendar years in which Part D paid a GLP-1. */
  readonly partDGlp1Years: readonly number[];
  readonly typeTwoDiabetes: boolean;
  readonly sleepApnea: SleepApneaSeverity;
  readonly mashFibrosis: MashFibrosisStage;
  /** Heart failure with preserved ejection fraction. */
  readonly heartFailurePreservedEf: boolean;
  /** Null for a patient whose blood pressure is no reason for the request. */
  readonly bloodPressure: BloodPressure | null;
  readonly chronicKidneyDisease: CkdStage;
  readonly prediabetes: boolean;
  readonly priorMyocardialInfarction: boolean;
  readonly priorStroke: boolean;
  /** Of the peripheral arteries, with symptoms. */
  readonly symptomaticArteryDisease: boolean;
};
