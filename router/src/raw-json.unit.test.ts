import { afterEach, expect, test, vi } from 'vitest';
import { parseExactJson } from './raw-json.ts';

const BIG = '12345678901234567891';

const INTEGER = /^-?(?:0|[1-9]\d*)$/;

/** A reviver for JSON.parse, which says simply what is meant. */
function keepInteger(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return source !== undefined && INTEGER.test(source) ? JSON.rawJSON(source) : value;
}

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  BIG,
  `-${BIG}`,
  `[${BIG},-${BIG} , 9007199254740991,9007199254740992]`,
  `{"a":${BIG},"b":{"c":[[${BIG}]],"d":${BIG}.5,"e":${BIG}e3,"f":0.${BIG},"g":1E-${BIG}},"${BIG}":null}`,
  `{"a":"${BIG}","b":"\\"${BIG}","c":"\\\\","d":${BIG},"e":"\\"[${BIG}"}`,
  `{"__proto__":${BIG},"constructor":{"prototype":${BIG}}}`,
  `{"a":"${BIG} \\u0022","\\"${BIG}":${BIG}}`,
])('integers beyond 53 bits are kept as they are written, and nothing else: %s', (json) => {
  const expected = JSON.parse(json, keepInteger);
  expect(JSON.stringify(parseExactJson(json))).toBe(JSON.stringify(expected));
});

test.each([
  `{${BIG}:1}`,
  `{${BIG} :1}`,
  `0${BIG}`,
  `--${BIG}`,
  `+${BIG}`,
  `${BIG}-`,
  `[${BIG}${' '}${BIG}]`,
  `"${BIG}`,
  `["a"${BIG}]`,
  `[${BIG}n]`,
])('what is no JSON is refused: %s', (json) => {
  expect(() => parseExactJson(json)).toThrow(SyntaxError);
});

test('no reviver is called, which would take many times as long', () => {
  const parse = vi.spyOn(JSON, 'parse');
  parseExactJson(`[${BIG},{},{}]`);
  expect(parse.mock.calls.map(({ length }) => length)).toEqual([1]);
});
