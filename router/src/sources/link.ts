import { setTimeout as wait } from 'node:timers/promises';
import { backoffMs } from '@airline/messaging/retry';
import type { Logger } from '@airline/observability';
import { errorFormatter, type FormatError, type SignCaller } from '@airline/service/server';
import { type Client, createClient } from 'graphql-ws';
import type { AllowanceLimits } from './allowance.ts';
import { pings } from './pings.ts';
import { SubgraphSocket } from './subgraph-socket.ts';

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

export interface LinkOptions {
  readonly random: () => number;
  /** Signs each subscription; undefined where subgraphs take them from anyone. */
  readonly sign: SignCaller | undefined;
  readonly logger: Logger;
  /** Of one message. */
  readonly limits: AllowanceLimits;
  readonly times?: Partial<typeof defaultTimes>;
  /** Called for each connection that was lost while it carried subscriptions. */
  readonly lost?: (subgraph: string) => void;
}

/** What all subscriptions at one subgraph share. */
export interface Link {
  readonly subgraph: string;
  readonly client: Client;
  /** Every socket that is not closed. */
  readonly sockets: ReadonlySet<SubgraphSocket>;
  /** Ends each subscription. */
  readonly leaves: Set<() => void>;
  readonly times: typeof defaultTimes;
  readonly sign: SignCaller | undefined;
  readonly logger: Logger;
  readonly format: FormatError;
}

/** A client of one subgraph's graphql-transport-ws that opens its socket again for as long as it takes. */
export function openLink(
  subgraph: string,
  urlOf: () => string,
  { random, sign, logger, limits, lost, ...options }: LinkOptions,
  closing: AbortSignal,
): Link {
  const times = { ...defaultTimes, ...options.times };
  const sockets = new Set<SubgraphSocket>();
  let isLost = false;
  const client = createClient({
    url: () => urlOf().replace(/^http/, 'ws'),
    webSocketImpl: class extends SubgraphSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, limits, times.opening);
        sockets.add(this);
        this.once('close', () => sockets.delete(this));
        // graphql-ws no longer listens to a socket that it has given up, which may fail later.
        this.on('error', () => {});
      }
    },
    connectionAckWaitTimeout: times.opening,
    keepAlive: times.ping,
    // They are sent by `pings`.
    disablePong: true,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async (retries) => {
      const backoff = { firstMs: times.firstWait, longestMs: times.longestWait };
      await wait(backoffMs(backoff, retries + 1, random), undefined, { signal: closing }).catch(() => {});
    },
    on: {
      ...pings(times.pong),
      connected: () => {
        if (isLost) logger.info({ subgraph }, 'subgraph connected again');
        isLost = false;
      },
      closed: (event) => {
        // A CloseEvent, or a TerminatedCloseEvent of graphql-ws.
        const { code } = event as { code: number };
        if (code !== 1000 && !closing.aborted) {
          lost?.(subgraph);
          // Each further attempt that fails is closed, too.
          if (!isLost) logger.warn({ subgraph, code }, 'subgraph connection lost; reconnecting');
          isLost = true;
        }
      },
    },
  });
  const format = errorFormatter(logger);
  return { subgraph, client, sockets, leaves: new Set(), times, sign, logger, format };
}
