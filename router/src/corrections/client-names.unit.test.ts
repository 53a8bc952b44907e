import { parse, print, stripIgnoredCharacters } from 'graphql';
import { expect, test } from 'vitest';
import { isolateNames } from './client-names.ts';

const reserved = new Set(['__typename', 'id', 'code', 'client_code']);
const isolated = (text: string, hasInterfaceObjects = false) => {
  const document = parse(text);
  const result = isolateNames(document, {
    reserved,
    fields: new Map(),
    requirements: new Map(),
    renamings: new Map(),
    keys: new Map(),
    hasInterfaceObjects,
    requiredOfObjects: new Map(),
  });
  return {
    isSame: result.document === document,
    text: stripIgnoredCharacters(print(result.document)),
    names: Object.fromEntries(result.responseNames),
    variables: Object.fromEntries(result.variables),
  };
};

test.each(['{a id}', '{id:id b:id}', 'query($x:Int,$represent:Int){a(x:$x)}', '{x__alias:a}'])(
  '%s is as it was',
  (text) => {
    expect(isolated(text).isSame).toBe(true);
  },
);

test.each([
  ['{id:a}', '{client_id:a}', { client_id: 'id' }],
  ['{id:a b{id}}', '{client_id:a b{client_id:id}}', { client_id: 'id' }],
  ['{code:a}', '{client_code_:a}', { client_code_: 'code' }],
  ['{id:a client_id:b}', '{client_id_:a client_id:b}', { client_id_: 'id' }],
  ['{__typename:a}', '{client___typename:a}', { client___typename: '__typename' }],
  ['{a__alias_0:a}', '{client_a__alias_0:a}', { client_a__alias_0: 'a__alias_0' }],
  ['{toString}', '{client_toString:toString}', { client_toString: 'toString' }],
  ['{__proto__:a}', '{client___proto__:a}', { client___proto__: '__proto__' }],
])('%s is planned as %s', (text, expected, names) => {
  expect(isolated(text)).toMatchObject({ text: expected, names });
});

test.each([
  ['{a{...on A{b(x:1)}...on B{b(x:1)}}}', '{a{...on A{b(x:1)}...on B{b(x:1)}}}', {}],
  [
    '{a{...on A{b(x:1)}...on B{b(x:2)}...on C{b(x:1)}}}',
    '{a{...on A{b(x:1)}...on B{client_b:b(x:2)}...on C{b(x:1)}}}',
    { client_b: 'b' },
  ],
  [
    'query($representations:Int){a{...on A{b}...on B{b(x:$representations)}...on C{b:c}...on D{client_b:d}}}',
    'query($client_representations:Int){a{...on A{b}...on B{client_b_:b(x:$client_representations)}...on C{client_b__:c}...on D{client_b:d}}}',
    { client_b_: 'b', client_b__: 'b' },
  ],
  [
    '{a{...on A{id:b}...on B{id:c}}}',
    '{a{...on A{client_id:b}...on B{client_id_:c}}}',
    { client_id: 'id', client_id_: 'id' },
  ],
])('where a subgraph has interface objects %s is planned as %s', (text, expected, names) => {
  expect(isolated(text, true)).toMatchObject({ text: expected, names });
});

test('variables of fetches, also where a client has both forms', () => {
  const text =
    'query($representations:Int$client_representations:Int$representations_7:Int){a(x:$representations y:$client_representations z:$representations_7)}';
  expect(isolated(text)).toMatchObject({
    text: text.replaceAll('$', '$client_'),
    variables: {
      client_representations: 'representations',
      client_client_representations: 'client_representations',
      client_representations_7: 'representations_7',
    },
  });
});
