import { FlightDocument } from '../generated/graphql.ts';
import type { Graph } from './graph.ts';
import type { Ticks } from './rows.ts';
import type { Store } from './store.ts';

/** Loads flights that are named by what is shown, each once. */
export function createNeededFlights(graph: Graph, { flights, touch }: Store, ticks: Ticks) {
  const asked = new Set<string>();
  return {
    /** Called when pushes may have been missed: they may be asked for again. */
    forget: () => asked.clear(),
    /** Loads the flight into the store, if it is not there and exists. */
    async need(id: string): Promise<void> {
      if (id === '' || flights.get(id) || asked.has(id)) return;
      asked.add(id);
      const asOf = ticks.next();
      const { data, problem } = await flights.read(() => graph.query(FlightDocument, { id }));
      if (data?.flight) flights.put(data.flight, asOf);
      if (problem) asked.delete(id);
      touch();
    },
  };
}
