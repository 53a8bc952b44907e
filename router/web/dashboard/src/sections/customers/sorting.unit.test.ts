import { expect, test } from 'vitest';
import { at, customer } from '../../data/rows.fixture.ts';
import { type Column, foundAndSorted, sortedBy } from './sorting.ts';

const entries = [
  customer({ customerId: '10', flightCount: 3, recentReserveDate: '2026-02-01', updatedAt: at(1) }),
  customer({ customerId: '9', flightCount: 3, recentReserveDate: null, updatedAt: at(3) }),
  customer({ customerId: 'Kim', flightCount: 1, canceledCount: 1, updatedAt: at(2) }),
].map((row) => ({ row, asOf: 0, pushedAt: undefined }));

test.each<[Column, boolean, string[]]>([
  ['customerId', false, ['9', '10', 'Kim']],
  ['flightCount', true, ['9', '10', 'Kim']],
  ['recentReserveDate', true, ['10', 'Kim', '9']],
  ['canceledCount', true, ['Kim', '9', '10']],
  ['updatedAt', true, ['9', 'Kim', '10']],
])('by %s', (column, isDescending, expected) => {
  const found = foundAndSorted(entries, '', { column, isDescending });
  expect(found.map(({ row }) => row.customerId)).toEqual(expected);
});

test('those whose name holds the search', () => {
  const found = foundAndSorted(entries, ' KI', { column: 'customerId', isDescending: false });
  expect(found.map(({ row }) => row.customerId)).toEqual(['Kim']);
});

test('a column that is chosen again turns around', () => {
  const names = sortedBy('customerId', { column: 'updatedAt', isDescending: true });
  expect(names).toEqual({ column: 'customerId', isDescending: false });
  expect(sortedBy('customerId', names)).toEqual({ column: 'customerId', isDescending: true });
  expect(sortedBy('flightCount', names)).toEqual({ column: 'flightCount', isDescending: true });
});
