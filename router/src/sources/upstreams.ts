import type { Logger } from '@airline/observability';
import type { ConnectUpstream, Sink, SubgraphResult, UpstreamRequest } from '@airline/subscriptions';
import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';

const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 5_000;
const ACKNOWLEDGED_WITHIN_MS = 5_000;
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2_000;
/** As much as a subgraph may answer to a fetch. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

export interface UpstreamsOptions {
  readonly random: () => number;
  readonly logger: Logger;
}

/** The router's subscriptions at the subgraphs. */
export interface Upstreams {
  readonly connect: ConnectUpstream;
  /** Where a subgraph is. When it moves, its subscriptions go on there. */
  locate(subgraph: string, url: string): void;
  close(): void;
}

/**
 * One socket a subgraph carries all subscriptions there (graphql-transport-ws), and is closed with the last of them. A
 * socket that drops is opened again, for as long as it takes; each subscription then goes on behind the last cursor
 * that it saw, so nothing is missed and nothing comes twice.
 */
export function createUpstreams({ random, logger }: UpstreamsOptions): Upstreams {
  const urls = new Map<string, string>();
  const clients = new Map<string, Client>();

  function clientOf(subgraph: string): Client {
    const known = clients.get(subgraph);
    if (known) return known;
    const client = openClient(subgraph, () => urls.get(subgraph) ?? '', { random, logger });
    clients.set(subgraph, client);
    return client;
  }

  return {
    connect: (request, sink) => follow(clientOf(request.subgraph), request, sink, logger),
    locate: (subgraph, url) => {
      const moved = urls.has(subgraph) && urls.get(subgraph) !== url;
      urls.set(subgraph, url);
      if (moved) clients.get(subgraph)?.terminate();
    },
    close: () => {
      // A socket that is still connecting may fail to, which matters to nobody any more.
      for (const client of clients.values()) void Promise.resolve(client.dispose()).catch(() => {});
    },
  };
}

function openClient(subgraph: string, urlOf: () => string, { random, logger }: UpstreamsOptions): Client {
  let pongDue: NodeJS.Timeout | undefined;
  const client = createClient({
    url: () => urlOf().replace(/^http/, 'ws'),
    webSocketImpl: class extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { perMessageDeflate: false, maxPayload: MAX_MESSAGE_BYTES });
      }
    },
    connectionAckWaitTimeout: ACKNOWLEDGED_WITHIN_MS,
    keepAlive: PING_EVERY_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async (retries) => {
      const longest = Math.min(FIRST_WAIT_MS * 2 ** retries, LONGEST_WAIT_MS);
      await new Promise((resolve) => setTimeout(resolve, longest * (0.5 + random() / 2)));
    },
    on: {
      opened: (socket) => {
        // A peer that is gone without a word is noticed by its silence.
        clearTimeout(pongDue);
        (socket as WebSocket).once('close', () => clearTimeout(pongDue));
      },
      ping: (received) => {
        if (!received) pongDue = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(pongDue);
      },
      closed: (event) => {
        const { code } = event as { code: number };
        if (code !== 1000) logger.warn({ subgraph, code }, 'a subgraph closed its subscriptions; resuming');
      },
    },
  });
  return client;
}

/** One subscription at a subgraph, until it ends there or is left here. */
function follow(client: Client, request: UpstreamRequest, sink: Sink, logger: Logger): () => void {
  const { subgraph, query, variables, headers, cursor } = request;
  const extensions: Record<string, unknown> = { headers, announceCursor: true, ...(cursor && { cursor }) };
  // graphql-ws sends this very payload again on a new socket.
  const payload: SubscribePayload = { query, variables, extensions };
  let left = false;
  let leave = () => {};

  function start(): void {
    leave = client.subscribe<Record<string, unknown>>(payload, {
      next: (result) => {
        const { extensions: { cursor: position } = {} } = result as SubgraphResult;
        if (position !== undefined) extensions.cursor = position;
        sink.next(result as SubgraphResult);
      },
      error: (error) => {
        if (Array.isArray(error)) return sink.error(error);
        // graphql-ws gives up at close codes that mean a fault of the protocol; the subgraph may be replaced, though.
        logger.error({ subgraph, err: error }, 'a subgraph broke off a subscription; it is tried again');
        setTimeout(() => {
          if (!left) start();
        }, LONGEST_WAIT_MS);
      },
      complete: () => {
        if (!left) sink.complete();
      },
    });
  }

  start();
  return () => {
    left = true;
    leave();
  };
}
