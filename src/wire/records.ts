// Generated from schemas/*.avsc by `npm run generate`: change the schemas, not this file.
// A decimal is an integer of its smallest unit, a date the days and an instant the milliseconds since 1970-01-01.

export type PatientSegmentRecord = {
  /** 331-CX */
  readonly patientIdQualifier: string | null;
  /** 332-CY */
  readonly patientId: string | null;
  /** 304-C4 [epoch days] */
  readonly dateOfBirth: number | null;
  /** 305-C5 */
  readonly patientGenderCode: string | null;
  /** 310-CA */
  readonly patientFirstName: string | null;
  /** 311-CB */
  readonly patientLastName: string | null;
  /** 324-CO */
  readonly patientStateProvinceAddress: string | null;
  /** 325-CP */
  readonly patientZipPostalZone: string | null;
  /** 384-4X */
  readonly patientResidence: string | null;
  /** 307-C7 */
  readonly placeOfService: string | null;
  /** 335-2C */
  readonly pregnancyIndicator: string | null;
};

export type InsuranceSegmentRecord = {
  /** 302-C2 */
  readonly cardholderId: string | null;
  /** 312-CC */
  readonly cardholderFirstName: string | null;
  /** 313-CD */
  readonly cardholderLastName: string | null;
  /** 301-C1 */
  readonly groupId: string | null;
  /** 303-C3 */
  readonly personCode: string | null;
  /** 306-C6 */
  readonly patientRelationshipCode: string | null;
  /** 524-FO */
  readonly planId: string | null;
  /** 309-C9 */
  readonly eligibilityClarificationCode: string | null;
  /** 360-2B */
  readonly medicaidIndicator: string | null;
  /** 115-N5 */
  readonly medicaidIdNumber: string | null;
};

export type ClaimSegmentRecord = {
  /** 455-EM */
  readonly prescriptionServiceReferenceNumberQualifier: string | null;
  /** 402-D2 */
  readonly prescriptionServiceReferenceNumber: string | null;
  /** 403-D3 */
  readonly fillNumber: number | null;
  /** 436-E1 */
  readonly productServiceIdQualifier: string | null;
  /** 407-D7 */
  readonly productServiceId: string | null;
  /** 442-E7 [1/1000] */
  readonly quantityDispensed: number | null;
  /** 405-D5 */
  readonly daysSupply: number | null;
  /** 406-D6 */
  readonly compoundCode: string | null;
  /** 408-D8 */
  readonly dispenseAsWrittenProductSelectionCode: string | null;
  /** 414-DE [epoch days] */
  readonly datePrescriptionWritten: number | null;
  /** 415-DF */
  readonly numberOfRefillsAuthorized: number | null;
  /** 419-DJ */
  readonly prescriptionOriginCode: string | null;
  /** 420-DK */
  readonly submissionClarificationCodes: readonly string[];
  /** 308-C8 */
  readonly otherCoverageCode: string | null;
  /** 600-28 */
  readonly unitOfMeasure: string | null;
  /** 418-DI */
  readonly levelOfService: string | null;
  /** 461-EU */
  readonly priorAuthorizationTypeCode: string | null;
  /** 462-EV */
  readonly priorAuthorizationNumberSubmitted: string | null;
  /** 453-EJ */
  readonly originallyPrescribedProductServiceIdQualifier: string | null;
  /** 445-EA */
  readonly originallyPrescribedProductServiceCode: string | null;
  /** 446-EB [1/1000] */
  readonly originallyPrescribedQuantity: number | null;
  /** 147-U7 */
  readonly pharmacyServiceType: string | null;
  /** 343-HD */
  readonly dispensingStatus: string | null;
  /** 344-HF [1/1000] */
  readonly quantityIntendedToBeDispensed: number | null;
  /** 345-HG */
  readonly daysSupplyIntendedToBeDispensed: number | null;
  /** 456-EN */
  readonly associatedPrescriptionServiceReferenceNumber: string | null;
  /** 457-EP [epoch days] */
  readonly associatedPrescriptionServiceDate: number | null;
  /** 995-E2 */
  readonly routeOfAdministration: string | null;
};

export type PrescriberSegmentRecord = {
  /** 466-EZ */
  readonly prescriberIdQualifier: string | null;
  /** 411-DB */
  readonly prescriberId: string | null;
  /** 427-DR */
  readonly prescriberLastName: string | null;
  /** 364-2J */
  readonly prescriberFirstName: string | null;
  /** 498-PM */
  readonly prescriberPhoneNumber: string | null;
};

