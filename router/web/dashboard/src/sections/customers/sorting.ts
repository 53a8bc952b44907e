import type { Customer, Entry } from '../../data/rows.ts';

export type Column = 'customerId' | 'flightCount' | 'recentReserveDate' | 'canceledCount' | 'updatedAt';

export interface Sorting {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** Names that are numbers come in the order of the numbers. */
const names = new Intl.Collator(undefined, { numeric: true });

/** The customers whose name holds the words that are searched for, sorted; those that are alike by name. */
export function foundAndSorted(
  entries: readonly Entry<Customer>[],
  search: string,
  { column, isDescending }: Sorting,
): Entry<Customer>[] {
  const wanted = search.trim().toLowerCase();
  const sign = isDescending ? -1 : 1;
  return entries
    .filter(({ row }) => row.customerId.toLowerCase().includes(wanted))
    .sort(
      (one, other) =>
        sign * compare(one.row, other.row, column) || names.compare(one.row.customerId, other.row.customerId),
    );
}

function compare(one: Customer, other: Customer, column: Column): number {
  if (column === 'flightCount' || column === 'canceledCount') return one[column] - other[column];
  if (column === 'customerId') return names.compare(one.customerId, other.customerId);
  const [a, b] = [one[column] ?? '', other[column] ?? ''];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Another column begins with what one looks for there: the most, the latest, the first of the alphabet. */
export const sortedBy = (column: Column, { column: before, isDescending }: Sorting): Sorting => ({
  column,
  isDescending: column === before ? !isDescending : column !== 'customerId',
});
