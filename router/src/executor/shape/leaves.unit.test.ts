import { GraphQLEnumType, GraphQLScalarType, specifiedScalarTypes } from 'graphql';
import { expect, test } from 'vitest';
import { readLeaf } from './leaves.ts';

const raw = JSON.rawJSON('12345678901234567891');
const enumType = new GraphQLEnumType({ name: 'Color', values: { RED: {}, toString: { value: 7 } } });
const custom = new GraphQLScalarType({ name: 'Any' });
const types = new Map([...specifiedScalarTypes, enumType, custom].map((type) => [type.name, type]));

test.each([
  ['String', 'a', 'a'],
  ['String', 1, undefined],
  ['Boolean', false, false],
  ['Boolean', 1, undefined],
  ['Int', -2147483648, -2147483648],
  ['Int', 2147483648, undefined],
  ['Int', 1.5, undefined],
  ['Int', '1', undefined],
  ['Int', raw, undefined],
  ['Float', 1.5, 1.5],
  ['Float', raw, Number('12345678901234567891')],
  ['Float', '1', undefined],
  ['ID', 7, '7'],
  ['ID', '7', '7'],
  ['ID', raw, '12345678901234567891'],
  ['ID', 1.5, undefined],
  ['ID', true, undefined],
  ['ID', { id: 1 }, undefined],
  ['Color', 'RED', 'RED'],
  ['Color', 'toString', 'toString'],
  ['Color', 'constructor', undefined],
  ['Color', 7, undefined],
  ['Any', raw, raw],
  ['Any', false, false],
])('%s reads %j as %j', (name, value, expected) => {
  const type = types.get(name);
  if (!type) throw new Error(name);
  expect(readLeaf(type)(value)).toBe(expected);
});
