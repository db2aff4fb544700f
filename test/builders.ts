import { readFileSync } from 'node:fs';

import type { JsonObject } from '../src/adapters/files/merge-patch.ts';
import { parsePolicyBundle, patchVersions, type RawPolicy } from '../src/adapters/files/policy-bundle.ts';
import { DOCUMENT_NAMES } from '../src/adapters/files/policy-documents.ts';
import type { Context } from '../src/adjudication/context.ts';
import { step } from '../src/adjudication/decide.ts';
import type { Decision } from '../src/adjudication/decision.ts';
import { initialMemberState, type MemberState } from '../src/adjudication/state.ts';
import type { BillingClaim, Claim, EligibilityClaim, RebillClaim, ReversalClaim } from '../src/claims/claim.ts';
import type {
  CardholderId,
  DrugFamily,
  Ndc,
  PrescriberId,
  PrescriptionServiceReferenceNumber,
  ProgrammeId,
  ServiceProviderId,
} from '../src/claims/ids.ts';
import type { PriorAuthorizationRequest } from '../src/claims/prior-authorization-request.ts';
import type { ClinicalCriteria } from '../src/policy/clinical-criteria.ts';
import { participationKey } from '../src/policy/participation-keys.ts';
import { criteriaAsOf, programmeOf, type PolicyBundle } from '../src/policy/policy-bundle.ts';
import type { Coverage, Participation, PriorAuthorization } from '../src/policy/reference.ts';
import { Bmi } from '../src/values/bmi.ts';
import { CalendarDate, Instant } from '../src/values/calendar-date.ts';
import { Money } from '../src/values/money.ts';
import { Quantity } from '../src/values/quantity.ts';
import { contentDigest, identityDigest } from '../src/wire/claim-digests.ts';

// Everything here is synthetic. The cardholder id is the specimen that CMS prints for the Medicare card, and nobody's.

export const day = CalendarDate.of;

/** Midday in the United States. */
export const noonOf = (date: CalendarDate | string): Instant =>
  Instant.ofEpochMs(CalendarDate.toEpochDay(day(date)) * 86_400_000 + 17 * 3_600_000);

/** An instant written with its zone. */
export function at(text: string): Instant {
  const instant = Instant.parse(text);
  if (instant === undefined) throw new Error('an instant is written in ISO 8601 with a zone');
  return instant;
}

export const BRIDGE = 'MEDICARE_GLP1_BRIDGE' as ProgrammeId;
export const PHARMACY = '1234567893' as ServiceProviderId;
export const PRESCRIBER = '1679576722' as PrescriberId;

/** Products of the covered list, with what one package holds. */
export const NDC = {
  wegovy025: '00169452514' as Ndc, // 2 ML
  wegovy05: '00169450514' as Ndc, // 2 ML
  wegovy17: '00169451714' as Ndc, // 3 ML
  wegovy24: '00169452414' as Ndc, // 3 ML
  wegovyTablet4: '00169440431' as Ndc, // 30 EA
  zepboundKwikPen5: '00002355511' as Ndc, // 2.4 ML
  foundayo9: '00002480331' as Ndc, // 30 EA
} as const;

/** The rules of the deployment, so that a change of policy that breaks an expectation is seen here. */
const RAW: RawPolicy = Object.fromEntries(
  DOCUMENT_NAMES.map((name) => [
    name,
    JSON.parse(readFileSync(new URL(`../deploy/policy/${name}`, import.meta.url), 'utf8')) as unknown,
  ]),
);

/** The documents of the deployed policy, for tests that spoil them. */
export const policyDocuments = (): RawPolicy => structuredClone(RAW);

export const BRIDGE_ROUTING = { binNumber: '028918', processorControlNumber: 'MEDDGLP1BR' };

/** The deployed policy with other rules of the Bridge where `rules` names some. */
export const aPolicy = (rules: JsonObject = {}): PolicyBundle =>
  parsePolicyBundle(patchVersions(RAW, BRIDGE_ROUTING, { rules }));