export type PharmacyProviderSegmentRecord = {
  /** 465-EY */
  readonly providerIdQualifier: string | null;
  /** 444-E9 */
  readonly providerId: string | null;
};

/** A qualifier and the amount it qualifies. */
export type QualifiedAmountRecord = {
  readonly qualifier: string | null;
  /** 1/100 */
  readonly amount: number | null;
};

export type PricingSegmentRecord = {
  /** 409-D9 [1/100] */
  readonly ingredientCostSubmitted: number | null;
  /** 412-DC [1/100] */
  readonly dispensingFeeSubmitted: number | null;
  /** 477-BE [1/100] */
  readonly professionalServiceFeeSubmitted: number | null;
  /** 433-DX [1/100] */
  readonly patientPaidAmountSubmitted: number | null;
  /** 438-E3 [1/100] */
  readonly incentiveAmountSubmitted: number | null;
  /** 479-H8, 480-H9 */
  readonly otherAmountsClaimed: readonly QualifiedAmountRecord[];
  /** 481-HA [1/100] */
  readonly flatSalesTaxAmountSubmitted: number | null;
  /** 482-GE [1/100] */
  readonly percentageSalesTaxAmountSubmitted: number | null;
  /** 483-HE [1/10000] */
  readonly percentageSalesTaxRateSubmitted: number | null;
  /** 484-JE */
  readonly percentageSalesTaxBasisSubmitted: string | null;
  /** 426-DQ [1/100] */
  readonly usualAndCustomaryCharge: number | null;
  /** 430-DU [1/100] */
  readonly grossAmountDue: number | null;
  /** 423-DN */
  readonly basisOfCostDetermination: string | null;
};

export type DiagnosisCodeRecord = {
  /** 492-WE */
  readonly qualifier: string | null;
  /** 424-DO */
  readonly code: string | null;
};

export type MeasurementRecord = {
  /** 493-XE */
  readonly counter: number | null;
  /** 494-ZE [epoch days] */
  readonly date: number | null;
  /** 495-H1 */
  readonly time: string | null;
  /** 496-H2 */
  readonly dimension: string | null;
  /** 497-H3 */
  readonly unit: string | null;
  /** 499-H4 */
  readonly value: string | null;
};

export type DurPpsRecord = {
  /** 439-E4 */
  readonly reasonForServiceCode: string | null;
  /** 440-E5 */
  readonly professionalServiceCode: string | null;
  /** 441-E6 */
  readonly resultOfServiceCode: string | null;
  /** 474-8E */
  readonly levelOfEffort: string | null;
  /** 475-J9 */
  readonly coAgentIdQualifier: string | null;
  /** 476-H6 */
  readonly coAgentId: string | null;
};

export type OtherPayerRecord = {
  /** 338-5C */
  readonly coverageType: string | null;
  /** 339-6C */
  readonly idQualifier: string | null;
  /** 340-7C */
  readonly id: string | null;
  /** 443-E8 [epoch days] */
  readonly date: number | null;
  /** 993-A7 */
  readonly internalControlNumber: string | null;
  /** 342-HC, 431-DV */
  readonly amountsPaid: readonly QualifiedAmountRecord[];
  /** 472-6E */
  readonly rejectCodes: readonly string[];
  /** 351-NP, 352-NQ */
  readonly patientResponsibilities: readonly QualifiedAmountRecord[];
  /** 393-MV, 394-MW */
  readonly benefitStages: readonly QualifiedAmountRecord[];
};

export type CompoundIngredientRecord = {
  /** 488-RE */
  readonly idQualifier: string | null;
  /** 489-TE */
  readonly id: string | null;
  /** 448-ED [1/1000] */
  readonly quantity: number | null;
  /** 449-EE [1/100] */
  readonly drugCost: number | null;
  /** 490-UE */
  readonly basis: string | null;
};

export type CompoundSegmentRecord = {
  /** 450-EF */
  readonly dosageForm: string | null;
  /** 451-EG */
  readonly unitForm: string | null;
  readonly ingredients: readonly CompoundIngredientRecord[];
  /** 363-2H */
  readonly modifiers: readonly string[];
};

