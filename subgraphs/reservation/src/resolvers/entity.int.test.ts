import { ENTITIES, entitiesContract, entitiesOf } from '@airline/testing/entities';
import { serve } from '@airline/testing/serve';
import { describe, expect, test } from 'vitest';
import type { Reservation } from '../domain/model.ts';
import { subgraph } from '../main.ts';
import { canceledFor, PLACED_AT, pending } from '../reservation.fixture.ts';

/** Three reservations for each of the customers c0 to c49, on the flights f0 to f49. */
const rows: Reservation[] = Array.from({ length: ENTITIES * 3 }, (_, index) => ({
  ...pending,
  id: `r${String(index).padStart(3, '0')}`,
  customerId: `c${index % ENTITIES}`,
  flightId: `f${(index * 7) % ENTITIES}`,
}));

/** When the rows were placed, so that none of them expires while they are read. */
const now = () => new Date(PLACED_AT);

const PAGE = 'reservations(first: 2) { nodes { id status } pageInfo { hasNextPage } totalCount }';

entitiesContract({
  start: () => serve(subgraph, { rows: { reservation: rows }, now }),
  nth: (type: 'Reservation' | 'Flight' | 'Customer', index) => ({
    __typename: type,
    id: type === 'Reservation' ? rows[index]?.id : `${type === 'Flight' ? 'f' : 'c'}${index}`,
  }),
  selections: [
    ['Flight', PAGE, 2],
    ['Customer', PAGE, 2],
    ['Customer', 'reservations(last: 1, filter: { status: PENDING }) { nodes { id } }', 1],
    [
      'Customer',
      'one: reservations(first: 1) { nodes { id } } two: reservations(first: 2) { nodes { id } }',
      2,
    ],
    ['Reservation', 'reference seatQty status customer { id } flight { id }', 1],
  ],
  upkeep: /"placed_at" </,
});

describe('an entity', () => {
  test('has its own reservations, in the order in which they were placed', async () => {
    const server = await serve(subgraph, { rows: { reservation: rows }, now });
    const found = await entitiesOf(server, `... on Customer { id ${PAGE} } ... on Flight { id ${PAGE} }`, [
      { __typename: 'Customer', id: 'c7' },
      { __typename: 'Flight', id: 'f49' },
      { __typename: 'Customer', id: 'nobody' },
    ]);
    const page = (...ids: string[]) => ({
      nodes: ids.map((id) => ({ id, status: 'PENDING' })),
      pageInfo: { hasNextPage: ids.length > 0 },
      totalCount: ids.length > 0 ? 3 : 0,
    });
    expect(found).toEqual([
      { id: 'c7', reservations: page('r007', 'r057') },
      { id: 'f49', reservations: page('r007', 'r057') },
      { id: 'nobody', reservations: page() },
    ]);
  });

  test('has no flight once it is known not to exist', async () => {
    const reservation = [pending, { ...canceledFor('FLIGHT_NOT_FOUND'), id: 'r2' }];
    const { ask } = await serve(subgraph, { rows: { reservation } });
    expect(await ask('{ reservations { nodes { flightId flight { id } } } }')).toEqual({
      data: {
        reservations: {
          nodes: [
            { flightId: 'f1', flight: { id: 'f1' } },
            { flightId: 'f1', flight: null },
          ],
        },
      },
    });
  });

  test('is null for an unknown reservation', async () => {
    const none = { __typename: 'Reservation', id: 'none' };
    expect(await entitiesOf(await serve(subgraph), '... on Reservation { status }', [none])).toEqual([null]);
  });
});