/** Rules under which a monthly supply shall cost this much net. */
export const netPerMonth = (amount: string) => ({
  rebates: [
    {
      model: BRIDGE,
      effective: '2026-07-01',
      terminated: null,
      knownFrom: '2026-06-10',
      source: 'SYNTHETIC',
      participants: [],
      formula: { kind: 'NET_PER_MONTH', from: 'WAC', netPerMonth: amount },
    },
  ],
});

const POLICY = aPolicy();

/** A fill of Wegovy 2.4 mg that everything lets through (S01 of the acceptance cases), received at midday of its date of service. */
export function aClaim(changes: Partial<BillingClaim> = {}): BillingClaim {
  const dateOfService = changes.dateOfService ?? day('2026-08-03');
  const claim: BillingClaim = {
    transactionCode: 'B1',
    transmissionId: `T-${dateOfService}`,
    receivedAt: noonOf(dateOfService),
    ...BRIDGE_ROUTING,
    groupId: null,
    serviceProviderId: PHARMACY,
    dateOfService,
    cardholderId: '1EG4TE5MK73' as CardholderId,
    patient: { dateOfBirth: day('1955-03-12'), patientFirstName: 'ROBERT', patientLastName: 'SPECIMEN' },
    prescriptionServiceReferenceNumber: '7001234' as PrescriptionServiceReferenceNumber,
    fillNumber: 0,
    ndc: NDC.wegovy24,
    quantityDispensed: Quantity.of('3'),
    daysSupply: 28,
    unitOfMeasure: 'ML',
    compoundCode: '1',
    datePrescriptionWritten: day('2026-07-06'),
    numberOfRefillsAuthorized: 11,
    submissionClarificationCodes: [],
    otherCoverageCode: null,
    dispensingStatus: null,
    quantityIntendedToBeDispensed: null,
    daysSupplyIntendedToBeDispensed: null,
    associatedPrescriptionServiceReferenceNumber: null,
    associatedPrescriptionServiceDate: null,
    prescriberId: PRESCRIBER,
    diagnosisCodes: ['E66813'],
    basisOfCostDetermination: '01',
    usualAndCustomaryCharge: Money.of('1399.99'),
    grossAmountDue: Money.of('1359.02'),
    identityDigest: '',
    contentDigest: '',
    ...changes,
  };
  return { ...claim, identityDigest: identityDigest(claim), contentDigest: contentDigest(claim) };
}

/** Takes a claim back on the day it was billed for, unless `changes` says otherwise. */
export const reversalOf = (claim: BillingClaim, changes: Partial<ReversalClaim> = {}): ReversalClaim => ({
  transactionCode: 'B2',
  transmissionId: `${claim.transmissionId}-reversed`,
  receivedAt: claim.receivedAt,
  binNumber: claim.binNumber,
  processorControlNumber: claim.processorControlNumber,
  groupId: null,
  serviceProviderId: claim.serviceProviderId,
  dateOfService: claim.dateOfService,
  prescriptionServiceReferenceNumber: claim.prescriptionServiceReferenceNumber,
  fillNumber: claim.fillNumber,
  ndc: claim.ndc,
  ...changes,
});

/** Rebills a claim on the day it was billed for, with what is corrected in `changes`. */
export const rebillOf = (
  claim: BillingClaim,
  changes: Partial<Omit<BillingClaim, 'transactionCode'>> = {},
): RebillClaim => ({
  ...aClaim({ ...claim, transmissionId: `${claim.transmissionId}-rebilled`, ...changes }),
  transactionCode: 'B3',
});

export function aQuestion(changes: Partial<EligibilityClaim> = {}): EligibilityClaim {
  const {
    transmissionId,
    receivedAt,
    binNumber,
    processorControlNumber,
    groupId,
    serviceProviderId,
    dateOfService,
    cardholderId,
    patient,
  } = aClaim();
  const header = {
    transmissionId,
    receivedAt,
    binNumber,
    processorControlNumber,
    groupId,
    serviceProviderId,
    dateOfService,
  };
  return { transactionCode: 'E1', ...header, cardholderId, patient, ...changes };
}

