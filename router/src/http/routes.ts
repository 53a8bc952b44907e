import { type Health, isLocal, readinessCode } from '@airline/service/server';
import type { Exchange } from './exchange.ts';
import { JSON_TYPE, write } from './write.ts';

/** What a server serves at one path, or below one. */
export interface Route {
  /** `/flights/*` is every path below `/flights` that has no route of its own. */
  readonly path: string;
  readonly methods: readonly string[];
  /**
   * Responds to a request of one of the methods; `search` is its URL from behind the question mark. It may throw or reject
   * with an HttpRefusal or a RequestError.
   */
  handle(exchange: Exchange, search: string): void | Promise<void>;
}

/** Liveness, and readiness: 503 unless the process is ready or merely degraded. Its checks are shown to this machine alone. */
export function healthRoutes(health: Health): Route[] {
  const methods = ['GET', 'HEAD'];
  return [
    {
      path: '/health/live',
      methods,
      handle: (exchange) => write(exchange, { status: 200, type: JSON_TYPE, body: '{"status":"live"}' }),
    },
    {
      path: '/health/ready',
      methods,
      handle: async (exchange) => {
        const readiness = await health.readiness();
        const shown = isLocal(exchange.request) ? readiness : { status: readiness.status };
        write(exchange, { status: readinessCode(readiness), type: JSON_TYPE, body: JSON.stringify(shown) });
      },
    },
  ];
}
