import { announcement, type SubgraphResult } from '@airline/service/server';
import type { ConnectUpstream, Sink, UpstreamRequest } from './types.ts';

/** One subscription at the subgraph that is driven by hand. */
export interface Connection {
  readonly request: UpstreamRequest;
  readonly sink: Sink;
  readonly isOpen: boolean;
  /** Says where it starts, and whether the latest result is a state. */
  announce(cursor: number, more?: { readonly hasState: boolean }): void;
  /** Sends the state that the event of this number left. */
  sendState(event: number): void;
  send(cursor: number): void;
}

const eventOf = (cursor: number): SubgraphResult => ({
  data: { event: cursor },
  extensions: { cursor: String(cursor) },
});

/** A subgraph that accepts subscriptions and sends nothing by itself. */
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
      announce: (cursor, { hasState } = { hasState: false }) =>
        sink.next(announcement(String(cursor), hasState)),
      sendState: (event) => sink.next({ data: { event } }),
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
