export interface BytesLimits {
  /** Of one client, and of all. */
  readonly ofClient: number;
  readonly ofAll: number;
}

/**
 * What the texts of operations may have that wait and run, of one client and of all, in bytes: eight and 32 of the longest that
 * are allowed. What a text is parsed to takes up to twenty times as much, so all take half of a heap of 320 MB at most.
 */
export const TEXTS: BytesLimits = { ofClient: 2 * 1024 * 1024, ofAll: 8 * 1024 * 1024 };
/**
 * What bodies may have that are arriving, in bytes: sixteen and 128 of the longest that are allowed. A buffer that grows has
 * room for twice as much, so all take 64 MiB at most, a twelfth of a pod's memory.
 */
export const ARRIVING: BytesLimits = { ofClient: 4 * 1024 * 1024, ofAll: 32 * 1024 * 1024 };

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
