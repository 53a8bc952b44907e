/** The extent of a JSON value: the deepest nesting of objects and arrays, and the most fields of one object. */
export interface JsonExtent {
  depth: number;
  fields: number;
}

/** Measures JSON text (UTF-8) without parsing it and without recursion; meaningless for other text. */
export function jsonExtent(json: Uint8Array): JsonExtent {
  const extent: JsonExtent = { depth: 0, fields: 0 };
  // Fields so far of each open object; an array has none, as it holds no colons of its own.
  const open: number[] = [];
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (byte === quote) {
      i = endOfJsonString(json, i);
    } else if (byte === leftBrace || byte === leftBracket) {
      open.push(0);
      extent.depth = Math.max(extent.depth, open.length);
    } else if (byte === rightBrace || byte === rightBracket) {
      open.pop();
    } else if (byte === colon) {
      const fields = (open.pop() ?? 0) + 1;
      open.push(fields);
      extent.fields = Math.max(extent.fields, fields);
    }
  }
  return extent;
}

function endOfJsonString(json: Uint8Array, start: number): number {
  let i = start + 1;
  while (i < json.length && json[i] !== quote) i += json[i] === backslash ? 2 : 1;
  return i;
}

/**
 * The deepest nesting of braces, brackets and parentheses in a GraphQL document's text, without recursion: graphql-js's
 * parser is recursive and overflows the stack on what is nested too deep.
 */
export function documentNesting(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < source.length; i++) {
    const char = source.charCodeAt(i);
    if (char === quote) i = endOfString(source, i);
    else if (char === hash) i = endOfLine(source, i);
    else if (char === leftBrace || char === leftBracket || char === leftParenthesis) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (char === rightBrace || char === rightBracket || char === rightParenthesis) {
      depth -= 1;
    }
  }
  return deepest;
}

const quote = 0x22;
const backslash = 0x5c;
const hash = 0x23;
const colon = 0x3a;
const leftBrace = 0x7b;
const rightBrace = 0x7d;
const leftBracket = 0x5b;
const rightBracket = 0x5d;
const leftParenthesis = 0x28;
const rightParenthesis = 0x29;

/** The index of the last character of the string that starts at the index; a string that never ends is a syntax error. */
function endOfString(source: string, start: number): number {
  if (source.startsWith('"""', start)) {
    let end = source.indexOf('"""', start + 3);
    while (end !== -1 && source.charCodeAt(end - 1) === backslash) end = source.indexOf('"""', end + 3);
    return end === -1 ? source.length : end + 2;
  }
  for (let i = start + 1; i < source.length; i++) {
    const char = source.charCodeAt(i);
    if (char === backslash) i += 1;
    else if (char === quote || char === newline || char === carriageReturn) return i;
  }
  return source.length;
}

const newline = 0x0a;
const carriageReturn = 0x0d;

function endOfLine(source: string, start: number): number {
  let i = start;
  while (i < source.length && source.charCodeAt(i) !== newline && source.charCodeAt(i) !== carriageReturn)
    i += 1;
  return i;
}
