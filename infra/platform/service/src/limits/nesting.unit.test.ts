import { describe, expect, test } from 'vitest';
import { documentNesting, jsonExtent } from './nesting.ts';

describe('the extent of JSON text', () => {
  test.each([
    ['7', 0, 0],
    ['{}', 1, 0],
    ['[]', 1, 0],
    ['[[],[[]]]', 3, 0],
    ['{"a":{"b":[{}]},"c":[]}', 4, 2],
    ['[{"a":1},{"a":1,"b":2,"c":3},{"d":4}]', 2, 3],
    ['{"a":{"x":1,"y":2},"b":3,"c":4}', 2, 3],
    ['{"a":"[[[[{{:::"}', 1, 1],
    ['{"a":"\\"[[","\\\\":"["}', 1, 2],
    ['"never closed [[[', 0, 0],
    [']]]]', 0, 0],
  ])('of %s is %i deep and %i wide', (json, depth, fields) => {
    expect(jsonExtent(Buffer.from(json))).toEqual({ depth, fields });
  });

  test('is found without recursion', () => {
    expect(jsonExtent(Buffer.from('['.repeat(1_000_000))).depth).toBe(1_000_000);
  });
});

describe('the nesting of a document', () => {
  test.each([
    ['{ a }', 1],
    ['{ a(b: [{ c: 1 }]) }', 4],
    ['{ a } { b { c } }', 2],
    ['{ a(b: "{{{{") }', 2],
    ['{ a(b: "\\"{{{{") }', 2],
    ['{ a(b: """ {{ " {{ \\""" {{ """) { c } }', 2],
    ['{ # {{{{ " {{\n a }', 1],
    ['{ a(b: "', 2],
    ['{ a(b: """ {{{', 2],
  ])('of %s is %i', (source, depth) => {
    expect(documentNesting(source)).toBe(depth);
  });
});
