/** What no text of a client may have, and in which form; the last is longer than any. */
export const hostileTexts: Readonly<Record<string, string>> = {
  'a high surrogate alone': 'a\ud800',
  'a low surrogate alone': '\udc00a',
  'U+0000': 'a\0a',
  'a control character of ASCII': 'a\u0007',
  DEL: '\u007fa',
  'a control character of Latin 1': 'a\u0085a',
  'a line separator': 'a\u2028a',
  'an override of the direction': 'a\u202ea',
  'an isolate': '\u2066a',
  'too many characters': 'a'.repeat(1001),
};

/** What an entity's key may have, since rows may be older than the rules. */
export const isTakenAsKey = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** Texts that look odd and are not: no operation refuses them for what they have. */
export const oddTexts: Readonly<Record<string, string>> = {
  'a pair of surrogates': 'a😀',
  'a letter of two characters': 'a\u0301',
  'U+FFFD': '\ufffd',
  'what SQL means': `'; drop table x; --"%_\\`,
  'what a prototype has': '__proto__',
};
