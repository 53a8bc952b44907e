import { gte, lt, type SQL, type SQLWrapper } from 'drizzle-orm';

const LAST = 0x10ffff;
const SURROGATES = { first: 0xd800, next: 0xe000 };

/**
 * The conditions that a text begins with a prefix, all of them, as a range of an index: both databases compare texts by the
 * bytes of UTF-8, which sort as code points do. No character of the prefix has a meaning of its own, as it would in LIKE.
 */
export const startsWith = (text: SQLWrapper, prefix: string): [SQL, ...SQL[]] => {
  const next = afterPrefix(prefix);
  return [gte(text, prefix), ...(next === undefined ? [] : [lt(text, next)])];
};

/** The first text after all that begin with a prefix; undefined if there is none. */
export function afterPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  const place = points.findLastIndex((point) => point < LAST);
  if (place < 0) return undefined;
  const next = (points[place] ?? 0) + 1;
  return String.fromCodePoint(...points.slice(0, place), next === SURROGATES.first ? SURROGATES.next : next);
}
