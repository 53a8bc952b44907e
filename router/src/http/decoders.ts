/** As many as libuv's pool has threads; more would only wait there, each with its window, which has up to 8 MiB. */
const AT_ONCE = 4;

/** Decodes few bodies at once, clients in turn. */
export class Decoders {
  /** By client, whose turn comes next first; of each, the oldest first. */
  readonly #waiting = new Map<string, Map<symbol, () => Promise<unknown>>>();
  #running = 0;

  /** How many run, and how many wait. */
  get counts(): { readonly running: number; readonly waiting: number } {
    const waiting = this.#waiting.values().reduce((sum, { size }) => sum + size, 0);
    return { running: this.#running, waiting };
  }

  /**
   * @param source of the client
   * @param decode called when its turn comes
   * @returns what takes it out if it still waits; it holds on to nothing of what it was
   */
  enter(source: string, decode: () => Promise<unknown>): () => void {
    const own = this.#waiting.get(source) ?? new Map<symbol, () => Promise<unknown>>();
    const key = Symbol();
    this.#waiting.set(source, own.set(key, decode));
    this.#next();
    return () => {
      if (own.delete(key) && own.size === 0) this.#waiting.delete(source);
    };
  }

  #next(): void {
    for (const [source, own] of this.#waiting) {
      if (this.#running >= AT_ONCE) return;
      const [first] = own;
      this.#waiting.delete(source);
      if (!first) continue;
      const [key, decode] = first;
      own.delete(key);
      // To the end of the line, if it has more of them.
      if (own.size > 0) this.#waiting.set(source, own);
      this.#running += 1;
      void decode().finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }
}

/** Of this process, as the pool is. */
export const decoders = new Decoders();
