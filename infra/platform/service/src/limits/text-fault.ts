import type { Limits } from './limits.ts';

/** Control characters apart from white space, what ends a line for some readers only, and what reorders a text on a screen. */
const FORBIDDEN = /[[\p{Cc}\p{Bidi_Control}\u2028\u2029]--[\t\n\r]]/v;

/**
 * Finds what no text of a client may have. A lone surrogate has no UTF-8, and PostgreSQL stores no U+0000; other control
 * characters make two ids look like one.
 *
 * @returns why it is refused; undefined when it is not
 */
export function textFault(text: string, limits: Limits): string | undefined {
  if (text.length > limits.textLength) return `must have at most ${limits.textLength} characters`;
  if (!text.isWellFormed()) return 'must not contain a lone surrogate';
  const code = FORBIDDEN.exec(text)?.[0].codePointAt(0);
  return code === undefined ? undefined : `must not contain the character ${codePoint(code)}`;
}

/** JSON has no infinity: as a variable it would be null for a subgraph, and the planner has no literal for it. */
export const numberFault = (number: number): string | undefined =>
  Number.isFinite(number) ? undefined : 'must be below 1.8e308';

/** As Unicode writes it: `U+0000`. */
const codePoint = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
