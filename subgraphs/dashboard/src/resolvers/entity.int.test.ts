import { ENTITIES, entitiesContract, entitiesOf } from '@airline/testing/entities';
import { serve } from '@airline/testing/serve';
import { expect, test } from 'vitest';
import { at, info, noFacts } from '../dashboard.fixture.ts';
import type { SagaStep } from '../domain/model.ts';
import { subgraph } from '../main.ts';

const infos = Array.from({ length: ENTITIES }, (_, index) => ({
  ...info(1, '2024-11-21', 0, 1),
  customerId: `c${index}`,
}));
const uncounted = { ...noFacts, customerId: null, reserveDate: null, statistics: 'DONE' } as const;
const steps = Array.from({ length: ENTITIES }, (_, index) => index).flatMap((index): SagaStep[] => [
  {
    ...uncounted,
    id: `RemainingSeatsDecreased/r${index}`,
    reservationId: `r${index}`,
    event: 'RemainingSeatsDecreased',
    service: 'flight',
    at: at(1),
    detail: '3 seats held at 200 each, 2 remain',
    seatQty: 3,
    amount: 600,
    currency: 'KRW',
    traceId: 'a'.repeat(32),
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

entitiesContract({
  start: () => serve(subgraph, { rows: { info: infos, step: steps } }),
  // Steps that the statistics have to catch up with are looked for.
  upkeep: /'DUE'/,
  nth: (type: 'Customer' | 'CustomerInfo' | 'Reservation', index) => ({
    __typename: type,
    ...(type === 'CustomerInfo'
      ? { customerId: `c${index}` }
      : { id: `${type === 'Customer' ? 'c' : 'r'}${index}` }),
  }),
  selections: [
    ['Customer', 'info { flightCount recentReserveDate }', 1],
    ['CustomerInfo', 'flightCount customer { id info { canceledCount } }', 1],
    ['Reservation', 'history { event service at detail seatQty amount currency reason traceId }', 1],
  ],
});

test('a history is in order, and empty where nothing has happened', async () => {
  const server = await serve(subgraph, { rows: { step: steps } });
  const representations = ['r7', 'none'].map((id) => ({ __typename: 'Reservation', id }));
  const found = await entitiesOf(
    server,
    '... on Reservation { history { event service detail seatQty amount currency reason traceId } }',
    representations,
  );
  expect(found).toEqual([
    {
      history: [
        { ...noFacts, event: 'ReservationPlaced', service: 'reservation', detail: '3 seats on flight f1' },
        {
          ...noFacts,
          event: 'RemainingSeatsDecreased',
          service: 'flight',
          seatQty: 3,
          amount: 600,
          currency: 'KRW',
          traceId: 'a'.repeat(32),
          detail: '3 seats held at 200 each, 2 remain',
        },
      ],
    },
    { history: [] },
  ]);
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
