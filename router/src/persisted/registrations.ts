import { LRUCache } from 'lru-cache';

/** Texts that one client may have kept within the window. */
const MOST = 200;
const WINDOW_MS = 60_000;

/**
 * Bounds what each client has kept, so that none displaces what others use.
 * @param now a clock in ms
 * @returns whether one more of this client's is kept
 */
export function createRegistrations(now: () => number): (source: string) => boolean {
  const kept = new LRUCache<string, number>({ max: 10_000, ttl: WINDOW_MS, ttlResolution: 0, perf: { now } });
  return (source) => {
    const count = kept.get(source) ?? 0;
    if (count >= MOST) return false;
    // The window begins with the first one.
    kept.set(source, count + 1, { noUpdateTTL: true });
    return true;
  };
}
