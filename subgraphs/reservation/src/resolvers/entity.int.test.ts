import { serve } from '@airline/testing/serve';
import { describe, expect, test } from 'vitest';
import type { Reservation } from '../domain/model.ts';
import { subgraph } from '../main.ts';
import { canceledFor, PLACED_AT, pending } from '../reservation.fixture.ts';

const PARENTS = 50;

/** Three reservations for each of the customers c0 to c49, on the flights f0 to f49. */
const rows: Reservation[] = Array.from({ length: PARENTS * 3 }, (_, index) => ({
  ...pending,
  id: `r${String(index).padStart(3, '0')}`,
  customerId: `c${index % PARENTS}`,
  flightId: `f${(index * 7) % PARENTS}`,
}));

const UPKEEP = /"placed_at" </;

/** When the rows were placed, so that none of them expires while they are read. */
const now = () => new Date(PLACED_AT);

const representations = (type: 'Reservation' | 'Flight' | 'Customer', count: number) =>
  Array.from({ length: count }, (_, index) => ({
    __typename: type,
    id: type === 'Reservation' ? rows[index]?.id : `${type === 'Flight' ? 'f' : 'c'}${index}`,
  }));

const entities = (fields: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${fields} } }`;

const PAGE = 'reservations(first: 2) { nodes { id status } pageInfo { hasNextPage } totalCount }';

describe('the number of statements does not grow with that of the entities', () => {
  test.each([
    ['Reservation', 'seatQty status customer { id } flight { id }', 1],
    ['Flight', PAGE, 2],
    ['Customer', PAGE, 2],
    ['Customer', 'reservations(last: 1, filter: { status: PENDING }) { nodes { id } }', 1],
    [
      'Customer',
      'one: reservations(first: 1) { nodes { id } } two: reservations(first: 2) { nodes { id } }',
      2,
    ],
  ] as const)('%s { %s }', async (type, fields, statements) => {
    const { ask, selects } = await serve(subgraph, { rows: { reservation: rows }, now });
    const query = entities(`... on ${type} { ${fields} }`);
    for (const count of [5, PARENTS]) {
      const asking = async () => {
        const { data, errors } = await ask<{ _entities: object[] }>(query, {
          representations: representations(type, count),
        });
        expect(errors).toBeUndefined();
        expect(data?._entities.filter(Boolean)).toHaveLength(count);
      };
      expect(await selects(asking, UPKEEP)).toHaveLength(statements);
    }
  });

  test('control: one by one, each takes its own statements', async () => {
    const { ask, selects } = await serve(subgraph, { rows: { reservation: rows }, now });
    const oneByOne = async () => {
      for (const representation of representations('Flight', PARENTS)) {
        await ask(entities(`... on Flight { ${PAGE} }`), { representations: [representation] });
      }
    };
    expect(await selects(oneByOne, UPKEEP)).toHaveLength(2 * PARENTS);
  });
});

describe('an entity', () => {
  test('has its own reservations, in the order in which they were placed', async () => {
    const { ask } = await serve(subgraph, { rows: { reservation: rows }, now });
    const { data } = await ask(entities(`... on Customer { id ${PAGE} } ... on Flight { id ${PAGE} }`), {
      representations: [
        { __typename: 'Customer', id: 'c7' },
        { __typename: 'Flight', id: 'f49' },
        { __typename: 'Customer', id: 'nobody' },
      ],
    });
    const page = (...ids: string[]) => ({
      nodes: ids.map((id) => ({ id, status: 'PENDING' })),
      pageInfo: { hasNextPage: ids.length > 0 },
      totalCount: ids.length > 0 ? 3 : 0,
    });
    expect(data).toEqual({
      _entities: [
        { id: 'c7', reservations: page('r007', 'r057') },
        { id: 'f49', reservations: page('r007', 'r057') },
        { id: 'nobody', reservations: page() },
      ],
    });
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
    const { ask } = await serve(subgraph);
    const { data } = await ask(entities('... on Reservation { status }'), {
      representations: [{ __typename: 'Reservation', id: 'none' }],
    });
    expect(data).toEqual({ _entities: [null] });
  });
});
