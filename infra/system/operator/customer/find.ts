import { type Service, services } from '@airline/schema/events';
import { deadLetterFieldNames } from '@airline/schema/type-defs';
import type { Graph } from '../rebuild/graph.ts';
import { heldOfCustomers } from './held.ts';

export interface FindOptions {
  readonly graph: Graph;
  readonly customerId: string;
  /** Called with each line. */
  readonly print: (line: string) => void;
}

/** Why `erase` leaves, or what it takes. */
const remarks: Readonly<Record<string, string>> = {
  info: ', which `erase` erases',
  reservations: ', which accounting law keeps, with their histories, of which `erase` takes the id',
  payments: ', which accounting law keeps',
};

interface Page {
  readonly nodes: readonly object[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
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
  for (const held of heldOfCustomers()) {
    print(`${held.service}: ${held.field}${remarks[held.field] ?? ', which `erase` leaves'}`);
    const rows = held.isPaged ? pagesOf(held.query) : [await heldIn<unknown>(held.query)];
    let count = 0;
    for await (const row of rows) {
      if (row === null) continue;
      print(`  ${JSON.stringify(row)}`);
      count += 1;
    }
    if (count === 0) print('  none');
  }
  for (const service of services) {
    const letters = await deadLettersOf(service);
    print(
      `${service}: ${letters.length} dead letters that name the customer, kept until they are replayed or dropped`,
    );
    for (const { eventId } of letters) print(`  ${eventId}`);
  }
  for (const line of NOT_SHOWN) print(line);

  async function heldIn<Value>(query: string, after?: string | null): Promise<Value | null> {
    const { customer } = await graph<{ customer: { held: Value } | null }>(query, { id: customerId, after });
    return customer?.held ?? null;
  }

  async function* pagesOf(query: string): AsyncGenerator<object> {
    let after: string | null = null;
    do {
      const page: Page | null = await heldIn<Page>(query, after);
      yield* page?.nodes ?? [];
      after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
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
