import type { ConnectUpstream, Sink, SubgraphResult, UpstreamRequest } from './types.ts';

/** One subscription at the subgraph that is driven by hand. */
export interface Connection {
  readonly request: UpstreamRequest;
  readonly sink: Sink;
  readonly isOpen: boolean;
  /** Says where it starts. */
  announce(cursor: number): void;
  /** Sends an event, or a state if it has the cursor that was announced. */
  send(cursor: number): void;
}

export const announcement = (cursor: number): SubgraphResult => ({
  data: null,
  extensions: { cursor: String(cursor) },
});

export const eventOf = (cursor: number): SubgraphResult => ({
  data: { event: cursor },
  extensions: { cursor: String(cursor) },
});

/** A subgraph that hears subscriptions and says nothing by itself. */
export function createSubgraph() {
  const connections: Connection[] = [];

  const connect: ConnectUpstream = (request, sink) => {
    let isOpen = true;
    connections.push({
      request,
      sink,
      get isOpen() {
        return isOpen;
      },
      announce: (cursor) => sink.next(announcement(cursor)),
      send: (cursor) => sink.next(eventOf(cursor)),
    });
    return () => {
      isOpen = false;
    };
  };

  return {
    connect,
    /** All that there ever were, oldest first. */
    connections,
    open: () => connections.filter(({ isOpen }) => isOpen),
    /** The subscription of this number, from 0. */
    connection(number = 0): Connection {
      const connection = connections[number];
      if (!connection) throw new Error(`There is no subscription ${number} at the subgraph.`);
      return connection;
    },
  };
}
