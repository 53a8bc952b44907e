import { type EventLoopUtilization, performance } from 'node:perf_hooks';

/** Two who ask at the same time get one value. */
const SHORTEST_MS = 1_000;

let latest: { readonly total: EventLoopUtilization; readonly at: number; readonly share: number } | undefined;

/** The share of time for which this process's event loop was busy since this was last asked, or since its start; from 0 to 1. */
export function loopUtilization(): number {
  const at = performance.now();
  if (latest && at - latest.at < SHORTEST_MS) return latest.share;
  const total = performance.eventLoopUtilization();
  const { utilization } = latest ? performance.eventLoopUtilization(total, latest.total) : total;
  latest = { total, at, share: utilization };
  return utilization;
}
