import type { Claim } from '../claims/claim.ts';
import { programmeOf, type PolicyBundle } from './policy-bundle.ts';
import type { Participation } from './reference.ts';

/** Key of a participation record on its topic and in the view: `MODEL|PHARMACY:1234567893`. */
export const participationKey = ({
  model,
  participantType,
  participantId,
}: Omit<Participation, 'status' | 'effective' | 'terminated'>): string =>
  `${model}|${participantType}:${participantId}`;

/** The participation records that deciding a claim may look at: the pharmacy and the prescriber of a billing, which a rebill is too. */
export function participationKeys(claim: Claim, policy: PolicyBundle): readonly string[] {
  const model = programmeOf(policy, claim)?.id;
  if (model === undefined || !('prescriberId' in claim)) return [];
  return [
    participationKey({ model, participantType: 'PHARMACY', participantId: claim.serviceProviderId }),
    participationKey({ model, participantType: 'PRESCRIBER', participantId: claim.prescriberId }),
  ];
}