export type PriorAuthorizationSegmentRecord = {
  /** 498-PA */
  readonly requestType: string | null;
  /** 498-PB [epoch days] */
  readonly requestPeriodDateBegin: number | null;
  /** 498-PC [epoch days] */
  readonly requestPeriodDateEnd: number | null;
  /** 498-PD */
  readonly basisOfRequest: string | null;
  /** 498-PY */
  readonly priorAuthorizationNumberAssigned: string | null;
  /** 503-F3 */
  readonly authorizationNumber: string | null;
  /** 498-PP */
  readonly supportingDocumentation: string | null;
};

export type FacilitySegmentRecord = {
  /** 336-8C */
  readonly facilityId: string | null;
  /** 385-3Q */
  readonly facilityName: string | null;
  /** 386-3U */
  readonly facilityStreetAddress: string | null;
  /** 388-5J */
  readonly facilityCityAddress: string | null;
  /** 387-3V */
  readonly facilityStateProvinceAddress: string | null;
  /** 389-6D */
  readonly facilityZipPostalZone: string | null;
};

export type NarrativeSegmentRecord = {
  /** 390-BM */
  readonly narrativeMessage: string | null;
};

export type CouponSegmentRecord = {
  /** 485-KE */
  readonly couponType: string | null;
  /** 486-ME */
  readonly couponNumber: string | null;
  /** 487-NE [1/100] */
  readonly couponValueAmount: number | null;
};

export type AdditionalDocumentationSegmentRecord = {
  /** 369-2Q */
  readonly additionalDocumentationTypeId: string | null;
  /** 374-2V [epoch days] */
  readonly requestPeriodBeginDate: number | null;
  /** 375-2W [epoch days] */
  readonly requestPeriodRecertRevisedDate: number | null;
  /** 373-2U */
  readonly requestStatus: string | null;
  /** 371-2S */
  readonly lengthOfNeedQualifier: string | null;
  /** 370-2R */
  readonly lengthOfNeed: number | null;
  /** 372-2T [epoch days] */
  readonly prescriberSupplierDateSigned: number | null;
  /** 376-2X */
  readonly supportingDocumentation: string | null;
};

export type SegmentFieldRecord = {
  readonly id: string;
  readonly value: string;
};

export type OtherSegmentRecord = {
  /** 111-AM */
  readonly segmentIdentification: string;
  readonly fields: readonly SegmentFieldRecord[];
};

/** One transaction of a pharmacy as the gateway read it, not yet checked: what a broken claim can lack is nullable, and null means not sent. */
export type ClaimRecord = {
  /** The gateway's id of this transaction. */
  readonly eventId: string | null;
  /** The gateway's id of the exchange. */
  readonly correlationId: string | null;
  /** The gateway's id of the message: the same for a copy, new for a message that the pharmacy sends again. */
  readonly transmissionId: string;
  /** Place of the transaction in its transmission, from 1. */
  readonly transactionIndex: number;
  /** 109-A9 */
  readonly transactionCount: number | null;
  /** When the gateway received the message. [epoch milliseconds] */
  readonly receivedAt: number;
  /** 102-A2 */
  readonly sourceVersion: string | null;
  /** 103-A3 */
  readonly transactionCode: string | null;
  /** 101-A1 */
  readonly binNumber: string | null;
  /** 104-A4 */
  readonly processorControlNumber: string | null;
  /** 110-AK */
  readonly softwareVendorCertificationId: string | null;
  /** 202-B2 */
  readonly serviceProviderIdQualifier: string | null;
  /** 201-B1 */
  readonly serviceProviderId: string | null;
  /** 401-D1 [epoch days] */
  readonly dateOfService: number | null;
  /** Segment 01 */
  readonly patient: PatientSegmentRecord | null;
  /** Segment 04 */
  readonly insurance: InsuranceSegmentRecord | null;
  /** Segment 07 */
  readonly claim: ClaimSegmentRecord | null;
  /** Segment 03 */
  readonly prescriber: PrescriberSegmentRecord | null;
  /** Segment 02 */
  readonly pharmacyProvider: PharmacyProviderSegmentRecord | null;
  /** Segment 11 */
  readonly pricing: PricingSegmentRecord | null;
  /** Segment 13 */
  readonly diagnosisCodes: readonly DiagnosisCodeRecord[];
  /** Segment 13 */
  readonly measurements: readonly MeasurementRecord[];
  /** Segment 08 */
  readonly durPps: readonly DurPpsRecord[];
  /** Segment 05 */
  readonly otherPayers: readonly OtherPayerRecord[];
  /** Segment 10 */
  readonly compound: CompoundSegmentRecord | null;
  /** Segment 12 */
  readonly priorAuthorization: PriorAuthorizationSegmentRecord | null;
  /** Segment 15 */
  readonly facility: FacilitySegmentRecord | null;
  /** Segment 16 */
  readonly narrative: NarrativeSegmentRecord | null;
  /** Segment 09 */
  readonly coupon: CouponSegmentRecord | null;
  /** Segment 14 */
  readonly additionalDocumentation: AdditionalDocumentationSegmentRecord | null;
  /** Segments that this version has no record for, as they came. */
  readonly otherSegments: readonly OtherSegmentRecord[];
};

