export interface Clock {
  /** Ms since 1970. */
  now(): number;
  /** Calls back once after so many ms (at most 2^31 - 1), unless the returned function is called before. */
  after(ms: number, callback: () => void): () => void;
}

/** The time of this machine. Its timers keep no process from ending. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms).unref();
    return () => clearTimeout(timer);
  },
};
