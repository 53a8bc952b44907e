import { createServer } from 'node:http';
import type { Logger, Metrics } from '@airline/observability';
import { listenError, portOf } from './listening.ts';
import { createScraper } from './scrape.ts';

export interface MetricsOptions {
  /** The service's name. */
  readonly name: string;
  readonly host: string;
  /** A separate port, which only Prometheus needs to reach; 0 picks a free one. Undefined: the server's own. */
  readonly port: number | undefined;
  /** Undefined: not served. */
  readonly metrics: Metrics | undefined;
  readonly logger: Logger;
}

/**
 * Starts a server, and with it a separate server of its metrics where they have a port of their own.
 *
 * @param serve starts the server; called with the metrics that it serves itself, if any
 * @throws StartError when the port cannot be listened on
 */
export async function serveWithMetrics<Server extends { close(): Promise<void> }>(
  options: MetricsOptions,
  serve: (metrics: Metrics | undefined) => Promise<Server>,
): Promise<Server> {
  const { name, host, port, metrics, logger } = options;
  if (port === undefined || !metrics) return await serve(metrics);
  const beside = await serveMetrics({ name, host, port, metrics });
  logger.info({ port: beside.port }, 'serving metrics');
  try {
    const server = await serve(undefined);
    return {
      ...server,
      close: async () => {
        await server.close();
        await beside.close();
      },
    };
  } catch (error) {
    await beside.close();
    throw error;
  }
}

interface Listening extends Omit<MetricsOptions, 'logger'> {
  readonly port: number;
  readonly metrics: Metrics;
}

async function serveMetrics({ name, host, port, metrics }: Listening) {
  const scrape = createScraper(metrics);
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?', 1)[0] !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    scrape(response).then(
      ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host, port }, resolve);
  try {
    await promise;
  } catch (error) {
    throw listenError(error, { name: `${name} metrics`, host, port, portVariable: 'METRICS_PORT' });
  } finally {
    server.off('error', reject);
  }
  return {
    port: portOf(server),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
