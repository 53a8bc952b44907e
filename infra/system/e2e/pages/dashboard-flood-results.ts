import type { Bookings } from './dashboard-flood-bookings.ts';

export interface PageVariables {
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
  readonly before?: string;
  readonly order?: string;
}

/** The results of the dashboard's queries over these bookings, by the operation's name. */
export function resultsOf(
  bookings: Bookings,
): Readonly<Record<string, (variables: PageVariables) => object>> {
  const { flights, reservations } = bookings;
  return {
    Flights: (variables) => ({ flights: pageOf(flights, variables) }),
    CustomerInfos: (variables) => ({
      customerInfos: pageOf(sortedCustomers(bookings, variables.order), variables),
    }),
    Reservations: (variables) => ({ reservations: pageOf(reservations, variables) }),
    FlightsOfReservations: () => ({ reservations: { nodes: [] } }),
    Statistics: () => ({ statistics: statistics(bookings) }),
    Promotions: () => ({ promotions: [] }),
  };
}

/** A page from the end of these rows, or from their beginning. */
function pageOf(rows: readonly object[], { first, after, last, before }: PageVariables) {
  const end = Number(before ?? rows.length);
  const start = last === undefined ? Number(after ?? 0) : Math.max(0, end - last);
  const nodes = rows.slice(start, last === undefined ? start + (first ?? 0) : end);
  const pageInfo = {
    hasPreviousPage: start > 0,
    startCursor: String(start),
    hasNextPage: start + nodes.length < rows.length,
    endCursor: String(start + nodes.length),
  };
  return { nodes, pageInfo, totalCount: rows.length };
}

const sortedCustomers = ({ customers }: Bookings, order: string | undefined) =>
  [...customers.values()].sort((one, other) => {
    const key = order === 'UPDATED' ? 'updatedAt' : 'customerId';
    return one[key] < other[key] ? -1 : 1;
  });

function statistics({ begun, customers, reservations }: Bookings) {
  const placed = reservations.length;
  const succeeded = reservations.filter(({ status }) => status === 'SUCCEED').length;
  const minute = { at: new Date(begun).toISOString(), placed, succeeded, canceled: 0 };
  return {
    ...{ placed, pending: placed - succeeded, succeeded, canceled: 0, customers: customers.size },
    minutes: [minute],
    outcomes: succeeded > 0 ? [{ status: 'SUCCEED', cancelReason: null, count: succeeded }] : [],
    latency: { count: 0, p50Ms: null, p95Ms: null, p99Ms: null, buckets: [] },
  };
}
