import { hashOf } from '../persisted/hash.ts';
import { isRawNumber } from '../raw-json.ts';

/** JSON that is the same for equal values, whatever the order of their keys (as RFC 8785, without its number rules). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner) || isRawNumber(inner))
      return inner;
    // A null prototype keeps a key `__proto__` an ordinary one.
    const sorted: Record<string, unknown> = Object.create(null);
    for (const [key, value] of Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1))) {
      sorted[key] = value;
    }
    return sorted;
  });
}

/** The same for equal values, however large they are: SHA-256 of their canonical JSON. */
export const digestOf = (value: unknown): string => hashOf(canonicalJson(value));
