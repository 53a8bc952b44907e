/** Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O or U. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Hexadecimal digits at the end of an id that a reference stands for: 40 bits, all of them random in a UUIDv7. */
const HEX = 10;
const CHARACTERS = 8;

/** What people call a reservation by, `XXXX-XXXX`: the last 40 bits of its id, in Crockford's base 32. */
export function referenceOf(id: string): string {
  let rest = Number.parseInt(id.slice(-HEX), 16);
  let reference = '';
  while (reference.length < CHARACTERS) {
    reference = `${DIGITS[rest % 32]}${reference}`;
    rest = Math.floor(rest / 32);
  }
  return `${reference.slice(0, 4)}-${reference.slice(4)}`;
}

/**
 * The last ten digits of the ids that a reference stands for, as a person may have written it: the case of letters, dashes and
 * white space do not matter, O is 0, and I and L are 1. Undefined if it is no reference.
 */
export function idEndingOf(reference: string): string | undefined {
  const written = reference
    .toUpperCase()
    .replaceAll(/[\p{Dash}\p{Default_Ignorable_Code_Point}\s]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const digits = Array.from(written, (character) => DIGITS.indexOf(character));
  if (digits.length !== CHARACTERS || digits.includes(-1)) return undefined;
  return digits
    .reduce((sum, digit) => sum * 32 + digit, 0)
    .toString(16)
    .padStart(HEX, '0');
}
