import type { DrugFamily } from '../claims/ids.ts';
import {
  CKD_STAGES,
  INTENDED_USES,
  MASH_FIBROSIS_STAGES,
  SLEEP_APNEA_SEVERITIES,
  type BloodPressure,
  type PriorAuthorizationRequest,
} from '../claims/prior-authorization-request.ts';
import type { Bmi } from '../values/bmi.ts';
import { Instant } from '../values/calendar-date.ts';
import { HEADER, INSURANCE, REVERSED_CLAIM } from './claim-fields.ts';
import { between, listOf, matching, upperText, type Parse } from './field-parsers.ts';
import type { BloodPressureRecord, PriorAuthorizationRequestRecord } from './records.ts';

/** A request whose every field is well formed, or the names of those that are not. */
export type ParsedRequest =
  | { readonly kind: 'request'; readonly request: PriorAuthorizationRequest }
  | { readonly kind: 'refused'; readonly fields: readonly string[] };

const word =
  <Word extends string>(words: readonly Word[]): Parse<string | null, Word> =>
  (sent) =>
    words.find((each) => each === upperText(sent));

/** A question that was left out is not answered with no. */
const answered: Parse<boolean | null, boolean> = (sent) => sent ?? undefined;

const pressure = between(20, 400);
const antihypertensives = between(0, 20);
const year = between(2006, 2099);

const bloodPressure: Parse<BloodPressureRecord | null, BloodPressure | null> = (sent) => {
  if (sent === null) return null;
  const [systolic, diastolic] = [pressure(sent.systolic), pressure(sent.diastolic)];
  const antihypertensivesTogether = antihypertensives(sent.antihypertensivesTogether);
  return systolic === undefined || diastolic === undefined || antihypertensivesTogether === undefined
    ? undefined
    : { systolic, diastolic, antihypertensivesTogether };
};

type Fields = {
  readonly [Name in keyof PriorAuthorizationRequest]: Parse<
    PriorAuthorizationRequestRecord[Name],
    PriorAuthorizationRequest[Name]
  >;
};

const FIELDS: Fields = {
  requestId: (sent) => (/^[!-~]{1,64}$/.test(sent) ? sent : undefined),
  receivedAt: (sent) => Instant.ofEpochMs(sent),
  binNumber: HEADER.binNumber.parse,
  processorControlNumber: HEADER.processorControlNumber.parse,
  cardholderId: INSURANCE.cardholderId.parse,
  drugFamily: matching<DrugFamily>(/^[A-Z0-9_]{1,40}$/),
  ndc: REVERSED_CLAIM.productServiceId.parse,
  patientAge: between(0, 130),
  intendedUse: word(INTENDED_USES),
  // From 10.0 to 260.0; what lies beyond is no body but a typing error, such as a missing decimal point.
  bmiAtInitiation: between<Bmi>(100, 2600),
  lifestyleProgram: (sent) => sent,
  currentPartDGlp1: answered,
  partDGlp1Years: (sent) => (sent === null ? undefined : listOf(year, 100)(sent)),
  typeTwoDiabetes: answered,
  sleepApnea: word(SLEEP_APNEA_SEVERITIES),
  mashFibrosis: word(MASH_FIBROSIS_STAGES),
  heartFailurePreservedEf: answered,
  bloodPressure,
  chronicKidneyDisease: word(CKD_STAGES),
  prediabetes: answered,
  priorMyocardialInfarction: answered,
  priorStroke: answered,
  symptomaticArteryDisease: answered,
};

/** Every field is read before the answer, so that a prescriber can mend all of them at once. */
export function readAuthorizationRequest(record: PriorAuthorizationRequestRecord): ParsedRequest {
  const read = Object.entries(FIELDS).map(([name, parse]) => {
    const sent = record[name as keyof PriorAuthorizationRequestRecord];
    return [name, (parse as Parse<unknown, unknown>)(sent)] as const;
  });
  const fields = read.filter(([, value]) => value === undefined).map(([name]) => name);
  return fields.length > 0
    ? { kind: 'refused', fields }
    : { kind: 'request', request: Object.fromEntries(read) as PriorAuthorizationRequest };
}