export type RejectRecord = {
  /** 511-FB */
  readonly rejectCode: string;
  /** 546-4F */
  readonly rejectFieldOccurrenceIndicator: string | null;
  /** The check that raised it. */
  readonly edit: string;
  /** 526-FQ */
  readonly message: string;
};

export type PayerShareRecord = {
  /** PLAN, MANUFACTURER, SELECTED_DRUG_SUBSIDY, REINSURANCE or LOW_INCOME_SUBSIDY */
  readonly payer: string;
  /** 1/100 */
  readonly amount: number;
};

export type PricingRecord = {
  /** 506-F6 [1/100] */
  readonly ingredientCostPaid: number;
  /** 507-F7 [1/100] */
  readonly dispensingFeePaid: number;
  /** 505-F5: what the patient pays. [1/100] */
  readonly patientPayAmount: number;
  /** 518-FI [1/100] */
  readonly amountOfCopay: number;
  /** 517-FH [1/100] */
  readonly amountAppliedToPeriodicDeductible: number;
  /** 572-4U [1/100] */
  readonly amountOfCoinsurance: number;
  /** 509-F9: what the pharmacy is paid. [1/100] */
  readonly totalAmountPaid: number;
  /** What the manufacturer owes; not an NCPDP field and not for the pharmacy. [1/100] */
  readonly manufacturerOwedAmount: number;
  /** Who bears 509-F9 where it is more than the programme alone. */
  readonly payerShares: readonly PayerShareRecord[];
};

export type RepricingRecord = {
  /** 503-F3 */
  readonly authorizationNumber: string;
  /** 1/100 */
  readonly patientPayBefore: number;
  /** 1/100 */
  readonly patientPayAfter: number;
};

export type EligibilityRecord = {
  /** 302-C2 */
  readonly cardholderId: string;
  readonly planType: string;
  /** epoch days */
  readonly effective: number;
  /** Last covered day. [epoch days] */
  readonly terminated: number | null;
};

/** The one answer to a claim. */
export type ClaimResponseRecord = {
  /** Of the claim, with transactionIndex: what the gateway pairs the answer by. */
  readonly transmissionId: string;
  readonly transactionIndex: number;
  /** 103-A3 as sent */
  readonly transactionCode: string | null;
  /** 202-B2 as sent */
  readonly serviceProviderIdQualifier: string | null;
  /** 201-B1 as sent */
  readonly serviceProviderId: string | null;
  /** 401-D1 as sent [epoch days] */
  readonly dateOfService: number | null;
  /** 455-EM as sent */
  readonly prescriptionServiceReferenceNumberQualifier: string | null;
  /** 402-D2 as sent */
  readonly prescriptionServiceReferenceNumber: string | null;
  /** 501-F1: A accepted, R the header itself cannot be read. */
  readonly headerResponseStatus: string;
  /** 112-AN: P paid, D duplicate of paid, A approved, S duplicate of approved, R rejected. */
  readonly transactionResponseStatus: string;
  /** 503-F3 */
  readonly authorizationNumber: string | null;
  /** The programme of the policy that the claim belongs to. */
  readonly programme: string | null;
  /** At most five (510-FA). */
  readonly rejects: readonly RejectRecord[];
  /** With P and D. */
  readonly pricing: PricingRecord | null;
  /** Notes such as 340B or PACKAGE_SPLIT. */
  readonly flags: readonly string[];
  /** 503-F3 of the fill that a rebill (B3) took back: with P and D for the fill of this answer, with R without one in its place. */
  readonly rebillOf: string | null;
  /** Later fills whose patient share a reversal or a rebill has changed. */
  readonly repriced: readonly RepricingRecord[];
  /** The answer to E1. */
  readonly eligibility: EligibilityRecord | null;
  /** Content hash of the policy bundle. */
  readonly policyVersion: string;
};

