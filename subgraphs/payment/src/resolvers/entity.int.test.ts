import { ENTITIES, entitiesContract } from '@airline/testing/entities';
import { serve } from '@airline/testing/serve';
import { expect, test } from 'vitest';
import { subgraph } from '../main.ts';
import { payment } from '../payment.fixture.ts';

/** Three payments for each of the customers c0 to c49. */
const rows = Array.from({ length: ENTITIES * 3 }, (_, index) =>
  payment('PAID', {
    id: `p${String(index).padStart(3, '0')}`,
    reservationId: `r${index}`,
    customerId: `c${index % ENTITIES}`,
    paidAt: '2024-11-21T10:00:01.000Z',
  }),
);

entitiesContract({
  start: () => serve(subgraph, { rows: { payment: rows } }),
  nth: (type: 'Payment' | 'Reservation' | 'Customer', index) => ({
    __typename: type,
    id: type === 'Payment' ? rows[index]?.id : `${type === 'Reservation' ? 'r' : 'c'}${index}`,
  }),
  selections: [
    ['Customer', 'payments(first: 2) { nodes { id cost } totalCount }', 2],
    ['Payment', 'status cost currency reservation { id } customer { id }', 1],
    ['Reservation', 'payment { id status }', 1],
  ],
  upkeep: /"updated_at" </,
});

test('a tombstone is in no result of payments', async () => {
  const tombstone = payment('VOID', { id: 'p2', reservationId: 'r2', cost: 0, canceled: 1 });
  const { ask } = await serve(subgraph, {
    rows: { payment: [payment('REFUNDED', { canceled: 1 }), tombstone] },
  });
  const { data } = await ask(
    `query ($representations: [_Any!]!) {
      payment(id: "p2") { id }
      payments { totalCount nodes { id } }
      _entities(representations: $representations) {
        ... on Payment { status }
        ... on Reservation { payment { id } }
        ... on Customer { payments { totalCount nodes { id } } }
      }
    }`,
    {
      representations: [
        { __typename: 'Payment', id: 'p2' },
        { __typename: 'Reservation', id: 'r2' },
        { __typename: 'Customer', id: 'c1' },
      ],
    },
  );
  const onlyOther = { totalCount: 1, nodes: [{ id: 'r1' }] };
  expect(data).toEqual({
    payment: null,
    payments: onlyOther,
    _entities: [null, { payment: null }, { payments: onlyOther }],
  });
});
