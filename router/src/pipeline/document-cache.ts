import { defaultBytes, Weight } from '../weight.ts';
import type { CheckedDocument } from './document.ts';

/** What documents weigh together, of all supergraphs that serve or are about to; beyond the limit some are evicted. */
export class DocumentBudget extends Weight {
  readonly #limit: number;
  /** That of the oldest supergraph first. */
  readonly #caches = new Set<DocumentCache>();

  constructor(limit = defaultBytes()) {
    super();
    this.#limit = limit;
  }

  open(): DocumentCache {
    const cache = new DocumentCache((closed) => void this.#caches.delete(closed));
    cache.weight.moveTo(this);
    this.#caches.add(cache);
    return cache;
  }

  override add(bytes: number): void {
    super.add(bytes);
    if (bytes <= 0) return;
    for (const cache of this.#caches) {
      while (this.bytes > this.#limit && cache.size > 0) cache.evict();
    }
  }
}

/** Documents that are valid under one supergraph, by their text, as it came and bare; the least recently used are evicted. */
export class DocumentCache {
  readonly weight = new Weight();
  /** From the least to the most recently used. */
  readonly #documents = new Map<string, CheckedDocument>();
  /** The last one that came with each bare text. */
  readonly #byBare = new Map<string, CheckedDocument>();
  readonly #closed: (cache: DocumentCache) => void;

  constructor(closed: (cache: DocumentCache) => void) {
    this.#closed = closed;
  }

  get size(): number {
    return this.#documents.size;
  }

  has(text: string): boolean {
    return this.#find(text) !== undefined;
  }

  /** Counts as a use. */
  get(text: string): CheckedDocument | undefined {
    const document = this.#find(text);
    if (!document) return undefined;
    this.#documents.delete(document.text);
    this.#documents.set(document.text, document);
    return document;
  }

  /** The most recently used first. */
  recent(): readonly CheckedDocument[] {
    return [...this.#documents.values()].reverse();
  }

  /** Keeps a document unless it is kept; one that is beyond the limit alone is not. */
  add(document: CheckedDocument): void {
    if (this.#documents.has(document.text)) return;
    this.#documents.set(document.text, document);
    this.#byBare.set(document.bare, document);
    document.weight.moveTo(this.weight);
  }

  evict(): void {
    const [document] = this.#documents.values();
    if (!document) return;
    this.#documents.delete(document.text);
    if (this.#byBare.get(document.bare) === document) this.#byBare.delete(document.bare);
    document.weight.moveTo(undefined);
  }

  /** Its supergraph serves no more. */
  close(): void {
    while (this.size > 0) this.evict();
    this.#closed(this);
  }

  #find(text: string): CheckedDocument | undefined {
    return this.#documents.get(text) ?? this.#byBare.get(text);
  }
}
