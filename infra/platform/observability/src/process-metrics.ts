import { collectDefaultMetrics, Registry } from 'prom-client';

let registry: Registry | undefined;

/** prom-client's metrics of this process in Prometheus' text format: CPU time, memory, event loop, garbage collection. */
export async function processMetrics(): Promise<string> {
  if (!registry) {
    // Services that share a process share its observers, too, which the first scrape starts.
    registry = new Registry();
    collectDefaultMetrics({ register: registry });
    // Of an interval without a sample it is that of an empty histogram: 292 years.
    registry.removeSingleMetric('nodejs_eventloop_lag_min_seconds');
  }
  return await registry.metrics();
}
