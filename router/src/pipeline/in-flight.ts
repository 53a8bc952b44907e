import type { OperationResult } from '../request.ts';
import type { PlannedOperation } from './operation.ts';
import type { Prepared } from './prepared.ts';

/** One execution, and for whom. */
interface Flight {
  readonly result: Promise<OperationResult>;
  readonly leaving: AbortController;
  waiting: number;
}

type Flights = WeakMap<PlannedOperation, Map<string, Flight>>;

/** Shares executions of equal queries. */
export interface InFlight {
  /** The result of a query's execution that is in flight, or of a new one, aborted once all have left that wait for it. */
  share(
    prepared: Prepared,
    signal: AbortSignal | undefined,
    run: (signal: AbortSignal) => Promise<OperationResult>,
  ): Promise<OperationResult>;
  /** From now on no execution is shared that began before: who has seen a change must not get a result without it. */
  renew(): void;
}

/**
 * Queries that are in flight at the same moment, equal in operation and variables, and of one authority, get one result.
 * Nothing is kept of it afterwards.
 */
export function createInFlight(): InFlight {
  let flights: Flights = new WeakMap();

  function begin(
    key: string,
    { planned }: Prepared,
    run: (signal: AbortSignal) => Promise<OperationResult>,
  ): Flight {
    const ofOperation = flights.get(planned) ?? new Map<string, Flight>();
    flights.set(planned, ofOperation);
    const leaving = new AbortController();
    const flight: Flight = { result: run(leaving.signal).finally(end), leaving, waiting: 0 };
    function end() {
      if (ofOperation.get(key) === flight) ofOperation.delete(key);
    }
    leaving.signal.addEventListener('abort', end);
    ofOperation.set(key, flight);
    return flight;
  }

  return {
    share: (prepared, signal, run) => {
      const { planned, variables, client } = prepared;
      const key = `${client.authority.key}\n${JSON.stringify(variables)}`;
      const flight = flights.get(planned)?.get(key) ?? begin(key, prepared, run);
      flight.waiting += 1;
      signal?.addEventListener('abort', () => {
        flight.waiting -= 1;
        if (flight.waiting === 0) flight.leaving.abort();
      });
      return flight.result;
    },
    renew: () => {
      flights = new WeakMap();
    },
  };
}
