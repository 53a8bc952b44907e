import type { Clock } from './types.ts';

/** The time of this machine. Its timers keep no process from ending. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  },
};