export const aCoverage = (changes: Partial<Coverage> = {}): Coverage => ({
  cardholderId: '1EG4TE5MK73' as CardholderId,
  firstName: 'Robert',
  lastName: 'Specimen',
  dateOfBirth: day('1955-03-12'),
  enrolments: [{ planType: 'MA_PD_HMO', effective: day('2026-01-01'), terminated: null }],
  partDGlp1DatesOfService: [],
  medicaid: null,
  partD: [],
  ...changes,
});

export const anAuthorization = (changes: Partial<PriorAuthorization> = {}): PriorAuthorization => ({
  programme: BRIDGE,
  kind: 'DRUG',
  status: 'APPROVED',
  drugFamily: 'WEGOVY' as DrugFamily,
  ndc: null,
  effective: day('2026-07-01'),
  terminated: day('2027-12-31'),
  reason: null,
  requestId: null,
  reasons: [],
  ...changes,
});

/** A request that the deployed criteria approve, received at midday of 2026-08-03. */
export const aRequest = (changes: Partial<PriorAuthorizationRequest> = {}): PriorAuthorizationRequest => ({
  requestId: 'R1',
  receivedAt: noonOf('2026-08-03'),
  binNumber: '028918',
  processorControlNumber: 'MEDDGLP1BR',
  cardholderId: '1EG4TE5MK73' as CardholderId,
  drugFamily: 'WEGOVY' as DrugFamily,
  ndc: null,
  patientAge: 71,
  intendedUse: 'REDUCE_AND_MAINTAIN_WEIGHT',
  bmiAtInitiation: Bmi.of('36.2'),
  lifestyleProgram: true,
  currentPartDGlp1: false,
  partDGlp1Years: [],
  typeTwoDiabetes: false,
  sleepApnea: 'NONE',
  mashFibrosis: 'NONE',
  heartFailurePreservedEf: false,
  bloodPressure: null,
  chronicKidneyDisease: 'NONE',
  prediabetes: false,
  priorMyocardialInfarction: false,
  priorStroke: false,
  symptomaticArteryDisease: false,
  ...changes,
});

/** The deployed criteria of the Bridge, with these changes. */
export function someCriteria(changes: Partial<ClinicalCriteria> = {}): ClinicalCriteria {
  const programme = programmeOf(POLICY, aRequest());
  const when = { dateOfService: day('2026-08-03'), knownOn: day('2026-08-03') };
  const criteria = programme && criteriaAsOf(programme, when);
  if (criteria === null) throw new Error('the deployed policy decides requests for the Bridge');
  return { ...criteria, ...changes };
}

export const authorizationFor = (family: string): PriorAuthorization =>
  anAuthorization({ drugFamily: family as DrugFamily });

export const aParticipation = (changes: Partial<Participation> = {}): Participation => ({
  model: BRIDGE,
  participantType: 'PHARMACY',
  participantId: PHARMACY,
  status: 'ACTIVE',
  effective: day('2026-01-01'),
  terminated: null,
  ...changes,
});

export type Given = Partial<Omit<Context, 'participation'>> & { readonly parties?: readonly Participation[] };

export const aContext = ({ parties = [], ...changes }: Given = {}): Context => ({
  policy: POLICY,
  coverage: aCoverage(),
  priorAuthorizations: [anAuthorization()],
  participation: new Map(parties.map((party) => [participationKey(party), party])),
  ...changes,
});

/** Adjudicates claims one after the other for one member. */
export function adjudicate(
  claims: readonly Claim[],
  context: Context = aContext(),
  state: MemberState = initialMemberState,
): { readonly decisions: readonly Decision[]; readonly state: MemberState } {
  const decisions: Decision[] = [];
  let current = state;
  for (const claim of claims) {
    const next = step(claim, current, context);
    decisions.push({ response: next.response, events: next.events });
    current = next.state;
  }
  return { decisions, state: current };
}

/** The codes of a refusal; none for any other answer. */
export const codesOf = ({ response }: Decision): readonly string[] =>
  response.status === 'R' ? response.rejects.map(({ code }) => code) : [];

/** An answer in a word: its status, or the codes of its rejects. */
export const wordOf = (decision: Decision): string => codesOf(decision).join(' ') || decision.response.status;
