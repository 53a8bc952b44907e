import type { Graph } from './graph.ts';

const RESERVATIONS = `query ($page: Int!, $after: String) {
  reservations(first: $page, after: $after) {
    nodes { id customerId flightId seatQty reserveDate status cancelReason placedAt updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`;
const REPLAY = 'mutation ($input: [ReservationInput!]!) { missing: replayReservations(input: $input) }';
const RECOUNT = `mutation ($after: ID) {
  recountCustomerInfos(after: $after) { recounted corrected endCustomerId }
}`;

interface Reservations {
  readonly reservations: {
    readonly nodes: readonly {
      readonly status: string;
      readonly cancelReason: string | null;
      readonly updatedAt: string;
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface Recount {
  readonly recountCustomerInfos: {
    readonly recounted: number;
    readonly corrected: number;
    readonly endCustomerId: string | null;
  };
}

export interface RebuildOptions {
  readonly graph: Graph;
  /** Reservations of a page, 1 to 100. */
  readonly page: number;
  /** Called with lines of progress. */
  readonly progress: (line: string) => void;
}

/** Reservations or customers per line of progress. */
const REPORT_EVERY = 10_000;

/**
 * Rebuilds the dashboard's infos while the system runs: counts each reservation of the graph that no event has reported,
 * and then recounts every info. Holds at most a page in memory.
 *
 * @throws StartError when the graph is unavailable or refuses; earlier corrections remain
 */
export async function rebuild(options: RebuildOptions): Promise<void> {
  await replayReservations(options);
  await recountInfos(options);
}

async function replayReservations({ graph, page, progress }: RebuildOptions): Promise<void> {
  let [total, missing] = [0, 0];
  let after: string | null = null;
  do {
    const read: Reservations = await graph<Reservations>(RESERVATIONS, { page, after });
    const { nodes, pageInfo } = read.reservations;
    const input = nodes.map(({ status, cancelReason: reason, updatedAt: at, ...rest }) => ({
      ...rest,
      // Of a reservation that has settled, the last change is that it did.
      succeededAt: status === 'SUCCEED' ? at : null,
      canceled: reason === null ? null : { at, reason },
    }));
    missing += (await graph<{ missing: number }>(REPLAY, { input })).missing;
    total += nodes.length;
    if (total % REPORT_EVERY < nodes.length) progress(`${total} reservations read`);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  progress(`${total} reservations read: ${missing} missing placements, successes and cancellations counted`);
}

async function recountInfos({ graph, progress }: RebuildOptions): Promise<void> {
  let [recounted, corrected] = [0, 0];
  let after: string | null = null;
  do {
    const { recountCustomerInfos: batch }: Recount = await graph<Recount>(RECOUNT, { after });
    recounted += batch.recounted;
    corrected += batch.corrected;
    if (recounted % REPORT_EVERY < batch.recounted) progress(`${recounted} customers recounted`);
    after = batch.endCustomerId;
  } while (after !== null);
  progress(`${recounted} customers recounted: ${corrected} wrong infos corrected`);
}
