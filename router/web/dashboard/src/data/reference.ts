/** A booking's reference without what does not matter in it: see `Reservation.reference`. */
export const plainReference = (reference: string): string =>
  reference.toUpperCase().replaceAll(/[-\s]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');

/** Whether a text may be a booking's reference: eight characters of Crockford's base 32. */
export const isReference = (text: string): boolean => /^[0-9A-HJKMNP-TV-Z]{8}$/.test(plainReference(text));
