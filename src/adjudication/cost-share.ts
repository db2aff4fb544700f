import type { Listing } from '../policy/products.ts';
import { Money } from '../values/money.ts';
import { withinLimits } from './cap.ts';
import { medicaidCopay } from './medicaid-copay.ts';
import { phaseShare } from './part-d-phases.ts';
import type { Share } from './share.ts';
import type { Billing } from './subject.ts';

/** What a patient pays of the allowed amount. */
export function costShare(billing: Billing, listing: Listing, allowed: Money): Share {
  const { rules } = billing;
  switch (rules.costShare.kind) {
    case 'CAPPED':
      return copayOf(billing, allowed, allowed);
    case 'MEDICAID_COPAY':
      return copayOf(billing, medicaidCopay(billing, { listing, allowed, rules: rules.costShare }), allowed);
    case 'PART_D_PHASES':
      return phaseShare(billing, { listing, allowed, rules: rules.costShare });
  }
}

function copayOf(billing: Billing, share: Money, allowed: Money): Share {
  const { claim, programme } = billing;
  const { dateOfService, daysSupply, daysSupplyIntendedToBeDispensed, dispensingStatus, usualAndCustomaryCharge } =
    claim;
  const fill = {
    programme: programme.id,
    dateOfService,
    daysSupply,
    daysSupplyIntendedToBeDispensed,
    dispensingStatus,
    usualAndCustomaryCharge,
  };
  const copay = withinLimits(fill, { share, allowed }, billing);
  return {
    patientPayAmount: copay,
    deductible: Money.zero,
    coinsurance: Money.zero,
    copay,
    counts: null,
    payerShares: [],
  };
}
