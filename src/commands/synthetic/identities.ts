/**
 * Ids that have the form of real ones, so that they pass every check of form, and must never be taken for real. Every NPI issued so far
 * begins with 1, and these with 2. The form of an MBI has no such range: these all begin 1EG4, as the specimen on CMS's sample card
 * does, and the names that go with them say that nobody is meant.
 */

const LETTERS = 'ACDEFGHJKMNPQRTUVWXY';
const DIGITS = '0123456789';
const EITHER = DIGITS + LETTERS;
/** The places of an MBI behind the first four, the last one first, so that neighbours differ at the end. */
const MBI_PLACES = [DIGITS, DIGITS, LETTERS, LETTERS, DIGITS, EITHER, LETTERS];

/** A different one for every number below 240 million. */
export function syntheticMbi(number: number): string {
  let rest = number;
  let mbi = '';
  for (const alphabet of MBI_PLACES) {
    mbi = (alphabet[rest % alphabet.length] ?? '') + mbi;
    rest = Math.floor(rest / alphabet.length);
  }
  return `1EG4${mbi}`;
}

/** A National Provider Identifier with the right check digit: Luhn's over 80840 and the number. */
export function syntheticNpi(number: number): string {
  const body = `2${String(number).padStart(8, '0')}`;
  let sum = 24; // what the prefix 80840 adds
  for (let at = 0; at < body.length; at += 1) {
    const digit = Number(body[at]);
    const doubled = at % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return body + String((10 - (sum % 10)) % 10);
}

const FIRST_NAMES = ['ADA', 'BEN', 'CLEO', 'DAN', 'EVE', 'FAY', 'GUS', 'HAL', 'IDA', 'JON', 'KAY', 'LEO', 'MAE'];
const LAST_NAMES = ['SPECIMEN', 'SAMPLE', 'EXAMPLE', 'PLACEHOLDER', 'FIXTURE'];

export const syntheticName = (number: number): { readonly first: string; readonly last: string } => ({
  first: FIRST_NAMES[number % FIRST_NAMES.length] ?? '',
  last: LAST_NAMES[Math.floor(number / FIRST_NAMES.length) % LAST_NAMES.length] ?? '',
});
