/** What is worth knowing about a paid fill beside its money. */
export type Flag =
  | '340B'
  | 'PACKAGE_SPLIT'
  | 'DIAGNOSIS_CONFLICT'
  | 'DOSE_CHANGE'
  | 'EARLY_REFILL'
  /** At or below the poverty level the drug is handed out whether or not the copay is paid (42 CFR 447.52(e)). */
  | 'DISPENSE_WITHOUT_COPAY'
  | 'LIFESTYLE_SUPPORT_DECLINED';
