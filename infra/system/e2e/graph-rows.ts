import type { Rows } from './invariants.ts';

/** Sends one operation; returns its data; throws on errors. */
export type Ask = <Data>(query: string, variables: Readonly<Record<string, unknown>>) => Promise<Data>;

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface GraphPayment extends Omit<Rows['payments'][number], 'reservationId' | 'customerId'> {
  readonly reservation: { readonly id: string };
  readonly customer: { readonly id: string };
}

/** Walks a connection of the graph to its end. */
async function all<Node>(ask: Ask, field: string, selection: string): Promise<Node[]> {
  const query = `query ($after: String) {
    ${field}(first: 100, after: $after) { nodes { ${selection} } pageInfo { hasNextPage endCursor } }
  }`;
  const found: Node[] = [];
  let after: string | null = null;
  do {
    const data: Record<string, Page<Node>> = await ask(query, { after });
    const page = data[field];
    if (!page) throw new Error(`The graph returned no ${field}.`);
    found.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

/** What the graph returns of all services, for the invariants; prices must not have changed meanwhile. */
export async function rowsThroughGraph(ask: Ask): Promise<Rows> {
  const [flights, reservations, payments, infos, { statistics }] = await Promise.all([
    all<Rows['flights'][number]>(ask, 'flights', 'id cost capacity remainingSeatsCount'),
    all<Rows['reservations'][number]>(
      ask,
      'reservations',
      'id customerId flightId seatQty reserveDate status cancelReason',
    ),
    all<GraphPayment>(ask, 'payments', 'cost status reservation { id } customer { id }'),
    all<Rows['infos'][number]>(
      ask,
      'customerInfos',
      'customerId flightCount recentReserveDate canceledCount',
    ),
    ask<{ statistics: NonNullable<Rows['statistics']>[number] }>(
      '{ statistics { placed pending succeeded canceled customers } }',
      {},
    ),
  ]);
  return {
    flights,
    reservations,
    payments: payments.map(({ reservation, customer, ...payment }) => ({
      ...payment,
      reservationId: reservation.id,
      customerId: customer.id,
    })),
    infos,
    statistics: [statistics],
  };
}
