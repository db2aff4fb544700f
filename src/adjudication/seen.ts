import type { BillingClaim, Claim, EligibilityClaim, ReversalClaim } from '../claims/claim.ts';
import { labelerOf, modelKeys, participationKey } from '../policy/participation-keys.ts';
import type { ParticipantType, Participation, PriorAuthorization } from '../policy/reference.ts';
import { CalendarDate, Instant } from '../values/calendar-date.ts';
import { Quantity } from '../values/quantity.ts';
import { spanText, type AppliedPolicy } from './applied-policy.ts';
import type { Context } from './context.ts';
import type { Looked } from './row.ts';
import type { Fill, MemberState } from './state.ts';

/** All that edits can look at. */
export type Sight = {
  readonly claim: Claim;
  readonly state: MemberState;
  readonly context: Context;
  readonly applied: AppliedPolicy;
};

/** A transaction that bills something. */
type Billed = Extract<Claim, { readonly prescriberId: unknown }>;

/** Stands for a value that is there and would name a person or their prescription: a trace is read and passed on. */
const WITHHELD = '***';

/** What an edit saw there, as text that may be shown; null where there was nothing. */
export const seenText = (looked: Looked, sight: Sight): string | null => TEXTS[looked](sight);

type Field = keyof BillingClaim | keyof ReversalClaim | keyof EligibilityClaim;

/** A field that the transaction does not have reads like one that was not sent. */
const sent =
  (name: Field, text: (value: never) => string | null = String) =>
  ({ claim }: Sight): string | null => {
    const value = (claim as { readonly [Name in Field]?: unknown })[name] ?? null;
    return value === null ? null : text(value as never);
  };

const withheld = (): string => WITHHELD;
const list = (codes: readonly string[]): string | null => codes.join(', ') || null;
const lines = (texts: readonly string[]): string => texts.join('; ') || 'none';

/** The day and time in UTC; a claim is known from the day on. */
const minute = (instant: Instant): string => `${Instant.toText(instant).slice(0, 16)}Z`;

const age = ({ claim }: Sight): string | null =>
  'patient' in claim
    ? `${String(CalendarDate.ageInYears(claim.patient.dateOfBirth, claim.dateOfService))} years of age`
    : null;

const onFile = ({ context }: Sight): string | null => (context.coverage === null ? null : WITHHELD);

const authorization = ({ kind, status, drugFamily, reason, ...span }: PriorAuthorization): string =>
  [kind, drugFamily, status, reason, spanText(span)].filter((part) => part !== null).join(' ');

const recordText = (record: Participation | undefined): string =>
  record === undefined ? 'no record' : `${record.status} ${spanText(record)}`;

const participation =
  (participantType: ParticipantType, idOf: (claim: Billed) => string) =>
  ({ claim, context, applied: { programme } }: Sight): string | null => {
    if (programme === null || !('prescriberId' in claim)) return null;
    const key = participationKey({ model: programme.id, participantType, participantId: idOf(claim) });
    return recordText(context.participation.get(key));
  };

/** By the model and the party: `BALANCE_MEDICAID|STATE:TX`. */
const models = ({ claim, context, applied: { programme, rebates } }: Sight): string | null => {
  if (programme === null || !('prescriberId' in claim)) return null;
  const keys = new Set(rebates.flatMap((rule) => modelKeys(rule, programme, claim.ndc)));
  return lines([...keys].map((key) => `${key} ${recordText(context.participation.get(key))}`));
};

const income = ({ context }: Sight): string | null => {
  const percent = context.coverage?.medicaid?.incomePercentOfFpl ?? null;
  return percent === null ? null : `${String(percent)} percent of the federal poverty level`;
};

const fillText = (fill: Fill): string =>
  [
    fill.dateOfService,
    fill.drugFamily,
    fill.ndc,
    Quantity.toText(fill.quantityDispensed),
    `for ${String(fill.daysSupply)} days`,
    fill.status,
  ].join(' ');

const TEXTS: Readonly<Record<Looked, (sight: Sight) => string | null>> = {
  binNumber: sent('binNumber'),
  processorControlNumber: sent('processorControlNumber'),
  serviceProviderId: sent('serviceProviderId'),
  groupId: sent('groupId'),
  cardholderId: sent('cardholderId', withheld),
  dateOfBirth: age,
  otherCoverageCode: sent('otherCoverageCode'),
  patientFirstName: sent('patient', withheld),
  patientLastName: sent('patient', withheld),
  dispensingStatus: sent('dispensingStatus'),
  quantityIntendedToBeDispensed: sent('quantityIntendedToBeDispensed', Quantity.toText),
  daysSupplyIntendedToBeDispensed: sent('daysSupplyIntendedToBeDispensed'),
  associatedPrescriptionServiceReferenceNumber: sent('associatedPrescriptionServiceReferenceNumber', withheld),
  associatedPrescriptionServiceDate: sent('associatedPrescriptionServiceDate'),
  dateOfService: sent('dateOfService'),
  prescriptionServiceReferenceNumber: sent('prescriptionServiceReferenceNumber', withheld),
  fillNumber: sent('fillNumber'),
  daysSupply: sent('daysSupply'),
  compoundCode: sent('compoundCode'),
  productServiceId: sent('ndc'),
  prescriberId: sent('prescriberId', withheld),
  numberOfRefillsAuthorized: sent('numberOfRefillsAuthorized'),
  submissionClarificationCodes: sent('submissionClarificationCodes', list),
  diagnosisCodes: sent('diagnosisCodes', list),
  quantityDispensed: sent('quantityDispensed', Quantity.toText),
  unitOfMeasure: sent('unitOfMeasure'),
  receivedAt: sent('receivedAt', minute),
  transmissionId: sent('transmissionId'),
  contentDigest: sent('contentDigest', withheld),
  'coverage: member': ({ context }) => (context.coverage === null ? 'not on file' : 'on file'),
  'coverage: birth date': onFile,
  'coverage: names': onFile,
  'coverage: enrolments': ({ context }) =>
    context.coverage && lines(context.coverage.enrolments.map((each) => `${each.planType} ${spanText(each)}`)),
  'coverage: GLP-1 fills under Part D': ({ context }) =>
    context.coverage && lines(context.coverage.partDGlp1DatesOfService),
  'prior authorizations': ({ context }) => lines(context.priorAuthorizations.map(authorization)),
  'coverage: income': income,
  'coverage: lifestyle support': ({ context }) => context.coverage?.medicaid?.lifestyleSupport ?? null,
  'participation: pharmacy': participation('PHARMACY', ({ serviceProviderId }) => serviceProviderId),
  'participation: prescriber': participation('PRESCRIBER', ({ prescriberId }) => prescriberId),
  'participation: labeler': participation('LABELER', ({ ndc }) => labelerOf(ndc)),
  'participation: models': models,
  'accounts: fills': ({ state }) => lines(state.fills.map(fillText)),
};
