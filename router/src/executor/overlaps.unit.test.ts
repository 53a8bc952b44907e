import type { FetchNode } from '@apollo/query-planner';
import { expect, test } from 'vitest';
import { overlaps } from './overlaps.ts';

const fetch = (path: string, selection: string): { node: FetchNode; path: string[] } => ({
  path: path.split('.').filter((step) => step !== ''),
  node: {
    kind: 'Fetch',
    serviceName: 'a',
    operation:
      path === ''
        ? `{${selection}}`
        : `query($r:[_Any!]!){_entities(representations:$r){...on T{${selection}}}}`,
    operationName: undefined,
    operationKind: 'query' as FetchNode['operationKind'],
    ...(path !== '' && { requires: [] }),
  },
});

test.each([
  [
    'fields of one object',
    [
      ['', 'all{id}'],
      ['all.@', 'x'],
      ['all.@', 'y'],
    ],
    [],
  ],
  [
    'one object by two fetches',
    [
      ['', 'all{id}'],
      ['all.@', 'seat{x}'],
      ['all.@', 'seat{y}'],
    ],
    [1, 2],
  ],
  [
    'an object of the root’s',
    [
      ['', 'all{id seat{x}}'],
      ['all.@', 'seat{y}'],
    ],
    [0, 1],
  ],
  [
    'further down',
    [
      ['', 'all{id}'],
      ['all.@', 'seat{row{x}}'],
      ['all.@.seat', 'row{y}'],
    ],
    [1, 2],
  ],
  [
    'under the planner’s alias',
    [
      ['', 'all{id}'],
      ['all.@', 'seat__alias_0:seat{x}'],
      ['all.@', '...on U{seat{y}}'],
    ],
    [1, 2],
  ],
  [
    'other aliases',
    [
      ['', 'all{id}'],
      ['all.@', 'a:seat{x}'],
      ['all.@', 'b:seat{y}'],
    ],
    [],
  ],
] as const)('%s', (_case, given, expected) => {
  const fetches = given.map(([path, selection]) => fetch(path, selection));
  const found = overlaps(fetches);
  expect(fetches.flatMap(({ node }, index) => (found.has(node) ? [index] : []))).toEqual(expected);
});
