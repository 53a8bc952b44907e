import { describe, expect, test } from 'vitest';
import { supersedesReservation } from './merge.ts';
import { at, reservation } from './rows.fixture.ts';
import type { Reservation } from './rows.ts';
import { Table } from './table.ts';

function newTable(capacity = 100) {
  const changes: [string, string | undefined][] = [];
  const table = new Table<Reservation>({
    idOf: ({ id }) => id,
    age: ({ id }) => id,
    supersedes: supersedesReservation,
    capacity,
    isEvictionFinal: true,
    changed: (after, before) => changes.push([after.status, before?.status]),
  });
  return { table, changes };
}

const succeeded = reservation({ status: 'SUCCEED', updatedAt: at(5) });

describe('a table', () => {
  test('calls the listeners of a row when it changes, and not when it stays the same', () => {
    const { table, changes } = newTable();
    const calls: (string | undefined)[] = [];
    table.followRow('r1', () => calls.push(table.get('r1')?.row.status));
    table.put(reservation(), 1);
    table.put(reservation(), 2);
    table.publish();
    table.publish();
    table.put(succeeded, 3, 40);
    table.put(reservation(), 4);
    table.publish();
    expect(calls).toEqual(['PENDING', 'SUCCEED']);
    expect(changes).toEqual([
      ['PENDING', undefined],
      ['SUCCEED', 'PENDING'],
    ]);
    expect(table.get('r1')).toMatchObject({ pushedAt: 40 });
  });

  test('keeps an entry as it is where nothing of it changed, so that nothing is drawn', () => {
    const { table } = newTable();
    table.put(reservation(), 1);
    const before = table.get('r1');
    table.put(reservation(), 2, 10);
    expect(table.get('r1')).toBe(before);
  });

  test('does not call a listener that has left', () => {
    const { table } = newTable();
    let calls = 0;
    const leave = table.followRow('r1', () => {
      calls += 1;
    });
    leave();
    table.put(reservation(), 1);
    table.publish();
    expect(calls).toBe(0);
  });

  test('has a list as of its last publication', () => {
    const { table } = newTable();
    let calls = 0;
    table.followList(() => {
      calls += 1;
    });
    table.put(reservation(), 1);
    expect(table.list).toEqual([]);
    table.publishList();
    table.publishList();
    expect(table.list.map(({ row }) => row.id)).toEqual(['r1']);
    expect(calls).toBe(1);
  });

  test('deletes what no longer exists, but nothing that arrived meanwhile', () => {
    const { table } = newTable();
    for (const [tick, id] of ['gone', 'there', 'pushed'].entries()) table.put(reservation({ id }), tick);
    table.put(reservation({ id: 'pushed', status: 'SUCCEED' }), 7);
    table.keepOnly(new Set(['there']), 5);
    table.publishList();
    expect(table.list.map(({ row }) => row.id)).toEqual(['there', 'pushed']);
  });

  test('evicts the oldest above its capacity, and ignores them afterwards', () => {
    const { table, changes } = newTable(5);
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    for (const id of ids) table.put(reservation({ id }), 1);
    table.publishList();
    expect(table.list.map(({ row }) => row.id)).toEqual(['c', 'd', 'e', 'f', 'g']);
    table.put(reservation({ id: 'b', status: 'SUCCEED' }), 2);
    expect(table.get('b')).toBeUndefined();
    expect(changes).toHaveLength(7);
  });
});
