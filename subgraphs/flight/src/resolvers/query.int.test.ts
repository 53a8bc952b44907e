import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '@airline/testing/serve';
import { describe, expect, test } from 'vitest';
import { ace890, left } from '../flight.fixture.ts';
import { subgraph } from '../main.ts';

const flights = [
  ace890,
  { ...left(0), id: 'b', takeoffDate: '2025-12-26' },
  { ...left(2), id: 'c', flightCode: 'KE001', takeoffDate: '2025-12-27' },
];

describe('flights', () => {
  test.each([
    [undefined, ['ace890', 'b', 'c']],
    [{}, ['ace890', 'b', 'c']],
    [{ flightCode: null, minRemainingSeats: null }, ['ace890', 'b', 'c']],
    [{ flightCode: 'ACE890' }, ['ace890', 'b']],
    [{ flightCode: '' }, []],
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
