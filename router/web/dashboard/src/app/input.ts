import type { Problem } from '../data/problem.ts';
import { minorDigits } from './format.ts';

/** What follows the last separator is a thousand: elsewhere a comma is a decimal point, without which it would be another number. */
const SEPARATED = /^-?\d+(([\s,]\d+)*[\s,]\d{3})?$/;

const withoutSeparators = (text: string): string => text.replaceAll(/[\s,]/g, '');

/** A whole number as it was typed, with or without separators; undefined for anything else. */
export function wholeNumber(text: string): number | undefined {
  const digits = withoutSeparators(text);
  return SEPARATED.test(text.trim()) && /^-?\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

/** The same, where the server takes it as an `Int`, of 32 bits. */
export function int(text: string): number | undefined {
  const number = wholeNumber(text);
  return number !== undefined && (number | 0) === number ? number : undefined;
}

/**
 * The first moment of a day where the reader is, some days later; undefined for what is no day, and past the year 9999, with
 * which the server's calendar ends.
 */
export function momentOf(text: string, daysLater = 0): string | undefined {
  if (!isDay(text)) return undefined;
  const moment = new Date(`${text}T00:00`);
  moment.setDate(moment.getDate() + daysLater);
  const written = moment.toISOString();
  return /^\d{4}-/.test(written) ? written : undefined;
}

/** Whether this is a `YYYY-MM-DD` of the calendar. */
export function isDay(text: string): boolean {
  const moment = Date.parse(`${text}T00:00Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(`${text}T`);
}

/** An amount as it was typed, in the smallest unit of its currency; undefined for anything else, such as a part of that unit. */
export function amountOf(text: string, currency: string): number | undefined {
  const digits = minorDigits(currency);
  const [whole = '', part = '', ...more] = text.trim().split('.');
  if (whole + part === '' || more.length > 0 || part.length > digits) return undefined;
  if (whole !== '' && wholeNumber(whole) === undefined) return undefined;
  return wholeNumber(withoutSeparators(whole) + part.padEnd(digits, '0'));
}

/** In which flights are, where no one says another. */
export const DEFAULT_CURRENCY = 'KRW';
/** As ISO 4217 has them. */
export const currencies: readonly string[] = Intl.supportedValuesOf('currency');

/** The same the other way: an amount as one would type it. */
export const typedAmount = (amount: number, currency: string): string =>
  (amount / 10 ** minorDigits(currency)).toFixed(minorDigits(currency));

/** What the server would say of a field that is empty or cannot be read. */
export const missing = (field: string): Problem => ({ code: 'BAD_USER_INPUT', field, message: '' });

const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u;

/** Whether nothing of a text shows; the server refuses such ids and names, too. */
export const isBlank = (text: string): boolean => !VISIBLE.test(text);
