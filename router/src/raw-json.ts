import { randomUUID } from 'node:crypto';

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
const INTEGER = /^-?(?:0|[1-9]\d*)$/;

/** Parses JSON, with integers beyond 53 bits as JSON.rawJSON objects, which JSON.stringify writes as they were. */
export function parseExactJson(text: string): unknown {
  const marked = LONG_NUMBER.test(text) ? markIntegers(text) : text;
  const value: unknown = JSON.parse(marked);
  return marked === text ? value : restoreIntegers(value);
}

/** Begins the texts that stand for integers; nobody else can know it. A reviver, called for each value, would take many times as long. */
const MARK = `${randomUUID()} `;
const NUMBER = /-?\d[\d.eE+-]*/y;
const COLON = /\s*:/y;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/** JSON with marked texts in place of integers beyond 53 bits; what is no JSON does not become it. */
function markIntegers(json: string): string {
  let marked = '';
  let copied = 0;
  for (let i = 0; i < json.length; i += 1) {
    const code = json.charCodeAt(i);
    if (code === QUOTE) i = endOfString(json, i);
    if (code !== MINUS && !(code >= ZERO && code <= NINE)) continue;
    const number = matchAt(NUMBER, json, i);
    if (number === undefined) continue;
    const end = i + number.length;
    // A number is no key, but a text would be one.
    if (isLongInteger(number) && matchAt(COLON, json, end) === undefined) {
      marked += `${json.slice(copied, i)}"${MARK}${number}"`;
      copied = end;
    }
    i = end - 1;
  }
  return copied === 0 ? json : marked + json.slice(copied);
}

function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (i < json.length && json.charCodeAt(i) !== QUOTE) i += json.charCodeAt(i) === BACKSLASH ? 2 : 1;
  return i;
}

function matchAt(pattern: RegExp, text: string, index: number): string | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0];
}

const isLongInteger = (number: string) =>
  number.length >= 16 && INTEGER.test(number) && !Number.isSafeInteger(Number(number));

/** The value, which is written into, with integers in place of marked texts. */
function restoreIntegers(value: unknown): unknown {
  const root = [value];
  const found: object[] = [root];
  for (let holder = found.pop(); holder; holder = found.pop()) {
    const inside = holder;
    const visit = (inner: unknown, key: string | number) => {
      if (typeof inner === 'object' && inner !== null) found.push(inner);
      else if (typeof inner === 'string' && inner.startsWith(MARK))
        Reflect.set(inside, key, JSON.rawJSON(inner.slice(MARK.length)));
    };
    if (Array.isArray(holder)) holder.forEach(visit);
    // Parsed objects have fields of their own alone.
    else for (const key in holder) visit(Reflect.get(holder, key), key);
  }
  return root[0];
}

/** The value with doubles for all numbers, as JSON.parse has it. */
export function rounded(value: unknown): unknown {
  if (isRawNumber(value)) return Number(value.rawJSON);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
}