export type EntryLineRecord = {
  readonly account: string;
  /** A debit is positive, a credit negative. */
  readonly amountMinorUnits: number;
  /** Decimal digits of the minor unit. */
  readonly scale: number;
  /** ISO 4217 */
  readonly currency: string;
};

/** What a manufacturer owes for one fill, or the mirror of it. No member identity. */
export type RebateEventRecord = {
  /** The same input makes the same id. */
  readonly eventId: string;
  /** ACCRUAL or REVERSAL */
  readonly type: string;
  /** eventId of the accrual that a reversal takes back. */
  readonly reverses: string | null;
  /** The programme or rebate model under which it is owed. */
  readonly programme: string;
  /** 503-F3 of the fill. */
  readonly authorizationNumber: string;
  /** First five digits of the NDC. */
  readonly labeler: string;
  /** 407-D7, eleven digits */
  readonly ndc: string;
  /** 442-E7; negative on a reversal. [1/1000] */
  readonly units: number;
  /** 600-28 */
  readonly unitOfMeasure: string;
  /** Quarter of the date of service, such as 2026Q3, also on a reversal. */
  readonly rebatePeriod: string;
  /** 1/100 */
  readonly wacAmount: number;
  /** Unit rebate amount of the units; null where there is none, or none was known. [1/100] */
  readonly uraAmount: number | null;
  /** 1/100 */
  readonly netAmount: number;
  /** What the manufacturer owes; negative on a reversal. [1/100] */
  readonly rebateAmount: number;
  /** 509-F9; negative on a reversal. [1/100] */
  readonly totalAmountPaid: number;
  /** 505-F5; negative on a reversal. [1/100] */
  readonly patientPayAmount: number;
  /** Two letters; null outside of Medicaid. */
  readonly state: string | null;
  /** FFSU or MCOU (CMS-R-144); null outside of Medicaid. */
  readonly utilization: string | null;
  /** Sums to zero. */
  readonly entries: readonly EntryLineRecord[];
  readonly is340B: boolean;
  /** 401-D1 [epoch days] */
  readonly effectiveAt: number;
  /** When the gateway received the claim. [epoch milliseconds] */
  readonly recordedAt: number;
  readonly policyVersion: string;
};

export type BenefitRecord = {
  /** What counts toward the out-of-pocket threshold. [1/100] */
  readonly outOfPocketAmount: number;
  /** What counts to the gross covered drug cost; null, before it was kept, for 506-F6 + 507-F7. [1/100] */
  readonly grossCostAmount: number | null;
};

export type FillRebateRecord = {
  /** The model under which it is owed; null, in records of before there were several, is that of the fill. */
  readonly model: string | null;
  readonly eventId: string;
  readonly labeler: string;
  /** 600-28 */
  readonly unitOfMeasure: string;
  readonly rebatePeriod: string;
  /** 1/100 */
  readonly wacAmount: number;
  /** Null where there is no unit rebate amount, or none was known. [1/100] */
  readonly uraAmount: number | null;
  /** 1/100 */
  readonly netAmount: number;
  /** 1/100 */
  readonly rebateAmount: number;
  /** 505-F5 as it was accrued. [1/100] */
  readonly patientPayAmount: number;
  readonly state: string | null;
  /** FFSU or MCOU (CMS-R-144) */
  readonly utilization: string | null;
};

