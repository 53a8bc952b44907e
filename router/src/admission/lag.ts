const INTERVAL_MS = 20;

export interface Lag {
  /** How late the event loop is at present, in ms: how much later than due a timer fired last, or fires now. */
  lagMs(): number;
  stop(): void;
}

/**
 * Measures the event loop's lag with a timer. (`monitorEventLoopDelay` of perf_hooks has a histogram since its last reset,
 * which says nothing of the present moment.)
 */
export function watchLag(now: () => number = () => performance.now()): Lag {
  let last = now();
  let late = 0;
  const timer = setInterval(() => {
    late = now() - last - INTERVAL_MS;
    last = now();
  }, INTERVAL_MS).unref();
  return {
    lagMs: () => Math.max(0, late, now() - last - INTERVAL_MS),
    stop: () => clearInterval(timer),
  };
}
