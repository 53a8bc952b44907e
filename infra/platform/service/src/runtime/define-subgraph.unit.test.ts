import type { Policies } from '@airline/messaging';
import { expect, test } from 'vitest';
import { defineSubgraph } from './define-subgraph.ts';

type Nothing = Record<never, never>;

const flightWith = (policies: Policies<Nothing>) =>
  defineSubgraph<Nothing, never>({
    name: 'flight',
    folder: import.meta.dirname,
    tables: {},
    policies,
    resolvers: {},
    start: () => ({ context: () => ({}) }),
  });

const policy = () => ({ keys: {}, decide: () => ({}) });

test('a policy for an event that the subgraph does not listen to is refused by name', () => {
  expect(() => flightWith({ ReservationPlaced: policy, Paid: policy })).toThrow(
    /policies for Paid, .*`listensTo`/,
  );
  expect(flightWith({ ReservationPlaced: policy }).name).toBe('flight');
});
