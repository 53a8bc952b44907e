import { collectDefaultMetrics, Registry } from 'prom-client';

let registry: Registry | undefined;

/** What prom-client knows of this process, in Prometheus' text format: its CPU time, memory, event loop and collections of garbage. */
export async function processMetrics(): Promise<string> {
  if (!registry) {
    // Services that share a process share its observers too, which are started when somebody first asks.
    registry = new Registry();
    collectDefaultMetrics({ register: registry });
  }
  return await registry.metrics();
}
