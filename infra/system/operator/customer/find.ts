import { type Service, services } from '@airline/schema/events';
import { deadLetterFieldNames } from '@airline/schema/type-defs';
import type { Graph } from '../rebuild/graph.ts';

export interface FindOptions {
  readonly graph: Graph;
  readonly customerId: string;
  /** Called with each line. */
  readonly print: (line: string) => void;
}

const INFO = `query ($id: ID!) {
  customerInfo(customerId: $id) { flightCount canceledCount recentReserveDate updatedAt }
}`;
const PAGE = 'first: 100, after: $after, filter: { customerId: $id }';
const RESERVATIONS = `query ($id: ID!, $after: String) {
  rows: reservations(${PAGE}) {
    nodes { id flightId seatQty reserveDate status cancelReason placedAt updatedAt history { event at } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const PAYMENTS = `query ($id: ID!, $after: String) {
  rows: payments(${PAGE}) { nodes { id cost status paidAt refundedAt } pageInfo { hasNextPage endCursor } }
}`;

interface Page {
  readonly rows: {
    readonly nodes: readonly object[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface DeadLetter {
  readonly eventId: string;
  readonly event: string;
}

/**
 * Prints what the system holds of a customer: by the graph all that it shows, and in words what it does not.
 *
 * @throws StartError when the graph is unavailable or refuses
 */
export async function findCustomer({ graph, customerId, print }: FindOptions): Promise<void> {
  const { customerInfo } = await graph<{ customerInfo: object | null }>(INFO, { id: customerId });
  print('dashboard: the info, which `erase` erases');
  print(customerInfo ? `  ${JSON.stringify(customerInfo)}` : '  none');
  print('reservation: bookings, and dashboard: their histories. Accounting law keeps them.');
  await printPages(RESERVATIONS);
  print('payment: payments. Accounting law keeps them.');
  await printPages(PAYMENTS);
  for (const service of services) {
    const letters = await deadLettersOf(service);
    print(
      `${service}: ${letters.length} dead letters that name the customer, kept until they are replayed or dropped`,
    );
    for (const { eventId } of letters) print(`  ${eventId}`);
  }
  for (const line of NOT_SHOWN) print(line);

  async function printPages(query: string): Promise<void> {
    let after: string | null = null;
    let count = 0;
    do {
      const { rows }: Page = await graph<Page>(query, { id: customerId, after });
      for (const node of rows.nodes) print(`  ${JSON.stringify(node)}`);
      count += rows.nodes.length;
      after = rows.pageInfo.hasNextPage ? rows.pageInfo.endCursor : null;
    } while (after !== null);
    if (count === 0) print('  none');
  }

  async function deadLettersOf(service: Service): Promise<readonly DeadLetter[]> {
    const { list } = deadLetterFieldNames(service);
    const query = `{ letters: ${list}(first: 1000) { eventId event } }`;
    const { letters } = await graph<{ letters: readonly DeadLetter[] }>(query, {});
    // As JSON has it between quotes, in whichever field.
    return letters.filter(({ event }) => event.includes(JSON.stringify(customerId)));
  }
}

/** What the graph does not show. */
export const NOT_SHOWN = [
  'Not shown, since they end by themselves or must be kept:',
  '  events: they hold the id, in outboxes for 7 days after they were published, in the streams of Redis until they are trimmed',
  '  dead letters that were dropped, for 30 days: npm run dead-letters -- SERVICE --dropped lists them',
  '  idempotency keys: part of the bookings',
  '  logs: the audit log holds the id for as long as its files are kept; the logs of errors hold no ids of customers on purpose',
  '  the erasure itself: the id, when and why, so that no event and no rebuild brings anything back',
];
