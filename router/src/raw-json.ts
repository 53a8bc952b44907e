/** What a reviver learns of a primitive value: how it was written. */
interface JsonSource {
  readonly source?: string;
}

declare global {
  // Source text access (https://tc39.es/proposal-json-parse-with-source/), which TypeScript's library does not have yet.
  interface JSON {
    parse(text: string, reviver: (key: string, value: unknown, context: JsonSource) => unknown): unknown;
    rawJSON(text: string): unknown;
    isRawJSON(value: unknown): value is { readonly rawJSON: string };
  }
}

/** Whether a value is a number that a double does not hold, kept as it was written. */
export const isRawNumber = (value: unknown): value is { readonly rawJSON: string } => JSON.isRawJSON(value);

/** Whether a value is a JSON object: neither a list nor null. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** No integer of fewer digits is beyond 53 bits. */
const LONG_NUMBER = /\d{16}/;
const INTEGER = /^-?\d+$/;

/** Parses JSON, with integers beyond 53 bits as JSON.rawJSON objects, which JSON.stringify writes as they were. */
export function parseExactJson(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, keepInteger) : JSON.parse(text);
}

/** A reviver for JSON.parse. */
export function keepInteger(_key: string, value: unknown, context?: JsonSource): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return source !== undefined && INTEGER.test(source) ? JSON.rawJSON(source) : value;
}

/** The value with doubles for all numbers, as JSON.parse has it. */
export function rounded(value: unknown): unknown {
  if (isRawNumber(value)) return Number(value.rawJSON);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
}
