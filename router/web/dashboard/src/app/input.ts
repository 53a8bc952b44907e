import type { Problem } from '../data/problem.ts';

/** A whole number as it was typed, with or without separators; undefined for anything else. */
export function wholeNumber(text: string): number | undefined {
  const digits = text.replaceAll(/[\s,]/g, '');
  return /^-?\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

/** What the server would say of a field that is empty or cannot be read. */
export const missing = (field: string): Problem => ({ code: 'BAD_USER_INPUT', field, message: '' });
