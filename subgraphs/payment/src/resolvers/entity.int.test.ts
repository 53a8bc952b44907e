import { serve } from '@airline/testing/serve';
import { describe, expect, test } from 'vitest';
import { subgraph } from '../main.ts';
import { payment } from '../payment.fixture.ts';

const PARENTS = 50;

/** Three payments for each of the customers c0 to c49. */
const rows = Array.from({ length: PARENTS * 3 }, (_, index) =>
  payment('PAID', {
    id: `p${String(index).padStart(3, '0')}`,
    reservationId: `r${index}`,
    customerId: `c${index % PARENTS}`,
    paidAt: '2024-11-21T10:00:01.000Z',
  }),
);

const UPKEEP = /"updated_at" </;

const representations = (type: 'Payment' | 'Reservation' | 'Customer', count: number) =>
  Array.from({ length: count }, (_, index) => ({
    __typename: type,
    id: type === 'Payment' ? rows[index]?.id : `${type === 'Reservation' ? 'r' : 'c'}${index}`,
  }));

const entities = (fields: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${fields} } }`;

const PAGE = 'payments(first: 2) { nodes { id cost } totalCount }';

describe('the number of statements does not grow with that of the entities', () => {
  test.each([
    ['Payment', 'status cost reservation { id } customer { id }', 1],
    ['Reservation', 'payment { id status }', 1],
    ['Customer', PAGE, 2],
  ] as const)('%s { %s }', async (type, fields, statements) => {
    const { ask, selects } = await serve(subgraph, { rows: { payment: rows } });
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
      expect(await selects(asking, UPKEEP)).toHaveLength(statements);
    }
  });

  test('control: one by one, each takes its own statements', async () => {
    const { ask, selects } = await serve(subgraph, { rows: { payment: rows } });
    const oneByOne = async () => {
      for (const one of representations('Customer', PARENTS)) {
        await ask(entities(`... on Customer { ${PAGE} }`), { representations: [one] });
      }
    };
    expect(await selects(oneByOne, UPKEEP)).toHaveLength(2 * PARENTS);
  });
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