export type FillRecord = {
  /** 503-F3 */
  readonly authorizationNumber: string;
  /** PAID or REVERSED */
  readonly status: string;
  readonly programme: string;
  /** 201-B1 */
  readonly serviceProviderId: string;
  /** 402-D2 */
  readonly prescriptionServiceReferenceNumber: string;
  /** 403-D3 */
  readonly fillNumber: number;
  /** 401-D1 [epoch days] */
  readonly dateOfService: number;
  /** 407-D7 */
  readonly ndc: string;
  readonly drugFamily: string;
  /** 442-E7 [1/1000] */
  readonly quantityDispensed: number;
  /** 405-D5 */
  readonly daysSupply: number;
  /** 343-HD */
  readonly dispensingStatus: string | null;
  /** 345-HG */
  readonly daysSupplyIntendedToBeDispensed: number | null;
  /** identityDigest of the part of a fill that this one completes. */
  readonly completes: string | null;
  /** 426-DQ [1/100] */
  readonly usualAndCustomaryCharge: number;
  readonly identityDigest: string;
  readonly contentDigest: string;
  /** Of the claim that was paid. */
  readonly transmissionId: string;
  /** transmissionId of the reversal or the rebill. */
  readonly reversedBy: string | null;
  /** 503-F3 of the fill that a rebill took back for this one. */
  readonly rebillOf: string | null;
  readonly pricing: PricingRecord;
  /** What the fill moved in the phases of its benefit; null where there are none. */
  readonly benefit: BenefitRecord | null;
  readonly flags: readonly string[];
  /** Null where no manufacturer owes anything. */
  readonly rebate: FillRebateRecord | null;
  readonly policyVersion: string;
};

export type AccumulatorRecord = {
  readonly programme: string;
  /** PATIENT_PAY by month; DEDUCTIBLE, OUT_OF_POCKET and GROSS_COST by year */
  readonly kind: string;
  /** Such as 2026-08 or 2026. */
  readonly period: string;
  /** 1/100 */
  readonly amount: number;
};

/** Everything the adjudicator remembers of one member: the image after the last change. */
export type MemberAccountsRecord = {
  /** Grows by one with every change. */
  readonly sequence: number;
  /** In the order in which they were paid; a rebilled fill stands behind the one that was taken back for it. */
  readonly fills: readonly FillRecord[];
  readonly accumulators: readonly AccumulatorRecord[];
};

export type EnrolmentRecord = {
  /** A plan type of the policy, such as MA_PD_HMO or PDP. */
  readonly planType: string;
  /** epoch days */
  readonly effective: number;
  /** Last covered day. [epoch days] */
  readonly terminated: number | null;
};

export type HouseholdSpendingRecord = {
  /** Such as 2026-10 or 2026Q4. */
  readonly period: string;
  /** 1/100 */
  readonly amount: number;
};

export type HouseholdCeilingRecord = {
  /** 5 percent of the household's income in the period (42 CFR 447.56(f)). [1/100] */
  readonly amount: number;
  /** MONTH or QUARTER */
  readonly period: string;
  /** What the state reports beside the member's own copays here. */
  readonly spentByOthers: readonly HouseholdSpendingRecord[];
};

export type MedicaidStandingRecord = {
  /** 42 CFR 447.56(a), such as PREGNANT or CHILD. */
  readonly exemptGroups: readonly string[];
  /** Household income in percent of the federal poverty level. */
  readonly incomePercentOfFpl: number | null;
  readonly household: HouseholdCeilingRecord | null;
  /** ENROLLED, OFFERED or DECLINED */
  readonly lifestyleSupport: string | null;
};

export type PartDYearRecord = {
  readonly year: number;
  /** A level of the policy's table. */
  readonly lowIncomeLevel: string | null;
  /** With other plans of the year. [1/100] */
  readonly deductibleMet: number;
  /** TrOOP with other plans of the year. [1/100] */
  readonly outOfPocket: number;
};

/** What the enrolment file knows of a member. */
export type CoverageRecord = {
  /** 302-C2 */
  readonly cardholderId: string;
  readonly firstName: string;
  readonly lastName: string;
  /** epoch days */
  readonly dateOfBirth: number;
  readonly enrolments: readonly EnrolmentRecord[];
  /** Days on which Part D paid a GLP-1. [epoch days] */
  readonly partDGlp1DatesOfService: readonly number[];
  readonly medicaid: MedicaidStandingRecord | null;
  /** What other plans of the year report. */
  readonly partD: readonly PartDYearRecord[];
};

export type AuthorizationRecord = {
  readonly programme: string;
  /** DRUG or EARLY_REFILL */
  readonly kind: string;
  /** APPROVED, IN_REVIEW, DENIED, EXHAUSTED or REPLACED */
  readonly status: string;
  readonly drugFamily: string;
  /** Where it names one product. */
  readonly ndc: string | null;
  /** epoch days */
  readonly effective: number;
  /** Last day it holds. [epoch days] */
  readonly terminated: number | null;
  /** Why it was denied, such as TYPE_2_DIABETES. */
  readonly reason: string | null;
  /** The request that it answers; null where somebody else decided. */
  readonly requestId: string | null;
  /** Everything that spoke against the request. */
  readonly reasons: readonly string[];
};

