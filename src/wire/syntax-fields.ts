import type { FieldName } from '../claims/field-ids.ts';
import type { RejectCode } from '../claims/reject-codes.ts';
import { BILLING_CHECKS, ELIGIBILITY_CHECKS, TRANSMISSION_CHECKS } from './claim-checks.ts';
import { BILLED_CLAIM, CLINICAL, HEADER, INSURANCE, PATIENT, PRESCRIBER, PRICING } from './claim-fields.ts';
import type { ClaimRecord } from './records.ts';

/** The tables that name every field; the others read the same fields of other transactions, with the same codes. */
const TABLES: readonly Readonly<Record<string, { readonly code: RejectCode }>>[] = [
  HEADER,
  INSURANCE,
  PATIENT,
  BILLED_CLAIM,
  PRESCRIBER,
  CLINICAL,
  PRICING,
];

const CHECKS = [...TRANSMISSION_CHECKS, ...BILLING_CHECKS, ...ELIGIBILITY_CHECKS];

/** The fields that the syntax stage gives a code for; none where a segment is missing. */
export const fieldsOfCode = (code: RejectCode): readonly FieldName[] => [
  ...new Set([
    ...TABLES.flatMap((table) => Object.keys(table).filter((name) => table[name]?.code === code) as FieldName[]),
    ...CHECKS.filter((check) => check.code === code).flatMap(({ fields }) => fields),
  ]),
];

/** Whether a claim came with anything in a field, in whichever of its segments. */
export function wasSent(record: ClaimRecord, field: FieldName): boolean {
  const { patient, insurance, claim, pricing, prescriber } = record;
  const values = [record, patient, insurance, claim, pricing, prescriber].map(
    (segment) => (segment as Readonly<Record<string, unknown>> | null)?.[field] ?? null,
  );
  return values.some((value) => value !== null && !(Array.isArray(value) && value.length === 0));
}
