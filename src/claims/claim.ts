import type { CalendarDate, Instant } from '../values/calendar-date.ts';
import type { Money } from '../values/money.ts';
import type { Quantity } from '../values/quantity.ts';
import type { CardholderId, Ndc, PrescriberId, PrescriptionServiceReferenceNumber, ServiceProviderId } from './ids.ts';

/** One transaction of a pharmacy, parsed: every field is well formed, null is "not sent" and zero is a sent zero. */
export type Claim = BillingClaim | ReversalClaim | RebillClaim | EligibilityClaim;

/** What every transaction carries. */
type Header = {
  /** Transmission of the gateway (ours): the same for a copy of the same message, new for a message sent again by the pharmacy. */
  readonly transmissionId: string;
  /** When the gateway received it (ours): the only time that decisions know. */
  readonly receivedAt: Instant;
  /** 101-A1 */
  readonly binNumber: string;
  /** 104-A4 */
  readonly processorControlNumber: string;
  /** 301-C1 */
  readonly groupId: string | null;
  /** 201-B1 */
  readonly serviceProviderId: ServiceProviderId;
  /** 401-D1 */
  readonly dateOfService: CalendarDate;
};

/** The patient segment, as far as identity is checked. */
export type Patient = {
  /** 304-C4 */
  readonly dateOfBirth: CalendarDate;
  /** 310-CA, upper case */
  readonly patientFirstName: string;
  /** 311-CB, upper case */
  readonly patientLastName: string;
};

/** What a pharmacy tells of a fill that it bills. */
type Billed = Header & {
  /** 302-C2 */
  readonly cardholderId: CardholderId;
  readonly patient: Patient;
  /** 402-D2 */
  readonly prescriptionServiceReferenceNumber: PrescriptionServiceReferenceNumber;
  /** 403-D3 */
  readonly fillNumber: number;
  /** 407-D7 with 436-E1 = 03 */
  readonly ndc: Ndc;
  /** 442-E7 */
  readonly quantityDispensed: Quantity;
  /** 405-D5 */
  readonly daysSupply: number;
  /** 600-28: EA, GM or ML */
  readonly unitOfMeasure: string | null;
  /** 406-D6: '1' not a compound, '2' a compound */
  readonly compoundCode: string;
  /** 414-DE */
  readonly datePrescriptionWritten: CalendarDate;
  /** 415-DF */
  readonly numberOfRefillsAuthorized: number | null;
  /** 420-DK, without leading zeros */
  readonly submissionClarificationCodes: readonly string[];
  /** 308-C8, without leading zeros */
  readonly otherCoverageCode: string | null;
  /** 343-HD: P a part of a fill, C its completion; null a whole one */
  readonly dispensingStatus: string | null;
  /** 344-HF: what the whole fill is meant to be, told by its parts alone */
  readonly quantityIntendedToBeDispensed: Quantity | null;
  /** 345-HG */
  readonly daysSupplyIntendedToBeDispensed: number | null;
  /** 456-EN: the prescription of the part that a completion completes, where it is another */
  readonly associatedPrescriptionServiceReferenceNumber: PrescriptionServiceReferenceNumber | null;
  /** 457-EP: the day of that part */
  readonly associatedPrescriptionServiceDate: CalendarDate | null;
  /** 411-DB with 466-EZ = 01 */
  readonly prescriberId: PrescriberId;
  /** 424-DO with 492-WE = 02, without the dot */
  readonly diagnosisCodes: readonly string[];
  /** 423-DN */
  readonly basisOfCostDetermination: string | null;
  /** 426-DQ */
  readonly usualAndCustomaryCharge: Money;
  /** 430-DU */
  readonly grossAmountDue: Money;
  /** Digest of what names the fill (pharmacy, prescription, fill number, day, routing): 16 characters of [0-9A-Z]. Made by `wire`. */
  readonly identityDigest: string;
  /** Digest of everything a pharmacy may correct: two claims with one identity and one content are the same claim sent twice. */
  readonly contentDigest: string;
};

/** B1: the pharmacy bills a fill. */
export type BillingClaim = Billed & {
  /** 103-A3 */
  readonly transactionCode: 'B1';
};

/** B3: the pharmacy takes back the paid fill of the same identity and bills it anew, with everything that a billing has. */
export type RebillClaim = Billed & { readonly transactionCode: 'B3' };

/** B2: the pharmacy takes a fill back. Date and numbers are those of the fill. */
export type ReversalClaim = Header & {
  readonly transactionCode: 'B2';
  readonly prescriptionServiceReferenceNumber: PrescriptionServiceReferenceNumber;
  /** Null when the pharmacy left 403-D3 out: then any fill of that prescription and day is meant, if there is just one. */
  readonly fillNumber: number | null;
  /** A check, not a key: null when 407-D7 was left out. */
  readonly ndc: Ndc | null;
};

/** E1: is this person covered? Searched by cardholder id, or by name, birth date and the last four of the SSN. */
export type EligibilityClaim = Header & {
  readonly transactionCode: 'E1';
  readonly cardholderId: CardholderId | null;
  readonly patient: Patient;
};
