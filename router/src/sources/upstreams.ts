import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { backoffMs } from '@airline/messaging/retry';
import type { Logger } from '@airline/observability';
import {
  errorFormatter,
  type FormatError,
  type SubgraphResult,
  SubscriptionProgress,
} from '@airline/service/server';
import type { GraphQLFormattedError } from 'graphql';
import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { ConnectUpstream, Sink, UpstreamRequest } from '../fan-out/index.ts';

/** In ms. */
const defaultTimes = {
  /** Interval of pings, and how long a subgraph may take to respond. */
  ping: 10_000,
  pong: 5_000,
  /** How long each step of opening a socket may take. */
  opening: 5_000,
  /** How long to wait before the first and, at most, a later attempt to open one again. */
  firstWait: 50,
  longestWait: 2_000,
};

/** As much as the response to a fetch may have. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

export interface UpstreamsOptions {
  readonly random: () => number;
  readonly logger: Logger;
  readonly times?: Partial<typeof defaultTimes>;
  /** Called for each connection that was lost while it carried subscriptions. */
  readonly lost?: (subgraph: string) => void;
}

/** The router's subscriptions at the subgraphs. */
export interface Upstreams {
  readonly connect: ConnectUpstream;
  /** Where a subgraph is. When it moves, its subscriptions resume there. */
  locate(subgraph: string, url: string): void;
  /** Leaves all subscriptions, without a call of their sinks, and drops the sockets. */
  close(): void;
}

/** What all subscriptions at one subgraph share. */
interface Link {
  readonly subgraph: string;
  readonly client: Client;
  /** Every socket that is not closed. */
  readonly sockets: ReadonlySet<WebSocket>;
  /** Ends each subscription. */
  readonly leaves: Set<() => void>;
  readonly times: typeof defaultTimes;
  readonly logger: Logger;
  readonly format: FormatError;
}

/**
 * One socket a subgraph carries all subscriptions there (graphql-transport-ws), and is closed with the last of them. A
 * socket that drops is opened again, for as long as it takes; each subscription then resumes behind the last cursor
 * that it saw, so nothing is missed and nothing comes twice.
 */
export function createUpstreams(options: UpstreamsOptions): Upstreams {
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

function openLink(
  subgraph: string,
  urlOf: () => string,
  { random, logger, lost, ...options }: UpstreamsOptions,
  closing: AbortSignal,
): Link {
  const times = { ...defaultTimes, ...options.times };
  const sockets = new Set<WebSocket>();
  let current: WebSocket | undefined;
  let pongDue: NodeJS.Timeout | undefined;
  const client = createClient({
    url: () => urlOf().replace(/^http/, 'ws'),
    webSocketImpl: class extends WebSocket {
      constructor(url: string, protocol: string) {
        const { opening } = times;
        const limits = { maxPayload: MAX_MESSAGE_BYTES, handshakeTimeout: opening, closeTimeout: opening };
        super(url, protocol, { perMessageDeflate: false, ...limits });
        sockets.add(this);
        this.once('close', () => sockets.delete(this));
        // graphql-ws no longer listens to a socket that it has given up, which may fail later.
        this.on('error', () => {});
      }
    },
    connectionAckWaitTimeout: times.opening,
    keepAlive: times.ping,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async (retries) => {
      const backoff = { firstMs: times.firstWait, longestMs: times.longestWait };
      await wait(backoffMs(backoff, retries + 1, random), undefined, { signal: closing }).catch(() => {});
    },
    on: {
      opened: (socket) => {
        // graphql-ws made it of the class above.
        const opened = socket as WebSocket;
        clearTimeout(pongDue);
        current = opened;
        opened.once('close', () => {
          if (current === opened) clearTimeout(pongDue);
        });
      },
      ping: (received) => {
        // A peer that does not respond would not respond to a closing handshake either.
        if (!received) pongDue = setTimeout(() => current?.terminate(), times.pong);
      },
      pong: (received) => {
        if (received) clearTimeout(pongDue);
      },
      closed: (event) => {
        // A CloseEvent, or a TerminatedCloseEvent of graphql-ws.
        const { code } = event as { code: number };
        if (code !== 1000 && !closing.aborted) {
          lost?.(subgraph);
          logger.warn({ subgraph, code }, 'subgraph connection lost; its subscriptions resume');
        }
      },
    },
  });
  return { subgraph, client, sockets, leaves: new Set(), times, logger, format: errorFormatter(logger) };
}

/** One subscription at a subgraph, until it ends there or is left here. */
function follow(link: Link, request: UpstreamRequest, sink: Sink): () => void {
  const { subgraph, client, leaves, times, logger, format } = link;
  const { query, variables } = request;
  const progress = new SubscriptionProgress(request.cursor);
  // graphql-ws sends this very payload again on a new socket.
  const payload: SubscribePayload = {
    query,
    variables,
    get extensions() {
      // The headers may have been renewed since the last attempt.
      return { announceCursor: true, cursor: progress.cursor, headers: request.headers };
    },
  };
  let state: SubgraphResult | undefined;
  let again: NodeJS.Timeout | undefined;
  let left = false;
  let unsubscribe = () => {};

  function receive(result: SubgraphResult): void {
    if (left) return;
    if (progress.receive(result) === 'state') {
      // It is sent again at each attempt; news only where it has changed. Equal events may be different ones.
      if (isDeepStrictEqual(result, state)) return;
      state = result;
    }
    sink.next(result);
  }

  function start(): void {
    unsubscribe = client.subscribe<Record<string, unknown>, SubgraphResult['extensions']>(payload, {
      next: receive,
      error: (error) => {
        if (left) return;
        if (Array.isArray(error)) return end(() => sink.error(error.map(masked)));
        // graphql-ws gives up at close codes that mean a fault of the protocol; the subgraph may be replaced, though.
        logger.error({ subgraph, err: error }, 'subscription at a subgraph failed; it is retried');
        again = setTimeout(start, times.longestWait);
      },
      complete: () => {
        if (!left) end(() => sink.complete());
      },
    });
  }

  /** A subgraph's error as the router's other results show it; its path and locations are those of another text. */
  function masked({ message, extensions: inner }: GraphQLFormattedError): GraphQLFormattedError {
    const error = { message, extensions: { code: 'INTERNAL_SERVER_ERROR', ...inner } };
    return format(error, error);
  }

  function end(last: () => void): void {
    left = true;
    leaves.delete(leave);
    last();
  }

  function leave(): void {
    if (left) return;
    end(() => {
      clearTimeout(again);
      unsubscribe();
    });
  }

  leaves.add(leave);
  start();
  return leave;
}
