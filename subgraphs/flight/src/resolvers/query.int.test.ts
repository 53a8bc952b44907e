import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '@airline/testing/serve';
import { describe, expect, test } from 'vitest';
import { ace890, left } from '../flight.fixture.ts';
import { subgraph } from '../main.ts';

const flights = [
  ace890,
  { ...left(0), id: 'b', takeoffDate: '2025-12-26', currency: 'KRW' },
  { ...left(2), id: 'c', flightCode: 'KE001', takeoffDate: '2025-12-27' },
];

describe('flights', () => {
  test.each([
    [undefined, ['ace890', 'b', 'c']],
    [{}, ['ace890', 'b', 'c']],
    [{ flightCode: null, minRemainingSeats: null }, ['ace890', 'b', 'c']],
    [{ flightCode: 'ACE890' }, ['ace890', 'b']],
    [{ flightCode: '' }, []],
    [{ flightCodePrefix: 'ace' }, ['ace890', 'b']],
    [{ flightCodePrefix: 'K' }, ['c']],
    [{ flightCodePrefix: 'KE0012' }, []],
    [{ flightCodePrefix: '' }, ['ace890', 'b', 'c']],
    [{ flightCodePrefix: '%' }, []],
    [{ flightCodePrefix: 'ACE___' }, []],
    [{ flightCode: 'ke001' }, []],
    [{ costTo: 0 }, []],
    [{ costTo: 200_000, currency: 'KRW' }, ['b']],
    [{ currency: 'USD' }, []],
    [{ costTo: 200_000, flightCodePrefix: 'k' }, ['c']],
    [{ takeoffDateFrom: '2025-12-26' }, ['b', 'c']],
    [{ takeoffDateTo: '2025-12-26' }, ['ace890', 'b']],
    [{ takeoffDateFrom: '2025-12-26', takeoffDateTo: '2025-12-26' }, ['b']],
    [{ minRemainingSeats: 0 }, ['ace890', 'b', 'c']],
    [{ minRemainingSeats: 2 }, ['ace890', 'c']],
    [{ flightCode: 'ACE890', minRemainingSeats: 1 }, ['ace890']],
  ])('that fit %j', async (filter, ids) => {
    const { ask } = await serve(subgraph, { rows: { flight: flights } });
    const query = 'query ($filter: FlightFilter) { flights(filter: $filter) { nodes { id } totalCount } }';
    expect(await ask(query, { filter })).toEqual({
      data: { flights: { nodes: ids.map((id) => ({ id })), totalCount: ids.length } },
    });
  });
});

describe('the order of flights', () => {
  const rows = [
    { ...ace890, id: 'a', flightCode: 'ke1', takeoffDate: '2025-12-27', cost: 9 },
    { ...ace890, id: 'b', flightCode: 'KE2', takeoffDate: '2025-12-26', cost: 10 },
    { ...ace890, id: 'c', flightCode: 'AC1', takeoffDate: '2025-12-27', cost: 10 },
  ];
  const QUERY = `query ($order: FlightOrder, $last: Int, $before: String, $after: String) {
    flights(order: $order, last: $last, before: $before, after: $after) {
      nodes { id } pageInfo { startCursor endCursor hasPreviousPage }
    }
  }`;
  interface Page {
    readonly flights: {
      readonly nodes: { readonly id: string }[];
      readonly pageInfo: { readonly startCursor: string; readonly hasPreviousPage: boolean };
    };
  }
  const start = () => serve(subgraph, { rows: { flight: rows } });

  test.each([
    [undefined, 'a b c'],
    [null, 'a b c'],
    ['REGISTERED', 'a b c'],
    ['DEPARTURE', 'b a c'],
    ['CODE', 'c a b'],
    ['COST', 'a b c'],
  ])('%s: %s', async (order, ids) => {
    const { ask } = await start();
    const { data } = await ask<Page>(QUERY, { order });
    expect(data?.flights.nodes.map(({ id }) => id).join(' ')).toBe(ids);
  });

  test('is read from its end, page by page', async () => {
    const { ask } = await start();
    const pages: string[] = [];
    for (let before: string | undefined, more = true; more; ) {
      const { data } = await ask<Page>(QUERY, { order: 'DEPARTURE', last: 1, before });
      pages.push(...(data?.flights.nodes.map(({ id }) => id) ?? []));
      before = data?.flights.pageInfo.startCursor;
      more = data?.flights.pageInfo.hasPreviousPage ?? false;
    }
    expect(pages).toEqual(['c', 'a', 'b']);
  });

  test('has cursors that another order refuses', async () => {
    const { ask } = await start();
    const { data } = await ask<Page>(QUERY, { order: 'COST' });
    const after = data?.flights.pageInfo.startCursor;
    for (const order of ['CODE', 'REGISTERED', null]) {
      const { errors } = await ask(QUERY, { order, after });
      expect(errors).toMatchObject([
        {
          message: expect.stringContaining('of another order'),
          extensions: { code: 'BAD_USER_INPUT', field: 'after' },
        },
      ]);
    }
  });
});

test('a request that would hold up all others with its reads is refused', async () => {
  let at = 0;
  const monotonic = () => {
    at += 300;
    return at;
  };
  const { ask } = await serve(subgraph, { rows: { flight: flights }, monotonic });
  const { errors } = await ask(
    '{ a: flights { totalCount } b: flights(first: 1) { nodes { id } } c: flights(first: 2) { nodes { id } } }',
  );
  expect(errors).toContainEqual(
    expect.objectContaining({ message: expect.stringMatching(/^A request may read for at most 500 ms/) }),
  );
});

describe('promotions', () => {
  test('are read from the configured folder', async () => {
    const { ask, folder } = await serve(subgraph);
    expect(await ask('{ promotions { name text } }')).toEqual({ data: { promotions: [] } });
    const text = '[SUMMER EVENT] 50% DISCOUNT!';
    await writeFile(join(folder, 'promotions', 'summer-event.txt'), `${text}\n`);
    expect(await ask('{ promotions { name text } }')).toEqual({
      data: { promotions: [{ name: 'summer-event.txt', text }] },
    });
  });
});
