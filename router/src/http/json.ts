import { refusal } from '@airline/service/server';
import { parseExactJson } from '../raw-json.ts';

/** Text without these has no key that could become part of a prototype, however it is escaped. */
const suspicious = /__proto__|constructor|\\u/;

/**
 * Parses JSON of a client. Integers beyond 53 bits are JSON.rawJSON objects: they may be meant for a custom scalar.
 *
 * @throws HttpRefusal for what is no JSON, and for keys that pollute prototypes where objects are merged
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch {
    throw refusal.notJson();
  }
  if (suspicious.test(text) && hasForbiddenKey(value)) throw refusal.notJson();
  return value;
}

function hasForbiddenKey(value: unknown): boolean {
  const found: unknown[] = [value];
  for (let next = found.pop(); next !== undefined; next = found.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    if (Object.hasOwn(next, '__proto__')) return true;
    if (Object.hasOwn(next, 'constructor')) {
      const inner: unknown = next.constructor;
      if (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, 'prototype')) return true;
    }
    for (const member of Object.values(next)) found.push(member);
  }
  return false;
}
