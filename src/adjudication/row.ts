import type { FIELD_IDS } from '../claims/field-ids.ts';
import type { WordedCode } from '../policy/messages.ts';
import type { PolicyKey } from '../policy/policy-keys.ts';

/** What an edit looks at: a field of the claim by its name in the standard, what the gateway adds to it, or what is on file. */
export type Looked = JudgedField | OfTheGateway | OnFile;

/** The fields that rules beyond the syntax look at. */
type JudgedField = keyof Pick<
  typeof FIELD_IDS,
  | 'binNumber'
  | 'processorControlNumber'
  | 'serviceProviderId'
  | 'groupId'
  | 'cardholderId'
  | 'dateOfBirth'
  | 'otherCoverageCode'
  | 'patientFirstName'
  | 'patientLastName'
  | 'dispensingStatus'
  | 'quantityIntendedToBeDispensed'
  | 'daysSupplyIntendedToBeDispensed'
  | 'associatedPrescriptionServiceReferenceNumber'
  | 'associatedPrescriptionServiceDate'
  | 'dateOfService'
  | 'prescriptionServiceReferenceNumber'
  | 'fillNumber'
  | 'daysSupply'
  | 'compoundCode'
  | 'productServiceId'
  | 'prescriberId'
  | 'numberOfRefillsAuthorized'
  | 'submissionClarificationCodes'
  | 'diagnosisCodes'
  | 'quantityDispensed'
  | 'unitOfMeasure'
>;

/** When the claim came, which message it came in, and the digest of all that a pharmacy may correct. */
type OfTheGateway = 'receivedAt' | 'transmissionId' | 'contentDigest';

type OnFile =
  | 'coverage: member'
  | 'coverage: birth date'
  | 'coverage: names'
  | 'coverage: enrolments'
  | 'coverage: GLP-1 fills under Part D'
  | 'coverage: income'
  | 'coverage: lifestyle support'
  | 'prior authorizations'
  | 'participation: pharmacy'
  | 'participation: prescriber'
  | 'participation: labeler'
  | 'participation: models'
  | 'accounts: fills';

/** What there is to say of an edit before it is asked: its name, the codes it may give, what it looks at and what decides. */
export type Row = {
  readonly edit: string;
  readonly codes: readonly WordedCode[];
  readonly looksAt: readonly Looked[];
  /** Keys of the policy bundle; none where the standard itself leaves no choice. */
  readonly decidedBy: readonly PolicyKey[];
};
