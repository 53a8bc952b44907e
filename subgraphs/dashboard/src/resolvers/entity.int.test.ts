import { serve } from '@airline/testing/serve';
import { describe, expect, test } from 'vitest';
import { at, info } from '../dashboard.fixture.ts';
import type { SagaStep } from '../domain/model.ts';
import { subgraph } from '../main.ts';

const PARENTS = 50;
const infos = Array.from({ length: PARENTS }, (_, index) => ({
  ...info(1, '2024-11-21', 0, 1),
  customerId: `c${index}`,
}));
const uncounted = { customerId: null, reserveDate: null };
const steps = Array.from({ length: PARENTS }, (_, index) => index).flatMap((index): SagaStep[] => [
  {
    ...uncounted,
    id: `RemainingSeatsDecreased/r${index}`,
    reservationId: `r${index}`,
    event: 'RemainingSeatsDecreased',
    service: 'flight',
    at: at(1),
    detail: '3 seats held at 200 each, 2 remain',
  },
  {
    ...uncounted,
    id: `ReservationPlaced/r${index}`,
    reservationId: `r${index}`,
    event: 'ReservationPlaced',
    service: 'reservation',
    at: at(1),
    detail: '3 seats on flight f1',
  },
]);

const representations = (type: 'Customer' | 'CustomerInfo' | 'Reservation', count: number) =>
  Array.from({ length: count }, (_, index) => ({
    __typename: type,
    ...(type === 'CustomerInfo'
      ? { customerId: `c${index}` }
      : { id: `${type === 'Customer' ? 'c' : 'r'}${index}` }),
  }));

const entities = (fields: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${fields} } }`;

describe('the number of statements does not grow with that of the entities', () => {
  test.each([
    ['Customer', 'info { flightCount recentReserveDate }'],
    ['CustomerInfo', 'flightCount customer { id info { canceledCount } }'],
    ['Reservation', 'history { event service at detail }'],
  ] as const)('%s { %s }', async (type, fields) => {
    const { ask, selects } = await serve(subgraph, { rows: { info: infos, step: steps } });
    for (const count of [5, PARENTS]) {
      const asking = async () => {
        const { data, errors } = await ask<{ _entities: object[] }>(
          entities(`... on ${type} { ${fields} }`),
          {
            representations: representations(type, count),
          },
        );
        expect(errors).toBeUndefined();
        expect(data?._entities.filter(Boolean)).toHaveLength(count);
      };
      expect(await selects(asking)).toHaveLength(1);
    }
  });

  test('control: one by one, each of them costs a statement of its own', async () => {
    const { ask, selects } = await serve(subgraph, { rows: { info: infos } });
    const oneByOne = async () => {
      for (const one of representations('Customer', PARENTS)) {
        await ask(entities('... on Customer { info { flightCount } }'), { representations: [one] });
      }
    };
    expect(await selects(oneByOne)).toHaveLength(PARENTS);
  });
});

test('a history is in order, and empty where nothing has happened', async () => {
  const { ask } = await serve(subgraph, { rows: { step: steps } });
  const { data } = await ask(entities('... on Reservation { history { event service detail } }'), {
    representations: ['r7', 'none'].map((id) => ({ __typename: 'Reservation', id })),
  });
  expect(data).toEqual({
    _entities: [
      {
        history: [
          { event: 'ReservationPlaced', service: 'reservation', detail: '3 seats on flight f1' },
          {
            event: 'RemainingSeatsDecreased',
            service: 'flight',
            detail: '3 seats held at 200 each, 2 remain',
          },
        ],
      },
      { history: [] },
    ],
  });
});

test('any id names a customer, who may never have reserved', async () => {
  const { ask } = await serve(subgraph, { rows: { info: infos } });
  expect(
    await ask(
      '{ customer(id: "c7") { id info { flightCount } } customerInfo(customerId: "c7") { customerId } }',
    ),
  ).toEqual({
    data: { customer: { id: 'c7', info: { flightCount: 1 } }, customerInfo: { customerId: 'c7' } },
  });
  expect(
    await ask(
      '{ customer(id: "new") { id info { flightCount } } customerInfo(customerId: "new") { customerId } }',
    ),
  ).toEqual({
    data: { customer: { id: 'new', info: null }, customerInfo: null },
  });
});
