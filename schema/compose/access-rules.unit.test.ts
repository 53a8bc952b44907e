import path from 'node:path';
import { expect, test } from 'vitest';
import { ruleFaults } from './access-rules.ts';
import { readSubgraphs } from './subgraphs.ts';

const faultsOf = (...sdls: string[]) =>
  ruleFaults(
    sdls.map((sdl, index) => ({
      name: `gate${index}`,
      url: '',
      sdl: `type Query @authenticated { a: Int }\n${sdl}`,
    })),
  ).map(
    ({ subgraph, coordinate, line, message }) =>
      `${subgraph}:${line} ${coordinate} ${message.split(/[.;]/)[0]}`,
  );

const WITHOUT = 'There is no rule of who may see it';

test('every output field of this graph has a rule', async () => {
  expect(ruleFaults(await readSubgraphs(path.join(import.meta.dirname, '../..')))).toEqual([]);
});

test.each([
  '@tag(name: "public")',
  '@authenticated',
  '@policy(policies: [["owner"]])',
  '@requiresScopes(scopes: [["a"]])',
])('%s is a rule, of a field or of a type', (rule) => {
  expect(
    faultsOf(`type Gate ${rule} { a: Int b: Int }`, `type Gate { a: Int ${rule} b: Int ${rule} }`),
  ).toEqual([]);
  expect(faultsOf(`extend type Gate ${rule} { a: Int } extend type Gate { b: Int }`)).toEqual([]);
});

test.each([
  ['without any', 'type Gate { a: Int }', ['gate0:2 Gate.a']],
  [
    'with another tag',
    'type Gate @tag(name: "internal") { a: Int @tag(name: "publik") }',
    ['gate0:2 Gate.a'],
  ],
  ['with another directive', 'type Gate @shareable { a: Int @cost(weight: 2) }', ['gate0:2 Gate.a']],
  ['beside one that has a rule', 'type Gate { a: Int @authenticated\n b: Int }', ['gate0:3 Gate.b']],
  ['of an extension', 'type Gate { a: Int @authenticated }\nextend type Gate { b: Int }', ['gate0:3 Gate.b']],
  ['of an interface', 'interface Gate { a: Int }', ['gate0:2 Gate.a']],
])('a field %s is named with its line', (_which, sdl, expected) => {
  expect(faultsOf(sdl)).toEqual(expected.map((fault) => `${fault} ${WITHOUT}`));
});

test('what a type has in another subgraph does not count', () => {
  expect(faultsOf('type Gate @authenticated { a: Int }', 'type Gate { b: Int }')).toEqual([
    `gate1:2 Gate.b ${WITHOUT}`,
  ]);
});

test('a connection has the rules of its nodes', () => {
  const gate = '{ id: ID! @tag(name: "public") others: GateConnection @authenticated }';
  expect(faultsOf(`type Gate @tag(name: "public") ${gate}`)).toEqual([]);
  expect(faultsOf(`type Gate ${gate}`)).toEqual(
    ['edges', 'nodes', 'pageInfo', 'totalCount']
      .map((field) => `GateConnection.${field}`)
      .concat('GateEdge.cursor', 'GateEdge.node')
      .map((field) => `gate0:undefined ${field} ${WITHOUT}`),
  );
});

test('a policy that nobody can have is a fault', () => {
  expect(faultsOf('type Gate @policy(policies: [["owner"], ["stuff"]]) { a: Int }')).toEqual([
    'gate0:2 Gate Nobody has the policy "stuff"',
  ]);
});

test.each([
  ['type Mutation { a: Int @tag(name: "public")\nb: Int @authenticated }', 'gate0:2 Mutation.a'],
  ['type Mutation @tag(name: "public") { a: Int }', 'gate0:2 Mutation'],
  ['extend type Mutation @authenticated {\na: Int @tag(name: "public") }', 'gate0:3 Mutation.a'],
])('a mutation for anyone is a fault: %s', (sdl, place) => {
  expect(faultsOf(sdl)).toEqual([`${place} Anyone could change data`]);
});

test('input types need none', () => {
  expect(faultsOf('input Gate { a: Int } enum Side { LEFT } scalar Day')).toEqual([]);
});
