/** What is worth knowing about a paid fill beside its money. */
export type Flag = '340B' | 'PACKAGE_SPLIT' | 'DIAGNOSIS_CONFLICT' | 'DOSE_CHANGE' | 'EARLY_REFILL';
