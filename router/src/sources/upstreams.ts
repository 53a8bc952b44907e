import type { ConnectUpstream } from '../fan-out/index.ts';
import { follow } from './follow.ts';
import { type Link, type LinkOptions, openLink } from './link.ts';

/** The router's subscriptions at the subgraphs. */
export interface Upstreams {
  readonly connect: ConnectUpstream;
  /** Where a subgraph is. When it moves, its subscriptions resume there. */
  locate(subgraph: string, url: string): void;
  /** Leaves all subscriptions, without a call of their sinks, and drops the sockets. */
  close(): void;
}

/**
 * One socket a subgraph carries all subscriptions there (graphql-transport-ws), and is closed with the last of them. A
 * socket that drops is opened again, for as long as it takes; each subscription then resumes behind the last cursor
 * that it saw, so nothing is missed and nothing comes twice.
 */
export function createUpstreams(options: LinkOptions): Upstreams {
  const urls = new Map<string, string>();
  const links = new Map<string, Link>();
  const closing = new AbortController();

  function linkTo(subgraph: string): Link {
    const known = links.get(subgraph);
    if (known) return known;
    const link = openLink(subgraph, () => urls.get(subgraph) ?? '', options, closing.signal);
    links.set(subgraph, link);
    return link;
  }

  return {
    connect: (request, sink) =>
      closing.signal.aborted ? () => {} : follow(linkTo(request.subgraph), request, sink),
    locate: (subgraph, url) => {
      const moved = urls.has(subgraph) && urls.get(subgraph) !== url;
      urls.set(subgraph, url);
      if (moved) links.get(subgraph)?.client.terminate();
    },
    close: () => {
      closing.abort();
      for (const { client, sockets, leaves } of links.values()) {
        for (const leave of leaves) leave();
        // A socket that is still connecting may fail to, which no longer matters.
        void Promise.resolve(client.dispose()).catch(() => {});
        for (const socket of sockets) socket.terminate();
      }
    },
  };
}
