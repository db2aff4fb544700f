import type { Brand } from '../values/brand.ts';

/** Cardholder ID (302-C2): the MBI for Medicare programmes, the state's id for Medicaid. Member identity: never in keys, logs or events. */
export type CardholderId = Brand<string, 'CardholderId'>;
/** Service Provider ID (201-B1): the pharmacy's NPI. */
export type ServiceProviderId = Brand<string, 'ServiceProviderId'>;
/** Prescriber ID (411-DB): an NPI. */
export type PrescriberId = Brand<string, 'PrescriberId'>;
/** Prescription/Service Reference Number (402-D2) without leading zeros: the standard compares it as a number. */
export type PrescriptionServiceReferenceNumber = Brand<string, 'PrescriptionServiceReferenceNumber'>;
/** National Drug Code, eleven digits, 5-4-2 without hyphens (407-D7 with 436-E1 = 03). */
export type Ndc = Brand<string, 'Ndc'>;
/** Authorization Number (503-F3), at most 20 characters; derived from the claim, never drawn. */
export type AuthorizationNumber = Brand<string, 'AuthorizationNumber'>;
/** HMAC of the owner of the accumulators, 32 hex digits: the Kafka key of everything about a member. */
export type MemberKey = Brand<string, 'MemberKey'>;
/** A programme of the policy bundle, such as `MEDICARE_GLP1_BRIDGE`. */
export type ProgrammeId = Brand<string, 'ProgrammeId'>;
/** The brand family that prior authorization and refill arithmetic look at, such as `WEGOVY`. */
export type DrugFamily = Brand<string, 'DrugFamily'>;
