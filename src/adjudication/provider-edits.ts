import type { WordedCode } from '../policy/messages.ts';
import { labelerOf } from '../policy/participation-keys.ts';
import type { Participation } from '../policy/reference.ts';
import { refuse, type Finding } from './edit.ts';
import { participationOf } from './participation.ts';
import type { Billing } from './subject.ts';

type Status = Participation['status'];

/** What a pharmacy's status on the date of service does to its claims. */
const PHARMACY_REJECTS = {
  ACTIVE: null,
  SUSPENDED: '827',
  TERMINATED: '877',
  PRECLUDED: '40',
  ORGANIZATION_NPI: null, // every pharmacy is one
} as const satisfies Record<Status, WordedCode | null>;

/** What a prescriber's status does. Medicare enrolment is not asked for (CMS prescriber fact sheet, June 2026). */
const PRESCRIBER_REJECTS = {
  ACTIVE: null,
  SUSPENDED: '71',
  TERMINATED: '71',
  PRECLUDED: '71',
  ORGANIZATION_NPI: '619',
} as const satisfies Record<Status, WordedCode | null>;

export function pharmacy(billing: Billing): Finding | null {
  const record = participationOf(billing, 'PHARMACY', billing.claim.serviceProviderId);
  if (record !== null) return refuseIf(PHARMACY_REJECTS[record.status]);
  return refuseIf(billing.rules.participation.unlistedPharmacy === 'REJECT' ? '40' : null);
}

export function prescriber(billing: Billing): Finding | null {
  const record = participationOf(billing, 'PRESCRIBER', billing.claim.prescriberId);
  const { organizationPrescriber, unlistedPrescriber } = billing.rules.participation;
  if (record?.status === 'ORGANIZATION_NPI' && organizationPrescriber === 'ALLOW') return null;
  if (record !== null) return refuseIf(PRESCRIBER_REJECTS[record.status]);
  return refuseIf(unlistedPrescriber === 'REJECT' ? '71' : null);
}

/** A product of a labeler that has signed no rebate agreement is not paid by Medicaid (SSA 1927(a)(1)). */
export function labeler(billing: Billing): Finding | null {
  const record = participationOf(billing, 'LABELER', labelerOf(billing.claim.ndc));
  if (record !== null) return refuseIf(record.status === 'ACTIVE' ? null : 'AC');
  return refuseIf(billing.rules.participation.unlistedLabeler === 'REJECT' ? 'AC' : null);
}

const refuseIf = (code: WordedCode | null): Finding | null => (code === null ? null : refuse(code));