/** A request that could not be decided. */
export type RefusalRecord = {
  /** As it was sent, cut to 64 characters. */
  readonly requestId: string;
  /** What is wrong with it, by the field names of PriorAuthorizationRequest. */
  readonly fields: readonly string[];
};

/** All prior authorizations of one member. */
export type PriorAuthorizationRecord = {
  readonly authorizations: readonly AuthorizationRecord[];
  /** The last twenty refused requests that have not been sent again in order. */
  readonly refusals: readonly RefusalRecord[];
};

/** Measured while the patient took so many antihypertensives together. */
export type BloodPressureRecord = {
  readonly systolic: number | null;
  readonly diastolic: number | null;
  readonly antihypertensivesTogether: number | null;
};

/** What a prescriber states to get a drug authorized. What a broken request can lack is nullable: a question without an answer is no 'no'. */
export type PriorAuthorizationRequestRecord = {
  /** Of the prescriber's system: the same when the request is sent again, another when it is a new one. */
  readonly requestId: string;
  /** epoch milliseconds */
  readonly receivedAt: number;
  /** 101-A1, as on the claims. */
  readonly binNumber: string | null;
  /** 104-A4, as on the claims. */
  readonly processorControlNumber: string | null;
  /** 302-C2 */
  readonly cardholderId: string | null;
  /** The brand, such as WEGOVY. */
  readonly drugFamily: string | null;
  /** The one product that is asked for, where the payer is that strict. */
  readonly ndc: string | null;
  /** In whole years. */
  readonly patientAge: number | null;
  /** REDUCE_AND_MAINTAIN_WEIGHT, CARDIOVASCULAR_RISK_REDUCTION or OTHER */
  readonly intendedUse: string | null;
  /** Body mass index when the therapy began, not today's. [1/10] */
  readonly bmiAtInitiation: number | null;
  /** Whether diet and activity go with the drug; the prescriber certifies it. */
  readonly lifestyleProgram: boolean | null;
  /** Whether Part D pays a GLP-1 now. */
  readonly currentPartDGlp1: boolean | null;
  /** Calendar years in which Part D paid a GLP-1; empty where it never did. */
  readonly partDGlp1Years: readonly number[] | null;
  readonly typeTwoDiabetes: boolean | null;
  /** NONE, MILD, MODERATE or SEVERE */
  readonly sleepApnea: string | null;
  /** NONE without a steatohepatitis, else its stage F0 to F4, of which F4 is cirrhosis. */
  readonly mashFibrosis: string | null;
  /** Heart failure with preserved ejection fraction. */
  readonly heartFailurePreservedEf: boolean | null;
  /** Null where it is no reason for the request. */
  readonly bloodPressure: BloodPressureRecord | null;
  /** NONE, or its stage 1, 2, 3A, 3B, 4 or 5 */
  readonly chronicKidneyDisease: string | null;
  readonly prediabetes: boolean | null;
  readonly priorMyocardialInfarction: boolean | null;
  readonly priorStroke: boolean | null;
  /** Of the peripheral arteries, with symptoms. */
  readonly symptomaticArteryDisease: boolean | null;
};

/** How a party stands to a model. */
export type ParticipationRecord = {
  /** The programme. */
  readonly model: string;
  /** PHARMACY, PRESCRIBER, STATE or LABELER */
  readonly participantType: string;
  readonly participantId: string;
  /** ACTIVE, SUSPENDED, TERMINATED, PRECLUDED or ORGANIZATION_NPI */
  readonly status: string;
  /** epoch days */
  readonly effective: number;
  /** Last day it holds. [epoch days] */
  readonly terminated: number | null;
};

/** The records by the name of their schema. */
export type Records = {
  Claim: ClaimRecord;
  ClaimResponse: ClaimResponseRecord;
  RebateEvent: RebateEventRecord;
  MemberAccounts: MemberAccountsRecord;
  Coverage: CoverageRecord;
  PriorAuthorization: PriorAuthorizationRecord;
  PriorAuthorizationRequest: PriorAuthorizationRequestRecord;
  Participation: ParticipationRecord;
};
