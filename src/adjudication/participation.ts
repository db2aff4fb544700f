import { inForce } from '../policy/dated.ts';
import { modelKeys, participationKey } from '../policy/participation-keys.ts';
import { rebateRulesAsOf } from '../policy/rebate-rules.ts';
import type { RebateRule } from '../policy/rebate-rules.ts';
import type { ParticipantType, Participation } from '../policy/reference.ts';
import type { ProgrammeId } from '../claims/ids.ts';
import type { Billing } from './subject.ts';

/** The record in force on the date of service. Outside of its span a party is as good as unlisted. */
export function participationOf(
  { claim, programme, context }: Billing,
  participantType: ParticipantType,
  participantId: string,
): Participation | null {
  const record = context.participation.get(participationKey({ model: programme.id, participantType, participantId }));
  return record !== undefined && inForce(record, claim.dateOfService) ? record : null;
}

/** Whether everybody whom a model needs takes part in it on the date of service. */
export const takesPart = ({ claim, programme, context }: Billing, rule: RebateRule): boolean =>
  modelKeys(rule, programme, claim.ndc).every((key) => {
    const record = context.participation.get(key);
    return record?.status === 'ACTIVE' && inForce(record, claim.dateOfService);
  });

/** Whether a model of the programme holds for this claim. */
export const isUnderModel = (billing: Billing, model: ProgrammeId): boolean =>
  rebateRulesAsOf(billing.rules.rebates, billing.when).some((rule) => rule.model === model && takesPart(billing, rule));
