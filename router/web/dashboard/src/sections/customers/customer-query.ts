import type { CustomerQuery } from '../../data/kinds.ts';
import type { CustomerInfoFilter, CustomerInfoOrder } from '../../generated/graphql.ts';
import { filterOf, type Search, wordsOf } from '../../lists/search.ts';
import type { Speech } from '../../texts/texts.ts';

/** The names of what is searched for, in the query string. */
export const names = { prefix: 'name', order: 'customers-by' } as const;

/** The columns by which customers can be sorted; another begins with what one looks for there: the most, the latest, the first of the alphabet. */
export const columns = {
  customerId: { order: 'CUSTOMER', isDescending: false },
  flightCount: { order: 'FLIGHT_COUNT', isDescending: true },
  recentReserveDate: { order: 'RECENT_RESERVE_DATE', isDescending: true },
  updatedAt: { order: 'UPDATED', isDescending: true },
} as const satisfies Record<string, { order: CustomerInfoOrder; isDescending: boolean }>;

export type Column = keyof typeof columns;

const isColumn = (text: string): text is Column => Object.hasOwn(columns, text);

const search: Search<CustomerInfoFilter, Speech> = {
  customerIdPrefix: {
    read: (query) => query.get(names.prefix),
    say: (prefix, { texts }) => texts.customers.condition(prefix),
  },
};

/** What the address asks for; without a wish, the customers who changed last first. */
export function customerQueryOf(query: URLSearchParams): CustomerQuery {
  const [column = '', direction] = (query.get(names.order) ?? '').split('.');
  const { order, isDescending } = columns[isColumn(column) ? column : 'updatedAt'];
  return {
    filter: filterOf(search, query),
    order,
    isDescending: direction === 'reversed' ? !isDescending : isDescending,
  };
}

/** Each condition in words. */
export const conditionsOf = ({ filter }: CustomerQuery, speech: Speech): string[] =>
  wordsOf(search, filter, speech);

/** The order that a column's heading leads to, as it is in the address: `flightCount`, or the other way round `flightCount.reversed`. */
export function orderBehind(column: Column, { order, isDescending }: CustomerQuery): string {
  const isAsFirst = columns[column].order === order && columns[column].isDescending === isDescending;
  return isAsFirst ? `${column}.reversed` : column;
}
