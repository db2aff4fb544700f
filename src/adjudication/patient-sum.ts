import type { MedicaidCopay } from '../policy/cost-share-rules.ts';
import type { Listing } from '../policy/products.ts';
import { Money } from '../values/money.ts';
import { capRoom } from './cap.ts';
import { federalMaximum, householdRoom, NOTHING_KNOWN } from './medicaid-copay.ts';
import { bearsPerFill } from './partial-fill.ts';
import { initialMemberState, type Fill } from './state.ts';
import type { Billing } from './subject.ts';
import { phaseLines } from './phase-sum.ts';
import { allowedOf, line, lowered, patientPays, type Line, type Sum } from './waterfall-sums.ts';

/** Leg 2, from where the cost share begins down through every limit that was lower. `billing` has the state before the fill. */
export function patientSum(fill: Fill, billing: Billing, listing: Listing): Sum {
  const { costShare } = billing.rules;
  const allowed = line('allowed', allowedOf(fill.pricing));
  const total = patientPays(fill);
  switch (costShare.kind) {
    case 'CAPPED':
      return { parts: [allowed, ...lowered(allowed.amount, limitsOf(fill, billing))], total };
    case 'MEDICAID_COPAY': {
      const start = listing.preferred
        ? line('copay of the state for a preferred drug', costShare.preferred)
        : line('copay of the state for a drug that is not preferred', costShare.nonPreferred);
      const limits = [
        ...medicaidLimits(billing, { listing, allowed: allowed.amount, rules: costShare }),
        allowed,
        ...limitsOf(fill, billing),
      ];
      return { parts: [start, ...lowered(start.amount, limits)], total };
    }
    case 'PART_D_PHASES':
      return { parts: phaseLines(billing, { listing, allowed: allowed.amount, rules: costShare }), total };
  }
}

/** What holds for every copay: the cap, with what its scope has used of it, and the charge to anybody else. */
function limitsOf(fill: Fill, { state, rules }: Billing): readonly Line[] {
  const room = capRoom(fill, state, rules);
  const whole = capRoom(fill, initialMemberState, rules);
  const used = room === null || whole === null ? Money.zero : Money.subtract(whole, room);
  const cap = used === Money.zero ? 'the cap' : `the cap, less ${Money.toText(used)} used in its ${rules.cap.scope}`;
  return [
    ...(bearsPerFill(fill, rules.partialFill)
      ? []
      : [line('nothing, for the other part of the fill bears its copay', Money.zero)]),
    ...(room === null ? [] : [line(cap, room)]),
    ...(rules.cap.usualAndCustomary === 'MINIMUM'
      ? [line('the usual and customary charge (426-DQ)', fill.usualAndCustomaryCharge)]
      : []),
  ];
}

type Priced = { readonly listing: Listing; readonly allowed: Money; readonly rules: MedicaidCopay };

/** 42 CFR 447.53 and 447.56: the federal maximum, exempt groups, and what is left of the household's ceiling. */
function medicaidLimits(billing: Billing, priced: Priced): readonly Line[] {
  const { exemptGroups, household, incomePercentOfFpl } = billing.context.coverage?.medicaid ?? NOTHING_KNOWN;
  const exempt = exemptGroups.filter((group) => priced.rules.exemptGroups.includes(group));
  return [
    line('the federal maximum', federalMaximum(priced, incomePercentOfFpl)),
    ...(exempt.length === 0 ? [] : [line(`nothing for an exempt group (${exempt.join(', ')})`, Money.zero)]),
    ...(household === null || priced.rules.householdCeiling === 'IGNORE'
      ? []
      : [line("what is left of the household's ceiling", householdRoom(household, billing))]),
  ];
}
