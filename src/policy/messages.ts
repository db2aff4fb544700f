import type { RejectCode } from '../claims/reject-codes.ts';
import { invariant } from '../values/invariant.ts';

/** The reject codes that the rules can give: a policy bundle has to bring a text for each of them. */
export const WORDED_CODES = [
  ...(['01', '04', '1S', '51', '67', '69', '82', '81', '83'] as const),
  ...(['07', '52', '7D', '62', '65', '41', '620', '621', 'AF', '7M', '13'] as const),
  ...(['827', '877', '40', '619', '71'] as const),
  ...(['54', '77', 'AC', '831', '645', '70', '60', '80'] as const),
  ...(['75', '64', '3W', '3Y', 'PA'] as const),
  ...(['RK', '7T', '7U', 'RN', 'RB', 'RJ', 'RF', 'RM', 'RC', '7X', '891', 'AG', '9E', '76', '9G', '7W', '79'] as const),
  ...(['17', '31', '84', '30', 'RP'] as const),
] as const satisfies readonly RejectCode[];

export type WordedCode = (typeof WORDED_CODES)[number];

/**
 * The reasons that the rules themselves tell texts of one code apart by. The list of covered drugs adds its own to 70, and whoever
 * decides authorizations has any for 3Y.
 */
export const REASONS: Readonly<Partial<Record<string, readonly string[] | 'ANY'>>> = {
  '67': ['PROGRAMME'],
  '69': ['PROGRAMME'],
  '65': ['PLAN_TYPE'],
  '70': ['COMPOUND', 'MODEL', 'LIFESTYLE_SUPPORT'],
  '75': ['OTHER_DRUG'],
  '64': ['OTHER_DRUG'],
  '3Y': 'ANY',
  '31': ['REBILL'],
  '84': ['PRODUCT', 'REBILL'],
} satisfies Partial<Record<WordedCode, readonly string[] | 'ANY'>>;

/** Texts by reject code, such as `65`, and by code and reason where one code has several causes, such as `65 PLAN_TYPE`. */
export type Messages = ReadonlyMap<string, string>;

/** The text of a code, the reason's own where the bundle has one (526-FQ). */
export function messageText(messages: Messages, code: WordedCode, reason: string | null): string {
  const text = (reason === null ? undefined : messages.get(`${code} ${reason}`)) ?? messages.get(code);
  invariant(text !== undefined, 'every worded code has a text');
  return text;
}
