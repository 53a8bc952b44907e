import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { METRICS_TYPE, type Metrics, processMetrics } from '@airline/observability';

/** A response to `GET /metrics`. */
export interface Scrape {
  readonly type: string;
  /** Shared by all responses with it. */
  readonly body: Buffer;
}

/** What is to be written to a response to `GET /metrics`, once it is its turn. */
export type Scraper = (response: Pick<ServerResponse, 'req' | 'once'>) => Promise<Scrape>;

/** How long a text serves all who ask for it, in ms: to write one takes longer than most operations. */
const FRESH_MS = 1_000;
/** How many responses one connection may wait for: no scraper asks before it has read the last response. */
const MOST_WAITING = 8;

/** What a connection waits for. */
interface Queue {
  length: number;
  /** Resolves when the last of them is over. */
  last: Promise<void> | undefined;
}

/**
 * Serves a service's metrics and those of its process, in Prometheus' text format. A text is written at most once a second,
 * however many ask. On a connection, one response is written after the client has read the one before; one that waits for more
 * than a few is closed.
 *
 * @param now in ms; default the process's clock
 */
export function createScraper(metrics: Metrics, now = () => performance.now()): Scraper {
  const queues = new WeakMap<Socket, Queue>();
  let latest: { readonly scrape: Promise<Scrape>; readonly at: number } | undefined;
  return async (response) => {
    const { socket } = response.req;
    const queue = queues.get(socket) ?? { length: 0, last: undefined };
    queues.set(socket, queue);
    const before = queue.last;
    const { promise, resolve } = Promise.withResolvers<void>();
    queue.last = promise;
    queue.length += 1;
    if (queue.length > MOST_WAITING) socket.destroy();
    response.once('close', () => {
      queue.length -= 1;
      resolve();
    });
    // Where the connection closes, what waits for its turn is forgotten with it.
    await before;
    if (!latest || now() - latest.at >= FRESH_MS) latest = { scrape: scrape(metrics), at: now() };
    return await latest.scrape;
  };
}

async function scrape(metrics: Metrics): Promise<Scrape> {
  const [own, ofProcess] = await Promise.all([metrics.text(), processMetrics()]);
  return { type: METRICS_TYPE, body: Buffer.from(own + ofProcess) };
}
