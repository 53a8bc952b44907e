import { describe, expect, test } from 'vitest';
import { supersedesFlight, supersedesReservation } from './merge.ts';
import { at, flight, reservation } from './rows.fixture.ts';
import type { Flight, Reservation } from './rows.ts';
import { type Origin, Table } from './table.ts';

const newTable = (capacity = 100) =>
  new Table<Reservation>({ idOf: ({ id }) => id, supersedes: supersedesReservation, capacity });

/** What a list would be told of. */
function heardOf<Row extends object>(table: Table<Row>, held: readonly string[] = []) {
  const heard: [string, Origin][] = [];
  table.join({ arrived: (origins) => heard.push(...origins), holds: (id) => held.includes(id) });
  return heard;
}

const succeeded = reservation({ status: 'SUCCEED', updatedAt: at(5) });

describe('a table', () => {
  test('calls the listeners of a row when it changes, and not when it stays the same', () => {
    const table = newTable();
    const calls: (string | undefined)[] = [];
    table.followRow('r1', () => calls.push(table.get('r1')?.row.status));
    table.put(reservation(), 1);
    table.put(reservation(), 2);
    table.publish();
    table.publish();
    table.push(succeeded, 3);
    table.put(reservation(), 4);
    table.publish();
    expect(calls).toEqual(['PENDING', 'SUCCEED']);
    expect(table.get('r1')?.pushedAt).toBeGreaterThan(0);
  });

  test('keeps an entry as it is where nothing of it changed, so that nothing is drawn', () => {
    const table = newTable();
    table.put(reservation(), 1);
    const before = table.get('r1');
    table.push(reservation(), 2);
    expect(table.get('r1')).toBe(before);
  });

  test('does not call a listener that has left', () => {
    const table = newTable();
    let calls = 0;
    const leave = table.followRow('r1', () => {
      calls += 1;
    });
    leave();
    table.put(reservation(), 1);
    table.publish();
    expect(calls).toBe(0);
  });

  test('tells lists of rows once a frame, and by whom they were changed', () => {
    const table = newTable();
    const heard = heardOf(table);
    table.put(reservation(), 1);
    table.push(reservation({ id: 'r2' }), 2);
    table.push(reservation({ id: 'r3' }), 3);
    // The response comes after the push.
    table.put(reservation({ id: 'r3' }), 2, 40);
    table.publish();
    table.publish();
    expect(heard).toEqual([
      ['r1', 'loaded'],
      ['r2', 'pushed'],
      ['r3', 'own'],
    ]);
  });

  test('tells lists of a push of what it knows already, which a list may not', () => {
    const flights = new Table<Flight>({ idOf: ({ id }) => id, supersedes: supersedesFlight, capacity: 10 });
    const heard = heardOf(flights);
    flights.put(flight(), 1);
    flights.publish();
    flights.push(flight(), 2);
    flights.publish();
    expect(heard).toEqual([
      ['f1', 'loaded'],
      ['f1', 'pushed'],
    ]);
  });

  test('evicts above its capacity what changed first, but nothing that a list holds or that is drawn', () => {
    const table = newTable(5);
    heardOf(table, ['a']);
    table.followRow('b', () => {});
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) table.put(reservation({ id }), 1);
    table.put({ ...succeeded, id: 'c' }, 2);
    table.publish();
    const left = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].filter((id) => table.get(id));
    expect(left).toEqual(['a', 'b', 'c', 'f', 'g']);
  });

  test('evicts nothing while a response is awaited, which may be older than what was pushed', async () => {
    const table = newTable(1);
    const { promise, resolve } = Promise.withResolvers<void>();
    const read = table.read(() => promise);
    table.push({ ...succeeded, id: 'a' }, 2);
    table.push(reservation({ id: 'b' }), 3);
    table.publish();
    table.put(reservation({ id: 'a' }), 1);
    expect(table.get('a')?.row.status).toBe('SUCCEED');
    resolve();
    await read;
    table.publish();
    expect(table.size).toBe(1);
  });
});
