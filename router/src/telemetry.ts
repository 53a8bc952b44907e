import type { Metrics } from '@airline/observability';
import { createScraper, isLocal, refusal } from '@airline/service/server';
import type { Connections } from './admission/connections.ts';
import type { Lanes } from './admission/lanes.ts';
import type { Subscriptions } from './fan-out/index.ts';
import type { Route } from './http/routes.ts';
import { write } from './http/write.ts';
import type { Snapshot } from './pipeline/snapshot.ts';
import type { LiveSubscription } from './subscriptions/plan-subscription.ts';

export interface RouterMetricsOptions {
  readonly metrics: Metrics;
  readonly subscriptions: Subscriptions<LiveSubscription>;
  readonly snapshot: () => Snapshot;
  readonly lanes: Pick<Lanes, 'counts'>;
  readonly connections: Pick<Connections, 'counts'>;
}

/** Records at each scrape what subscriptions there are, and what is cached. */
export function recordRouter(options: RouterMetricsOptions): void {
  const { metrics, subscriptions, snapshot, lanes, connections } = options;
  metrics.onScrape((set) => {
    const { members, groups, upstreams } = subscriptions.counts();
    set('subscriptions_open', members);
    set('subscription_groups', groups);
    set('subscription_upstreams', upstreams);
    const { pushed, dropped, resumed } = subscriptions.totals();
    set('subscription_answers_pushed_total', pushed);
    set('subscriptions_dropped_total', dropped);
    set('subscriptions_resumed_total', resumed);
    const { running, limit, waiting, shed, lagMs } = lanes.counts();
    set('router_operations_running', running);
    set('router_operations_limit', limit);
    set('router_operations_waiting', waiting);
    set('router_event_loop_lag_seconds', lagMs / 1000);
    for (const [reason, count] of Object.entries(shed))
      set('router_operations_shed_total', count, { reason });
    const { open, closed } = connections.counts;
    set('router_connections_open', open);
    for (const [reason, count] of Object.entries(closed))
      set('router_connections_closed_total', count, { reason });
    const { documents } = snapshot();
    set('router_documents_cached', documents.size);
    set('router_documents_bytes', documents.weight.bytes);
  });
}

/** `GET /metrics` for this machine, in Prometheus' text format; nothing where there are none to serve. */
export function metricsRoutes(metrics: Metrics | undefined): Route[] {
  if (!metrics) return [];
  const scrape = createScraper(metrics);
  return [
    {
      path: '/metrics',
      methods: ['GET'],
      handle: async (exchange) => {
        if (!isLocal(exchange.request)) throw refusal.unknownPath();
        write(exchange, { status: 200, ...(await scrape(exchange.response)) });
      },
    },
  ];
}
