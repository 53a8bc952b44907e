import type { FetchNode } from '@apollo/query-planner';
import { expect, test } from 'vitest';
import type { PlacedFetch } from './context-order.ts';
import { waitForContext } from './context-order.ts';

const fetch = (operation: string, path: string, part = 0, after: number[] = []): PlacedFetch => ({
  node: {
    kind: 'Fetch',
    serviceName: 'a',
    operation,
    operationName: undefined,
    operationKind: 'query' as FetchNode['operationKind'],
  },
  path: path.split('.'),
  part,
  after: new Set(after),
});
const contextual = (part = 0, after: number[] = []): PlacedFetch => {
  const { node, ...place } = fetch('{ amount }', 'users.@.payments.@', part, after);
  const path = ['..', '... on User', 'prefs', 'currency'];
  return {
    ...place,
    node: { ...node, contextRewrites: [{ kind: 'KeyRenamer', path, renameKeyTo: 'currency' }] },
  };
};
const context = (part = 0, after: number[] = []) =>
  fetch('{ ... on User { prefs { currency } } }', 'users.@', part, after);
const afterOf = (...planned: PlacedFetch[]) => waitForContext(planned).map(({ after }) => [...after]);

const users = fetch('{ users { id } }', '');

test('a fetch waits for what fetches its context, wherever that stands', () => {
  expect(afterOf(users, context(0, [0]), contextual(0, [0]))).toEqual([[], [0], [0, 1]]);
  expect(afterOf(users, contextual(0, [0]), context(0, [0]))).toEqual([[], [0, 2], [0]]);
  expect(afterOf(users, context(0, [0]), contextual(1, [0]))).toEqual([[], [0], [0, 1]]);
});

test('it waits for no other, of the same object or of the same name elsewhere', () => {
  const language = fetch('{ ... on User { prefs { language } } }', 'users.@', 0, [0]);
  const elsewhere = fetch('{ ... on User { prefs { currency } } }', 'owners.@', 0, [0]);
  expect(afterOf(users, language, elsewhere, contextual(0, [0]))).toEqual([[], [0], [0], [0]]);
});

test('it waits for none of a later part, nor for one that waits for it', () => {
  expect(afterOf(users, contextual(0, [0]), context(1, [0]))).toEqual([[], [0], [0]]);
  expect(afterOf(users, contextual(0, [0]), context(0, [1]))).toEqual([[], [0], [1]]);
});
