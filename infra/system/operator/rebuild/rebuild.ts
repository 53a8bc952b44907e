import type { Graph } from './graph.ts';

const RESERVATIONS = `query ($page: Int!, $after: String) {
  reservations(first: $page, after: $after) {
    nodes { id customerId flightId seatQty reserveDate cancelReason placedAt updatedAt }
    pageInfo { hasNextPage endCursor }
  }
}`;
const REPLAY = 'mutation ($input: [ReservationInput!]!) { missing: replayReservations(input: $input) }';
const RECOUNT = `mutation ($after: ID) {
  recountCustomerInfos(after: $after) { recounted corrected endCustomerId }
}`;

interface Reservations {
  readonly reservations: {
    readonly nodes: readonly { readonly cancelReason: string | null; readonly updatedAt: string }[];
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
  /** Prints the progress, line by line. */
  readonly say: (line: string) => void;
}

/** How many reservations or customers lie between two lines of progress. */
const REPORT_EVERY = 10_000;

/**
 * Rebuilds the dashboard's infos while the system runs: it counts what the graph says of every reservation and no event
 * has brought, and then recounts every info by what was counted. Keeps no more than a page in memory.
 *
 * @throws StartError when the graph is unavailable, or refuses; what was corrected by then is right
 */
export async function rebuild(options: RebuildOptions): Promise<void> {
  await replayReservations(options);
  await recountInfos(options);
}

async function replayReservations({ graph, page, say }: RebuildOptions): Promise<void> {
  let [total, missing] = [0, 0];
  let after: string | null = null;
  do {
    const read: Reservations = await graph<Reservations>(RESERVATIONS, { page, after });
    const { nodes, pageInfo } = read.reservations;
    const input = nodes.map(({ cancelReason: reason, updatedAt: at, ...rest }) => ({
      ...rest,
      // Nothing changes a canceled reservation any more.
      canceled: reason === null ? null : { at, reason },
    }));
    missing += (await graph<{ missing: number }>(REPLAY, { input })).missing;
    total += nodes.length;
    if (total % REPORT_EVERY < nodes.length) say(`${total} reservations read`);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  say(`${total} reservations read: ${missing} placements and cancellations were missing and are counted`);
}

async function recountInfos({ graph, say }: RebuildOptions): Promise<void> {
  let [recounted, corrected] = [0, 0];
  let after: string | null = null;
  do {
    const { recountCustomerInfos: batch }: Recount = await graph<Recount>(RECOUNT, { after });
    recounted += batch.recounted;
    corrected += batch.corrected;
    if (recounted % REPORT_EVERY < batch.recounted) say(`${recounted} customers recounted`);
    after = batch.endCustomerId;
  } while (after !== null);
  say(`${recounted} customers recounted: ${corrected} infos were wrong and are corrected`);
}
