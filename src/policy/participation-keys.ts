import type { BillingClaim, Claim, RebillClaim } from '../claims/claim.ts';
import type { Ndc } from '../claims/ids.ts';
import { asOfClaim, programmeOf, rulesAsOf, type PolicyBundle, type Programme } from './policy-bundle.ts';
import type { RebateRule } from './rebate-rules.ts';
import type { Participation } from './reference.ts';

/** Key of a participation record on its topic and in the view: `MODEL|PHARMACY:1234567893`. */
export const participationKey = ({
  model,
  participantType,
  participantId,
}: Omit<Participation, 'status' | 'effective' | 'terminated'>): string =>
  `${model}|${participantType}:${participantId}`;

/** The labeler of a product: the first segment of its NDC. */
export const labelerOf = (ndc: Ndc): string => ndc.slice(0, 5);

/** The records by which a model says whether it takes this programme's state and this product's labeler. */
export const modelKeys = (
  { model, participants }: Pick<RebateRule, 'model' | 'participants'>,
  { state }: Programme,
  ndc: Ndc,
): readonly string[] =>
  participants.map((participantType) =>
    participationKey({
      model,
      participantType,
      participantId: participantType === 'STATE' ? (state ?? '') : labelerOf(ndc),
    }),
  );

/** The participation records that deciding a claim may look at: pharmacy, prescriber and labeler of a billing, which a rebill is too, and those of its models. */
export function participationKeys(claim: Claim, policy: PolicyBundle): readonly string[] {
  const programme = programmeOf(policy, claim);
  return programme === null || !('prescriberId' in claim) ? [] : keysOf(claim, programme);
}

function keysOf(claim: BillingClaim | RebillClaim, programme: Programme): readonly string[] {
  const model = programme.id;
  const rules = rulesAsOf(programme, asOfClaim(claim));
  return [
    participationKey({ model, participantType: 'PHARMACY', participantId: claim.serviceProviderId }),
    participationKey({ model, participantType: 'PRESCRIBER', participantId: claim.prescriberId }),
    participationKey({ model, participantType: 'LABELER', participantId: labelerOf(claim.ndc) }),
    ...(rules?.rebates ?? []).flatMap((rule) => modelKeys(rule, programme, claim.ndc)),
  ];
}
