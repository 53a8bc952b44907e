import type { Graph } from './graph.ts';

const INFOS = `query ($page: Int!, $after: String) {
  page: customerInfos(first: $page, after: $after) { nodes { customerId } pageInfo { hasNextPage endCursor } }
}`;
const RESERVATIONS = `query ($page: Int!, $after: String) {
  page: reservations(first: $page, after: $after) {
    nodes { id customerId reserveDate status placedAt updatedAt } pageInfo { hasNextPage endCursor }
  }
}`;
const BEYOND = `mutation ($reservations: [ReservationToCount!]!, $logStart: ID) {
  countBeyondLog(reservations: $reservations, logStart: $logStart) {
    logStart customers { customerId flightCount recentReserveDate canceledCount }
  }
}`;
const RECOUNT = `mutation ($customers: [CustomerCountsInput!]!, $logStart: ID!) {
  recountCustomers(customers: $customers, logStart: $logStart)
}`;

interface Page<Node> {
  readonly page: {
    readonly nodes: readonly Node[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface Reservation {
  readonly id: string;
  readonly customerId: string;
  readonly reserveDate: string;
  readonly status: string;
  readonly placedAt: string;
  readonly updatedAt: string;
}

interface Counts {
  readonly customerId: string;
  readonly flightCount: number;
  readonly recentReserveDate: string | null;
  readonly canceledCount: number;
}

export interface RebuildOptions {
  readonly graph: Graph;
  /** Entries of a page, 1 to 100. */
  readonly page: number;
  /** Hears of the progress, line by line. */
  readonly say: (line: string) => void;
}

export interface Rebuilt {
  readonly reservations: number;
  readonly customers: number;
  readonly corrected: number;
}

/** Customers of one question. */
const BATCH = 100;
const TELL_EVERY = 10_000;

/**
 * Rebuilds the dashboard's infos while the system runs: the dashboard sorts out which reservations its log no longer
 * tells of, and then counts each customer anew from those and the log. Of all reservations only sums are kept here.
 *
 * @throws StartError when the graph does not answer, or refuses; what was corrected by then is right
 */
export async function rebuild({ graph, page, say }: RebuildOptions): Promise<Rebuilt> {
  const sums = new Map<string, Counts>();
  for await (const nodes of pages<{ customerId: string }>(graph, INFOS, page)) {
    for (const { customerId } of nodes) sums.set(customerId, none(customerId));
  }
  let logStart: string | undefined;
  let reservations = 0;

  async function sort(nodes: readonly Reservation[]): Promise<void> {
    const told = nodes.map(({ status, updatedAt, ...rest }) => ({
      ...rest,
      // Nothing changes a canceled reservation any more.
      canceledAt: status === 'CANCELED' ? updatedAt : null,
    }));
    const { countBeyondLog } = await graph<{ countBeyondLog: { logStart: string; customers: Counts[] } }>(
      BEYOND,
      { reservations: told, logStart },
    );
    logStart = countBeyondLog.logStart;
    for (const { customerId } of nodes) {
      if (!sums.has(customerId)) sums.set(customerId, none(customerId));
    }
    for (const counts of countBeyondLog.customers)
      sums.set(counts.customerId, plus(sums.get(counts.customerId), counts));
  }

  for await (const nodes of pages<Reservation>(graph, RESERVATIONS, page)) {
    await sort(nodes);
    const before = reservations;
    reservations += nodes.length;
    if (Math.floor(before / TELL_EVERY) < Math.floor(reservations / TELL_EVERY)) {
      say(`${reservations} reservations read`);
    }
  }
  if (logStart === undefined) await sort([]);
  say(`${reservations} reservations of ${sums.size} customers read`);

  let corrected = 0;
  const customers = [...sums.values()];
  for (let from = 0; from < customers.length; from += BATCH) {
    const batch = customers.slice(from, from + BATCH);
    const { recountCustomers } = await graph<{ recountCustomers: number }>(RECOUNT, {
      customers: batch,
      logStart,
    });
    corrected += recountCustomers;
    const done = from + batch.length;
    if (done % TELL_EVERY === 0)
      say(`${done} of ${customers.length} customers recounted, ${corrected} corrected`);
  }
  say(`${customers.length} customers recounted: ${corrected} infos were wrong and are corrected`);
  return { reservations, customers: customers.length, corrected };
}

async function* pages<Node>(graph: Graph, query: string, page: number): AsyncGenerator<readonly Node[]> {
  let after: string | null = null;
  do {
    const answer: Page<Node> = await graph<Page<Node>>(query, { page, after });
    if (answer.page.nodes.length > 0) yield answer.page.nodes;
    after = answer.page.pageInfo.hasNextPage ? answer.page.pageInfo.endCursor : null;
  } while (after !== null);
}

const none = (customerId: string): Counts => ({
  customerId,
  flightCount: 0,
  recentReserveDate: null,
  canceledCount: 0,
});

function plus(one: Counts | undefined, other: Counts): Counts {
  if (!one) return other;
  const dates = [one.recentReserveDate, other.recentReserveDate].filter((date) => date !== null);
  return {
    customerId: one.customerId,
    flightCount: one.flightCount + other.flightCount,
    recentReserveDate: dates.toSorted().at(-1) ?? null,
    canceledCount: one.canceledCount + other.canceledCount,
  };
}
