import { ofNdc, type PolicyBundle } from '../policy/policy-bundle.ts';
import type { AsOf } from '../policy/dated.ts';
import type { AuthorizationScope } from '../policy/programme-rules.ts';
import type { PriorAuthorization } from '../policy/reference.ts';

/** What two authorizations, or an authorization and a product, are compared in. */
type OfDrug = Pick<PriorAuthorization, 'drugFamily' | 'ndc'>;

/** Whether both are about one drug, as the policy tells drugs apart. A strict policy wants an authorization to name its product. */
export function isSameDrug(
  one: OfDrug,
  other: OfDrug,
  { scope, policy, when }: { readonly scope: AuthorizationScope; readonly policy: Products; readonly when: AsOf },
): boolean {
  const formOf = ({ ndc }: OfDrug): string | null => ndc && (ofNdc(policy.products, ndc, when)?.dosageForm ?? null);
  switch (scope) {
    case 'DRUG_FAMILY':
      return one.drugFamily === other.drugFamily;
    case 'DOSAGE_FORM':
      return one.drugFamily === other.drugFamily && formOf(one) === formOf(other);
    case 'NDC':
      return one.drugFamily === other.drugFamily && one.ndc === other.ndc;
  }
}

type Products = Pick<PolicyBundle, 'products'>;
