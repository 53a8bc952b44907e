import { type OperationDefinitionNode, parse, print, stripIgnoredCharacters } from 'graphql';
import { describe, expect, test } from 'vitest';
import { conditionVariables, decide, operationDocument, resolveConditions } from './conditions.ts';

const operation = (text: string) => parse(text).definitions[0] as OperationDefinitionNode;
const resolved = (text: string, decisions: Record<string, boolean> = {}, increments = true) =>
  stripIgnoredCharacters(
    print(resolveConditions(parse(text), new Map(Object.entries(decisions)), increments)),
  );

test.each([
  ['{a @include(if:$x) b}', { x: true }, '{a b}'],
  ['{a @include(if:$x) b}', { x: false }, '{b}'],
  ['{a @skip(if:$x) @include(if:$y) b}', { x: false, y: false }, '{b}'],
  ['{a @skip(if:$x) @include(if:$y) b}', { x: false, y: true }, '{a b}'],
  ['{a @include(if:false) @keep b @keep}', {}, '{b@keep}'],
  ['{a @include(if:true) @keep}', {}, '{a@keep}'],
  ['{b ...on T@skip(if:$x){a} ...F@include(if:$x)}', { x: true }, '{b ...F}'],
  ['{b{c @skip(if:$x) d{e @skip(if:$x) f}}}', { x: true }, '{b{d{f}}}'],
  ['{...@defer(if:$x,label:"l"){a}}', { x: true }, '{...@defer(label:"l"){a}}'],
  ['{...@defer(if:$x,label:"l"){a}}', { x: false }, '{...{a}}'],
  ['{...@defer(if:false){a}...F@keep@defer(if:true)}', {}, '{...{a}...F@keep@defer}'],
  ['{b ...F@include(if:$x)@defer}', { x: false }, '{b}'],
])('%s with %j is %s', (text, decisions, expected) => {
  expect(resolved(text, decisions)).toBe(expected);
});

test('nothing is deferred for who cannot get increments', () => {
  expect(resolved('{...@defer(label:"l"){a}...F@defer(if:$x)}', { x: true }, false)).toBe('{...{a}...F}');
});

test('the variables of conditions, anywhere, once', () => {
  const text =
    '{b @skip(if:$z) ...F @include(if:$y)} fragment F on T{c(x:$no) ...@skip(if:$x){d @include(if:$z)} e @keep(if:$k)}';
  expect(conditionVariables(parse(text))).toEqual(['x', 'y', 'z']);
});

test('of a document, an operation has the fragments that it uses', () => {
  const document = parse(
    'query A{...F} query B{b} fragment G on T{g ...F} fragment F on T{f ...G} fragment H on T{h}',
  );
  const [a] = document.definitions;
  const { definitions } = operationDocument(document, a as OperationDefinitionNode);
  expect(definitions.map((node) => 'name' in node && node.name?.value)).toEqual(['A', 'F', 'G']);
});

describe('a variable of a condition', () => {
  const given = (variables: Record<string, unknown>, text = 'query($v:Boolean=true){a @skip(if:$v)}') =>
    decide(['v'], operation(text).variableDefinitions ?? [], variables).get('v');

  test.each([
    [{ v: false }, false],
    [{}, true],
    [{ v: undefined }, true],
  ])('%j is %s', (variables, expected) => {
    expect(given(variables)).toBe(expected);
  });

  test.each([{ v: null }, { v: 'true' }, { v: 1 }])('may not be %j', (variables) => {
    expect(() => given(variables)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', field: 'v' } }),
    );
  });

  test('that an object has by itself is not given', () => {
    const text = 'query($constructor:Boolean=false){a @skip(if:$constructor)}';
    expect(decide(['constructor'], operation(text).variableDefinitions ?? [], {}).get('constructor')).toBe(
      false,
    );
  });
});
