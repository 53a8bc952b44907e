import type { FetchNode } from '@apollo/query-planner';
import { expect, test } from 'vitest';
import type { PlacedFetch } from './context-order.ts';
import { waitForRequired } from './required-order.ts';

/** A fetch on seats that requires these fields of them. */
const onSeats = (selected: string, required: readonly string[], after: number[], part = 0): PlacedFetch => ({
  node: {
    kind: 'Fetch',
    serviceName: 'a',
    operation: `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Seat { ${selected} } }
    }`,
    operationName: undefined,
    operationKind: 'query' as FetchNode['operationKind'],
    requires: [
      {
        kind: 'InlineFragment',
        typeCondition: 'Seat',
        selections: required.map((name) => ({ kind: 'Field', name })),
      },
    ],
  },
  path: ['seats', '@'],
  part,
  after: new Set(after),
});
const seats: PlacedFetch = {
  node: {
    kind: 'Fetch',
    serviceName: 'a',
    operation: '{ seats { __typename id } }',
    operationName: undefined,
    operationKind: 'query' as FetchNode['operationKind'],
  },
  path: [],
  part: 0,
  after: new Set(),
};
const afterOf = (...planned: PlacedFetch[]) => waitForRequired(planned).map(({ after }) => [...after].sort());

const ID = ['__typename', 'id'];
const fareOf = (required: readonly string[], after: number[], part?: number) =>
  onSeats('fare', required, after, part);
const price = (after: number[], part?: number) => onSeats('price', [...ID, 'fare'], after, part);

test('a fetch waits for what brings a field that it requires, wherever that stands', () => {
  expect(afterOf(seats, fareOf(ID, [0]), price([0]))).toEqual([[], [0], [0, 1]]);
  expect(afterOf(seats, price([0]), fareOf(ID, [0]))).toEqual([[], [0, 2], [0]]);
  expect(afterOf(seats, fareOf(ID, [0]), price([0], 1))).toEqual([[], [0], [0, 1]]);
});

test('what stands behind it goes before it, and what stands behind both remains there', () => {
  const last = onSeats('rank', ID, [2]);
  expect(afterOf(seats, price([0]), fareOf(ID, [1]), last)).toEqual([[], [0, 2], [0], [1, 2]]);
});

test('it waits for none that requires what it brings, nor for one of a later part', () => {
  expect(afterOf(seats, price([0]), fareOf([...ID, 'price'], [1]))).toEqual([[], [0], [1]]);
  expect(afterOf(seats, price([0]), fareOf(ID, [0], 1))).toEqual([[], [0], [0]]);
});

test('where all that is required is there already, it waits for no more', () => {
  expect(afterOf(seats, fareOf(ID, [0]), price([1]), onSeats('fare tax', ID, [0]))).toEqual([
    [],
    [0],
    [1],
    [0],
  ]);
});
