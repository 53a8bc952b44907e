import type { FetchDataRewrite, FetchNode } from '@apollo/query-planner';
import { buildSchema, parse, print, stripIgnoredCharacters, validate } from 'graphql';
import { expect, test } from 'vitest';
import { withoutAlias } from '../corrections/index.ts';
import { joinTexts, nameless } from './fetch-text.ts';

const fetch = (operation: string, more: Partial<FetchNode> = {}): FetchNode => ({
  kind: 'Fetch',
  serviceName: 'a',
  operation,
  operationName: undefined,
  operationKind: 'query' as FetchNode['operationKind'],
  requires: [],
  ...more,
});
const text = (selection: string, variables = '', name = '') =>
  `query ${name}($representations:[_Any!]!${variables}){_entities(representations:$representations){...on Flight{${selection}}}}`;

test('joined texts have an alias and representations each, and a variable of the client’s once', () => {
  const joined = joinTexts([
    fetch(text('a(x:$x)', ',$x:Int=3', 'Op__b__1')),
    fetch(text('b(x:$x y:$y)', ',$x:Int=3,$y:[Int!]', 'Op__b__2')),
  ]);
  expect(joined.fields).toEqual([
    { field: '_0', representations: 'representations_0' },
    { field: '_1', representations: 'representations_1' },
  ]);
  expect(joined.text).toBe(
    stripIgnoredCharacters(`query Op__b__1($representations_0:[_Any!]! $x:Int=3 $representations_1:[_Any!]! $y:[Int!]){
      _0:_entities(representations:$representations_0){...on Flight{a(x:$x)}}
      _1:_entities(representations:$representations_1){...on Flight{b(x:$x y:$y)}}
    }`),
  );
  const schema =
    buildSchema(`scalar _Any union _Entity = Flight type Flight { a(x: Int): Int, b(x: Int, y: [Int!]): Int }
    type Query { _entities(representations: [_Any!]!): [_Entity]! }`);
  expect(validate(schema, parse(joined.text))).toEqual([]);
});

test('a field below that is called like a variable or an alias is as it was', () => {
  const selection = '_0 representations _1:representations_0(representations:"$representations")';
  const joined = joinTexts([fetch(text(selection)), fetch(text('b'))]);
  expect(joined.text).toContain(stripIgnoredCharacters(print(parse(`{${selection}}`))).slice(1, -1));
});

test('texts are equal but for the operation’s name; not with other arguments or rewrites', () => {
  const rewrite: FetchDataRewrite = { kind: 'KeyRenamer', path: ['a__alias_0'], renameKeyTo: 'a' };
  const base = nameless(fetch(text('a', '', 'Op__b__1')));
  expect(nameless(fetch(text('a', '', 'Op__b__2')))).toBe(base);
  expect(nameless(fetch(text('a(x:1)')))).not.toBe(base);
  expect(nameless(fetch(text('a'), { outputRewrites: [rewrite] }))).not.toBe(base);
});

test.each([
  ['a__alias_0', 'a'],
  ['a__alias_12', 'a'],
  ['a__alias_', 'a__alias_'],
  ['a__alias_0b', 'a__alias_0b'],
])('the name of %s is %s', (alias, name) => {
  expect(withoutAlias(alias)).toBe(name);
});
