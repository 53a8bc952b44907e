import { createValue, type Value } from '../../../value.ts';
import { BookingHistoryDocument, FlightDocument } from '../generated/graphql.ts';
import type { Graph, GraphResult } from './graph.ts';
import type { Problem } from './problem.ts';

export type ServiceName = 'reservation' | 'flight' | 'payment' | 'dashboard';

/** Services that did not respond, each with when that was first noticed, in milliseconds since 1970. */
export type Away = ReadonlyMap<ServiceName, number>;

/** Whose the fields are that the pages ask for. */
const owners: Readonly<Record<string, ServiceName>> = {
  flight: 'flight',
  flights: 'flight',
  promotions: 'flight',
  registerFlight: 'flight',
  updateFlight: 'flight',
  reservation: 'reservation',
  reservations: 'reservation',
  placeReservation: 'reservation',
  cancelReservation: 'reservation',
  eventsHeldUp: 'reservation',
  payment: 'payment',
  payments: 'payment',
  customerInfo: 'dashboard',
  customerInfos: 'dashboard',
  history: 'dashboard',
  statistics: 'dashboard',
};

const AWAY = new Set(['SUBGRAPH_UNAVAILABLE', 'TRY_AGAIN_LATER']);
const RETRY_MS = 5_000;
/** A well-formed id of nothing. */
const NOTHING = '00000000-0000-7000-8000-000000000000';

interface WatchOptions {
  readonly now: () => number;
  readonly later: (run: () => void, ms: number) => void;
}

/**
 * A graph that notices which services are away, from the code and the path of an error. What has failed is asked
 * again until its service is back; subscriptions say nothing of it, because the router keeps them.
 */
export function watchServices(
  graph: Graph,
  { now, later }: WatchOptions,
): { graph: Graph; away: Value<Away> } {
  const away = createValue<Away>(new Map());

  function failed({ code, path }: Problem, again: () => Promise<GraphResult<unknown>>): void {
    const service = AWAY.has(code) ? ownerOf(path) : undefined;
    if (service === undefined || away.get().has(service)) return;
    away.set(new Map(away.get()).set(service, now()));
    const retry = async () => {
      const { problem } = await again();
      if (problem && (AWAY.has(problem.code) || problem.code === 'NETWORK'))
        later(() => void retry(), RETRY_MS);
      else away.set(new Map([...away.get()].filter(([name]) => name !== service)));
    };
    later(() => void retry(), RETRY_MS);
  }

  /** What is asked again in place of a change. */
  const probe = (service: ServiceName | undefined) => () =>
    service === 'flight'
      ? graph.query(FlightDocument, { id: NOTHING })
      : graph.query(BookingHistoryDocument, { id: NOTHING });

  return {
    away,
    graph: {
      async query(document, variables) {
        const result = await graph.query(document, variables);
        if (result.problem) failed(result.problem, () => graph.query(document, variables));
        return result;
      },
      async mutate(document, variables) {
        const result = await graph.mutate(document, variables);
        if (result.problem) failed(result.problem, probe(ownerOf(result.problem.path)));
        return result;
      },
    },
  };
}

/** Of the deepest field that is known. */
export const ownerOf = (path: Problem['path']): ServiceName | undefined =>
  path?.map((name) => owners[name]).findLast((owner) => owner !== undefined);
