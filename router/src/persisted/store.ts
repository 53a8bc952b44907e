import { LRUCache } from 'lru-cache';

/** Keeps documents by the SHA-256 of their text, in lower-case hexadecimals. */
export interface DocumentStore {
  /** Undefined for a document that it does not have, or cannot read now. It never rejects. */
  get(hash: string): string | undefined | Promise<string | undefined>;
  /** Keeps a document for a while, if it can. */
  set(hash: string, text: string): void;
  close(): void;
}

/** Characters of documents that one process keeps. */
const DEFAULT_CHARACTERS = 8_000_000;

/** Documents of this process; the least recently used are evicted. */
export function memoryStore(options: { characters?: number } = {}) {
  const { characters = DEFAULT_CHARACTERS } = options;
  const documents = new LRUCache<string, string>({
    maxSize: characters,
    sizeCalculation: (text, hash) => text.length + hash.length,
  });
  return {
    get: (hash: string) => documents.get(hash),
    set: (hash: string, text: string) => void documents.set(hash, text),
    close: () => documents.clear(),
  } satisfies DocumentStore;
}
