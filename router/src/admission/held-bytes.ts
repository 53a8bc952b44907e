export interface BytesLimits {
  /** Of one client, and of all. */
  readonly ofClient: number;
  readonly ofAll: number;
}

/** Bytes that are held for clients, bounded of one and of all. */
export class HeldBytes {
  readonly #limits: BytesLimits;
  readonly #ofClient = new Map<string, number>();
  #ofAll = 0;

  constructor(limits: BytesLimits) {
    this.#limits = limits;
  }

  /** @returns whose bound so many more of a client are beyond: its own, or that of all; undefined for none */
  beyond(source: string, bytes: number): 'client' | 'overload' | undefined {
    if ((this.#ofClient.get(source) ?? 0) + bytes > this.#limits.ofClient) return 'client';
    return this.#ofAll + bytes > this.#limits.ofAll ? 'overload' : undefined;
  }

  /** @param bytes more; below 0 for those that are held no longer */
  hold(source: string, bytes: number): void {
    const held = (this.#ofClient.get(source) ?? 0) + bytes;
    if (held === 0) this.#ofClient.delete(source);
    else this.#ofClient.set(source, held);
    this.#ofAll += bytes;
  }
}
