import type { ServerResponse } from 'node:http';
import type { Logger, Metrics } from '@airline/observability';
import { createBoundary } from './boundary.ts';
import { type Health, readinessCode } from './health.ts';
import { createInternalServer } from './internal-server.ts';
import { listenError, portOf } from './listening.ts';
import { createScraper } from './scrape.ts';

export interface MetricsOptions {
  /** The service's name. */
  readonly name: string;
  readonly host: string;
  /** A separate port, which only Prometheus and operators need to reach; 0 picks a free one. Undefined: the server's own. */
  readonly port: number | undefined;
  /** Undefined: not served. */
  readonly metrics: Metrics | undefined;
  readonly health: Health;
  readonly logger: Logger;
}

/**
 * Starts a server, and with it a separate server of its metrics and the details of its readiness where they have a port of their
 * own.
 *
 * @param serve starts the server; called with the metrics that it serves itself, if any
 * @throws StartError when the port cannot be listened on
 */
export async function serveWithMetrics<Server extends { close(): Promise<void> }>(
  options: MetricsOptions,
  serve: (metrics: Metrics | undefined) => Promise<Server>,
): Promise<Server> {
  const { port, metrics, logger } = options;
  if (port === undefined || !metrics) return await serve(metrics);
  const beside = await serveMetrics({ ...options, port, metrics });
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

interface Listening extends MetricsOptions {
  readonly port: number;
  readonly metrics: Metrics;
}

/** A whole response. */
interface Served {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

async function readinessOf(health: Health): Promise<Served> {
  const readiness = await health.readiness();
  const type = 'application/json; charset=utf-8';
  return { status: readinessCode(readiness), type, body: JSON.stringify(readiness) };
}

async function serveMetrics({ name, host, port, metrics, health }: Listening) {
  const scrape = createScraper(metrics);
  const boundary = createBoundary({ host });
  const routes = new Map<string | undefined, (response: ServerResponse) => Promise<Served>>([
    ['/metrics', async (response) => ({ status: 200, ...(await scrape(response)) })],
    ['/health/ready', async () => readinessOf(health)],
  ]);
  const server = createInternalServer((request, response) => {
    const route = routes.get(request.url?.split('?', 1)[0]);
    const refused = boundary(request)?.status ?? (request.method === 'GET' && route ? undefined : 404);
    if (refused !== undefined || !route) {
      response.writeHead(refused ?? 404).end();
      return;
    }
    route(response).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
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
