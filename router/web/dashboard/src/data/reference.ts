/** A booking's reference without what does not matter in it: see `Reservation.reference`. */
export const plainReference = (reference: string): string =>
  reference
    .toUpperCase()
    .replaceAll(/[\p{Dash}\p{Default_Ignorable_Code_Point}\s]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

/** Whether a text may be a booking's reference: eight characters of Crockford's base 32. */
export const isReference = (text: string): boolean => /^[0-9A-HJKMNP-TV-Z]{8}$/.test(plainReference(text));

/** Crockford's base 32. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{2}(?<ending>[0-9a-f]{10})$/i;

/** The reference of a booking by its id, whose last 40 bits it is; undefined for what is no id. */
export function referenceOfId(id: string): string | undefined {
  const ending = ID.exec(id)?.groups?.ending;
  if (ending === undefined) return undefined;
  const digits = Array.from(Number.parseInt(ending, 16).toString(32).padStart(8, '0'), (digit) =>
    DIGITS.charAt(Number.parseInt(digit, 32)),
  ).join('');
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}
